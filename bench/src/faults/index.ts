import type { Scenario } from './scenario';

/** Every fault the suite knows, in the order they are played. */
export const SCENARIOS: readonly Scenario[] = [];
