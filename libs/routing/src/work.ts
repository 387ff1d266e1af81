import type { Capabilities } from '@claimline/messages';

/** What kind of attention a conversation wants. The names are stored: never renamed. */
export const WORKS = ['voice', 'callback', 'chat', 'async', 'email', 'outbound', 'visit'] as const;
export type Work = (typeof WORKS)[number];

/** How much of an adjuster one piece of work takes, and when it gives that back. */
export interface WorkTerms {
  /** Of an adjuster's capacity, which is 100 unless set otherwise. */
  readonly units: number;
  /** Points in the queue before anything else is known; one point is one minute of waiting. */
  readonly urgency: number;
  /** Seconds of the customer's silence after our answer until the units return; null: only when the work ends. */
  readonly releaseAfter: number | null;
}

/**
 * The capacity table of routing-and-metrics.md §5.3. Four chats, ten text conversations or one call fill an adjuster;
 * an outbound first word costs nothing until the customer answers.
 */
export const WORK_TERMS: Readonly<Record<Work, WorkTerms>> = {
  voice: { units: 100, urgency: 30, releaseAfter: null },
  callback: { units: 100, urgency: 20, releaseAfter: null },
  chat: { units: 25, urgency: 20, releaseAfter: 10 * 60 },
  async: { units: 10, urgency: 10, releaseAfter: 15 * 60 },
  email: { units: 10, urgency: 0, releaseAfter: 0 },
  outbound: { units: 0, urgency: 0, releaseAfter: 0 },
  visit: { units: 100, urgency: 0, releaseAfter: null },
};

/** The work that a conversation on such a channel is, told from what the channel can do and not from its vendor. A call that has ended is text to be answered. */
export function workOf(capabilities: Pick<Capabilities, 'schemes' | 'typing'> | undefined): Work {
  if (capabilities?.schemes.includes('email')) return 'email';
  return capabilities?.schemes.includes('visitor') ? 'chat' : 'async';
}
