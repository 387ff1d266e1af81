/** Where a broadcast stands. It is written by one person, approved by another, and only then leaves. */
export type BroadcastState = 'submitted' | 'approved' | 'running' | 'paused' | 'finished' | 'canceled';
export type BroadcastAct = 'approve' | 'start' | 'pause' | 'resume' | 'cancel';

/** Who is meant: parties of claims that fit all of it. */
export interface Audience {
  readonly catastrophe: string | null;
  readonly line: string | null;
  /** A region or a country. */
  readonly jurisdiction: string | null;
  readonly language: string | null;
  readonly stage: string | null;
}

/** The same words to many, each in their language, at a rate. */
export interface Broadcast {
  readonly id: string;
  readonly name: string;
  /** Code of the template; a text of `cat_safety` is critical, every other wants a consent to news. */
  readonly template: string;
  readonly brandId: string;
  readonly audience: Audience;
  readonly perHour: number;
  /** A matter of safety that does not wait for the morning. */
  readonly anyHour: boolean;
  readonly state: BroadcastState;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly approvedBy: string | null;
  readonly approvedAt: Date | null;
  /** Since then `pacedCount` have left: started or resumed. */
  readonly pacedFrom: Date | null;
  readonly pacedCount: number;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
}

/** Told to everybody who has not refused messages, because lives may depend on it. */
export const isSafety = (template: string): boolean => template === 'cat_safety';

const WAYS: Readonly<Record<BroadcastAct, { readonly from: readonly BroadcastState[]; readonly to: BroadcastState }>> = {
  approve: { from: ['submitted'], to: 'approved' },
  start: { from: ['approved'], to: 'running' },
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused'], to: 'running' },
  cancel: { from: ['submitted', 'approved', 'running', 'paused'], to: 'canceled' },
};

/** Where an act leads; why not, where it may not be done: nobody approves what they wrote themselves. */
export function actOn(
  broadcast: Pick<Broadcast, 'state' | 'createdBy'>,
  act: BroadcastAct,
  by: string,
): { readonly to: BroadcastState } | { readonly refused: 'own-approval' | 'edge-not-allowed' } {
  const { from, to } = WAYS[act];
  if (!from.includes(broadcast.state)) return { refused: 'edge-not-allowed' };
  return act === 'approve' && broadcast.createdBy === by ? { refused: 'own-approval' } : { to };
}

const HOUR_MS = 3_600_000;

/** How many may leave now: the first at once, then evenly over the hour. */
export function dueNow({ perHour, pacedFrom, pacedCount }: Pick<Broadcast, 'perHour' | 'pacedFrom' | 'pacedCount'>, now: Date): number {
  if (!pacedFrom) return 0;
  const hours = Math.max(0, now.getTime() - pacedFrom.getTime()) / HOUR_MS;
  return Math.max(0, Math.floor(hours * perHour) + 1 - pacedCount);
}
