import type { Conversations } from '@claimline/conversations';
import { mayEndTrouble } from '@claimline/delivery';
import type { Consumer, LoggedEvent, Transaction } from '@claimline/database';

type Takes = (event: LoggedEvent) => boolean;

// What a person has written frees an adjuster, and may be the outcome of a complaint: that reaches beyond the conversation. The news of a claim and the
// words of a machine do not. Of a delivery only what nothing follows from: a task of its conversation would be renewed beside the claim's.
const INTAKE: Readonly<Record<string, Takes>> = {
  'claim.changed': () => true,
  'message.sent': ({ payload, conversationId }) => conversationId !== null && !payload['authorId'],
  'delivery.changed': ({ payload, conversationId }) =>
    conversationId !== null && payload['purpose'] !== 'reply' && !payload['needsPerson'] && !mayEndTrouble(payload),
};
const NOTICES: Readonly<Record<string, Takes>> = { 'claim.changed': () => true };

/** Which events of a reader may be handled at the same time, and by what they are told apart: by their claim, else by their conversation. */
export function abreast(reader: 'intake' | 'notices', conversations: Conversations): NonNullable<Consumer['abreast']> {
  const takes = reader === 'intake' ? INTAKE : NOTICES;
  return {
    takes: (event) => takes[event.type]?.(event) ?? false,
    keysOf: (tx, events) => keysOf(tx, events, conversations),
  };
}

async function keysOf(tx: Transaction, events: readonly LoggedEvent[], conversations: Conversations): Promise<string[]> {
  const written = events.flatMap(({ type, conversationId }) => (type === 'message.sent' ? [conversationId!] : []));
  // Held, as each step would hold its own: which claim it belongs to cannot change meanwhile.
  const claims = written.length > 0 ? await conversations.lockWithClaims(tx, written) : new Map<string, string | null>();
  return events.map(({ conversationId, payload }) =>
    conversationId === null ? String(payload['claimId']) : (claims.get(conversationId) ?? conversationId),
  );
}
