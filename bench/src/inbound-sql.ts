import { randomUUID } from 'node:crypto';

/**
 * What storing one inbound SMS writes, as one statement: journal, key, address, contact, conversation, message, event. The hub writes the same rows,
 * for many messages at once (and an event that nobody follows up on, so that what is measured next is not slowed by it); here it is one message per statement, which is what a server without batching would do.
 */
export const INBOUND_SQL = `
WITH fresh AS (
  INSERT INTO inbound_keys (inbox_id, kind, external_id, raw_id, message_id, at) VALUES ($1, 'message', $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING message_id
), raw AS (
  INSERT INTO inbound_raw (id, inbox_id, door, key_id, sealed, received_at) SELECT $3, $1, 'webhook', 'bench', $6, $5 FROM fresh
), address AS (
  INSERT INTO addresses (id, scheme, scope, value, contact_id, created_at, seen_at) SELECT $7, 'tel', '', $8, $9, $5, $5 FROM fresh
  ON CONFLICT (scheme, scope, value) DO UPDATE SET seen_at = excluded.seen_at RETURNING id, contact_id, (xmax = 0) AS made
), contact AS (
  INSERT INTO contacts (id, kind, name, created_at) SELECT contact_id, 'person', $8, $5 FROM address WHERE made
), holder AS (
  INSERT INTO contact_addresses (contact_id, address_id, level, since) SELECT contact_id, id, 'claimed', $5 FROM address WHERE made
), conversation AS (
  INSERT INTO conversations AS c (id, contact_id, brand_id, channel, inbox_id, address_id, preview, awaiting_reply, message_count, inbound_count, last_message_at, last_inbound_at, opened_at)
  SELECT $10, contact_id, $11, 'twilio-sms', $1, id, $12, true, 1, 1, $5, $5, $5 FROM address
  ON CONFLICT (contact_id) WHERE status <> 'resolved' AND claim_id IS NULL
  DO UPDATE SET message_count = c.message_count + 1, inbound_count = c.inbound_count + 1, preview = excluded.preview, last_message_at = excluded.last_message_at, last_inbound_at = excluded.last_inbound_at
  RETURNING id, contact_id, message_count
), message AS (
  INSERT INTO messages (id, conversation_id, seq, direction, kind, channel, inbox_id, from_value, to_values, text, occurred_at, received_at)
  SELECT $4, id, message_count, 'inbound', 'text', 'twilio-sms', $1, $8, ARRAY[$13::text], $12, $5, $5 FROM conversation RETURNING id, conversation_id
)
INSERT INTO outbox (id, type, conversation_id, payload, at) SELECT $14, 'bench.received', conversation_id, jsonb_build_object('messageId', id), $5 FROM message`;

/** One more message from one of a thousand senders. */
export function inboundValues(place: { inboxId: string; brandId: string; line: string }, n: number): unknown[] {
  const text = `bench message ${n}`;
  return [
    place.inboxId,
    `SM${randomUUID().replaceAll('-', '')}`,
    randomUUID(),
    randomUUID(),
    new Date(),
    Buffer.alloc(300, n),
    randomUUID(),
    sender(n),
    randomUUID(),
    randomUUID(),
    place.brandId,
    text,
    place.line,
    randomUUID(),
  ];
}

/** The n-th of a thousand senders, so that most messages find their conversation, as in life. */
export const sender = (n: number): string => `+1555030${String(n % 1000).padStart(4, '0')}`;
