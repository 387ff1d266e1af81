import type { Colleague, ConversationItem } from '@claimline/protocol';

const HOUR = 3_600_000;

/** What waits unassigned: how many, and since when the one that waits longest. */
export interface Waiting {
  readonly count: number;
  readonly longest: ConversationItem | null;
}

/** Conversations that wait for an answer and belong to nobody, by line of business; those without a claim last. */
export function queuesOf(unassigned: readonly ConversationItem[]): readonly (readonly [string | null, Waiting])[] {
  const lines = new Map<string | null, ConversationItem[]>();
  for (const one of unassigned) {
    const line = one.claim?.line ?? null;
    lines.set(line, [...(lines.get(line) ?? []), one]);
  }
  const queues = [...lines].map(([line, some]) => [line, { count: some.length, longest: oldest(some) }] as const);
  return queues.sort(([a, x], [b, y]) => Number(a === null) - Number(b === null) || y.count - x.count);
}

/** The one whose customer waits longest. */
export function oldest(conversations: readonly ConversationItem[]): ConversationItem | null {
  const waiting = conversations.filter((one) => one.awaitingReply);
  return waiting.reduce<ConversationItem | null>((first, one) => (first && first.lastMessageAt <= one.lastMessageAt ? first : one), null);
}

/** Deadlines that are over, and those within the hour; nearest first. */
export function atRisk(
  conversations: readonly ConversationItem[],
  now: number,
): { over: readonly ConversationItem[]; soon: readonly ConversationItem[] } {
  const due = conversations.filter((one) => one.status !== 'resolved' && one.nextDue !== null).sort((a, b) => dueOf(a) - dueOf(b));
  const over = due.filter((one) => one.nextDue?.breached || dueOf(one) <= now);
  return { over, soon: due.filter((one) => !over.includes(one) && dueOf(one) - now <= HOUR) };
}

const dueOf = (one: ConversationItem): number => Date.parse(one.nextDue?.at ?? '');

const PRESENCE_ORDER = ['online', 'busy', 'away', 'offline'];

/** Those who take work first, the freest of them at the top. */
export function peopleInOrder(people: readonly Colleague[]): readonly Colleague[] {
  const load = (one: Colleague): number => (one.capacity > 0 ? one.used / one.capacity : 1);
  return [...people].sort((a, b) => PRESENCE_ORDER.indexOf(a.presence) - PRESENCE_ORDER.indexOf(b.presence) || load(a) - load(b));
}
