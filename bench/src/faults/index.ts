import type { Scenario } from './scenario';
import { vendorTrouble } from './vendor-trouble';

/** Every fault the suite knows, in the order they are played. */
export const SCENARIOS: readonly Scenario[] = [vendorTrouble];
