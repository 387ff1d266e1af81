import type { Decision } from './choose-adjuster';
import type { Trace } from './routing-decision.entity';

const EXCLUDED_KEPT = 50;
const CANDIDATES_KEPT = 20;

/** What of a decision is stored. People who were passed over for a lasting reason come first: those are the ones that are asked about. */
export function traceOf(decision: Omit<Decision, 'ring'>): Trace {
  const passing: readonly string[] = ['offline', 'away', 'busy'];
  const weight = ({ code }: Decision['excluded'][number]): number => (passing.includes(code) ? 1 : 0);
  return {
    reasons: decision.reasons,
    excluded: [...decision.excluded].sort((a, b) => weight(a) - weight(b)).slice(0, EXCLUDED_KEPT),
    candidates: decision.candidates.slice(0, CANDIDATES_KEPT),
    rings: decision.rings.map(({ ring, opensAt, members }) => ({ ring, opensAt: opensAt.toISOString(), members })),
    nextRingAt: decision.nextRingAt?.toISOString() ?? null,
  };
}
