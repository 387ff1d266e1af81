import type { Conversations } from '@claimline/conversations';
import { mayEndTrouble } from '@claimline/delivery';
import type { Consumer, LoggedEvent, Transaction } from '@claimline/database';

type Takes = (event: LoggedEvent) => boolean;

// What a person of ours has written frees an adjuster, and may be the outcome of a complaint: that reaches beyond the conversation. What a customer writes
// and what its words suggest, the news of a claim and the words of a machine do not: an adjuster's room is taken by one statement, which looks before it
// takes. Files may be the same ones that another claim waits for. Of a delivery only what nothing follows from: a task of its conversation would be renewed
// beside the claim's.
const INTAKE: Readonly<Record<string, Takes>> = {
  'claim.changed': () => true,
  'conversation.labeled': ({ conversationId }) => conversationId !== null,
  'message.received': ({ payload, conversationId }) => conversationId !== null && payload['hasMedia'] !== true,
  'message.sent': ({ payload, conversationId }) => conversationId !== null && !payload['authorId'],
  'delivery.changed': ({ payload, conversationId }) =>
    conversationId !== null && payload['purpose'] !== 'reply' && !payload['needsPerson'] && !mayEndTrouble(payload),
};
const NOTICES: Readonly<Record<string, Takes>> = { 'claim.changed': () => true };
const OF_CONVERSATIONS: ReadonlySet<string> = new Set(['conversation.labeled', 'message.received', 'message.sent']);

/** Which events of a reader may be handled at the same time, and by what they are told apart: see {@link keysOf}. */
export function abreast(reader: 'intake' | 'notices', conversations: Conversations): NonNullable<Consumer['abreast']> {
  const takes = reader === 'intake' ? INTAKE : NOTICES;
  return {
    takes: (event) => takes[event.type]?.(event) ?? false,
    keysOf: (tx, events) => keysOf(tx, events, conversations),
  };
}

/** One key for all that hangs together by a conversation, a claim, a person or an address, also over several of these. */
async function keysOf(tx: Transaction, events: readonly LoggedEvent[], conversations: Conversations): Promise<string[]> {
  const touched = events.flatMap(({ type, conversationId }) => (OF_CONVERSATIONS.has(type) ? [conversationId!] : []));
  // Held, as each step would hold its own: what it is bound to cannot change meanwhile.
  const ties = touched.length > 0 ? await conversations.lockWithTies(tx, touched) : new Map<string, readonly string[]>();
  return connected(
    events.map(({ conversationId, payload }) =>
      conversationId === null ? [String(payload['claimId'])] : [conversationId, ...(ties.get(conversationId) ?? [])],
    ),
  );
}

/** The same key for sets that share a member, or share one with a set between them. */
function connected(sets: readonly (readonly string[])[]): string[] {
  const above = new Map<string, string>();
  const top = (name: string): string => {
    const next = above.get(name);
    return next === undefined ? name : top(next);
  };
  for (const [first, ...others] of sets) for (const other of others) if (top(other) !== top(first!)) above.set(top(other), top(first!));
  return sets.map(([first]) => top(first!));
}
