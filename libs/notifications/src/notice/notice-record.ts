import type { NoticeAttempt } from './follow';
import type { PlanStep, SkippedStep } from './planner';
import type { NoticeClass } from './rules';
import type { ChangeToTell } from './situation';

/** Why a notice was told as it was, or not: ids and codes, read by "Why?". */
export interface NoticeTrace {
  readonly change: Omit<ChangeToTell, 'occurredAt'> & { readonly occurredAt: string };
  readonly rule: { readonly code: string; readonly class: NoticeClass; readonly chain: readonly string[] };
  readonly template: { readonly code: string; readonly language: string; readonly version: number } | null;
  /** The party that the notice is about, where somebody else was told on its behalf. */
  readonly representing: string | null;
  /** What the ledger said of the ways that were looked at. */
  readonly consent: readonly {
    readonly addressId: string;
    readonly channel: string;
    readonly purpose: string;
    readonly state: string;
    readonly since: string;
  }[];
  readonly skipped: readonly SkippedStep[];
  readonly attempts: readonly NoticeAttempt[];
  readonly proof: { readonly deliveryId: string; readonly channel: string; readonly state: string; readonly at: string } | null;
  /** The notice that took this one's place. */
  readonly supersededBy?: string;
}

/** A notice: one change, told to one party or not, with the reason and the proof. */
export interface NoticeRecord {
  readonly id: string;
  /** (event, party, code): the same event any number of times is one notice. */
  readonly key: string;
  readonly code: string;
  readonly class: NoticeClass;
  readonly claimId: string;
  readonly claimNumber: string;
  readonly claimEventId: string;
  readonly exposureId: string | null;
  readonly partyId: string | null;
  readonly contactId: string | null;
  readonly conversationId: string | null;
  readonly messageId: string | null;
  readonly language: string | null;
  readonly templateVersion: number | null;
  readonly state: 'planned' | 'sending' | 'told' | 'not-sent';
  readonly reason: string | null;
  readonly plan: readonly PlanStep[];
  readonly step: number;
  /** Quiet hours until then. */
  readonly heldUntil: Date | null;
  /** Waits until then for more of the same, to be told once. */
  readonly digestUntil: Date | null;
  readonly trace: NoticeTrace;
  readonly occurredAt: Date;
  readonly createdAt: Date;
  readonly settledAt: Date | null;
}

/** The trace's change as it was. */
export const changeOf = ({ trace }: Pick<NoticeRecord, 'trace'>): ChangeToTell => ({
  ...trace.change,
  occurredAt: new Date(trace.change.occurredAt),
});
