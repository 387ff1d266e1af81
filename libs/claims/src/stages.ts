import type { Stage } from '@claimline/messages';

/** Where a claim or an exposure stands: its stage, and within it the outcome or step, e.g. `decided` + `approved_partial`. */
export interface Place {
  readonly stage: Stage;
  readonly subStatus: string | null;
}

/** One way on. `only`: the way is open for these sub-states of the target alone. */
export interface Edge {
  readonly to: Stage;
  readonly only?: readonly string[];
}

const endedEarly = (...only: string[]): Edge => ({ to: 'closed', only });
const to = (...stages: Stage[]): Edge[] => stages.map((stage) => ({ to: stage }));

/** Every way from stage to stage (claims-and-sla.md §4.1). What is not here is forbidden; a new stage is a line here and one in `libs/messages`. */
export const EDGES: Readonly<Record<Stage, readonly Edge[]>> = {
  draft: [...to('reported'), endedEarly('abandoned', 'withdrawn')],
  reported: [...to('acknowledged'), endedEarly('duplicate', 'withdrawn')],
  acknowledged: to('documents', 'investigation'),
  documents: [...to('investigation', 'assessment'), endedEarly('withdrawn')],
  investigation: to('assessment', 'documents', 'decided'),
  assessment: to('decided', 'documents'),
  decided: to('settlement', 'payment', 'appeal', 'closed'),
  settlement: to('payment', 'appeal', 'assessment'),
  payment: to('closed', 'payment'),
  closed: to('reopened', 'appeal'),
  reopened: to('documents', 'investigation', 'assessment'),
  appeal: to('decided', 'closed'),
};

/** Whether something stands where it stood; a sub-state told for the first time moves nothing. */
export const isSamePlace = (from: Place, at: Place): boolean =>
  from.stage === at.stage && (from.subStatus === at.subStatus || at.subStatus === null);

/** Whether one step leads from here to there. Staying, and naming the sub-state of a stage that had none, is always allowed. */
export function isAllowed(from: Place, target: Place): boolean {
  if (isSamePlace(from, target) || (from.stage === target.stage && from.subStatus === null)) return true;
  return EDGES[from.stage].some((edge) => edge.to === target.stage && (!edge.only || edge.only.includes(target.subStatus ?? '')));
}

/** Whether any number of steps leads there: the question when events in between are missing. */
export function isReachable(from: Stage, target: Stage): boolean {
  const seen = new Set<Stage>();
  const walk = (stage: Stage): boolean =>
    EDGES[stage].some((edge) => {
      if (edge.to === target) return true;
      if (seen.has(edge.to)) return false;
      seen.add(edge.to);
      return walk(edge.to);
    });
  return from === target || walk(from);
}
