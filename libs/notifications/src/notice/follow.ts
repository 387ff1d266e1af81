import { isFailure, type DeliveryState } from '@claimline/messages';
import type { PlanStep } from './planner';

/** One attempt to tell a notice, as its trace keeps it. */
export interface NoticeAttempt {
  readonly deliveryId: string;
  /** Place in the plan. */
  readonly step: number;
  readonly state: string;
  readonly reason: string | null;
  readonly at: string;
}

/** A notice that has left, as far as the news of a delivery concern it. */
export interface FollowedNotice {
  readonly state: 'planned' | 'sending' | 'told' | 'not-sent';
  readonly plan: readonly PlanStep[];
  readonly step: number;
  readonly attempts: readonly NoticeAttempt[];
  /** The delivery that proved it. */
  readonly proof: string | null;
}

/** News of a delivery. */
export interface DeliveryNews {
  readonly deliveryId: string;
  readonly state: DeliveryState;
  readonly reason: string | null;
}

/** What is to be done: nothing, it is told, try the next way, or give it to a person. */
export type FollowUp =
  | { readonly then: 'wait' }
  | { readonly then: 'told' }
  | { readonly then: 'fallback'; readonly step: number }
  | { readonly then: 'not-sent'; readonly reason: string; readonly forPerson: boolean };

// One step of fallback: after it, a person knows better than a third channel.
const MOST_FALLBACKS = 1;
const PROOF: Readonly<Record<PlanStep['receipts'], readonly DeliveryState[]>> = {
  none: ['accepted', 'sent', 'delivered', 'read'],
  sent: ['sent', 'delivered', 'read'],
  delivered: ['delivered', 'read'],
  read: ['delivered', 'read'],
};

/**
 * Decides what news of a delivery mean for its notice. An uncertain send waits: it is never said again by another way while it may have arrived.
 * A mail that was sent and then bounces takes back what it proved; news of an attempt that has been given up only ever help.
 */
export function follow(notice: FollowedNotice, news: DeliveryNews): FollowUp {
  const attempt = notice.attempts.find(({ deliveryId }) => deliveryId === news.deliveryId);
  const step = attempt && notice.plan[attempt.step];
  if (!attempt || !step) return { then: 'wait' };
  if (PROOF[step.receipts].includes(news.state)) return notice.state === 'told' ? { then: 'wait' } : { then: 'told' };
  const current = attempt.step === notice.step && (notice.state === 'sending' || notice.proof === news.deliveryId);
  if (!current || !isFailure(news.state)) return { then: 'wait' };
  if (news.state === 'canceled') return { then: 'not-sent', reason: news.reason ?? 'canceled-by-person', forPerson: false };
  const next = notice.step + 1;
  if (next < notice.plan.length && next <= MOST_FALLBACKS) return { then: 'fallback', step: next };
  return { then: 'not-sent', reason: news.reason ?? news.state, forPerson: true };
}
