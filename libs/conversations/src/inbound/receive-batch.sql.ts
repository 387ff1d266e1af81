/** The columns of one plain message of a batch, in the order of the statement's parameters. */
export const BATCH_COLUMNS = [
  ['message_id', 'uuid'],
  ['raw_id', 'uuid'],
  ['inbox_id', 'uuid'],
  ['external_id', 'text'],
  ['door', 'text'],
  ['raw_key_id', 'text'],
  ['raw_sealed', 'bytea'],
  ['received_at', 'timestamptz'],
  ['occurred_at', 'timestamptz'],
  ['scheme', 'text'],
  ['scope', 'text'],
  ['value', 'text'],
  ['from_name', 'text'],
  ['new_address_id', 'uuid'],
  ['new_contact_id', 'uuid'],
  ['new_conversation_id', 'uuid'],
  ['line', 'text'],
  ['channel', 'text'],
  ['brand_id', 'uuid'],
  ['team_id', 'uuid'],
  ['language', 'text'],
  ['text', 'text'],
  ['preview', 'text'],
  ['facts', 'jsonb'],
  ['words_key_id', 'text'],
  ['words_sealed', 'bytea'],
  ['event_id', 'uuid'],
] as const;

export type BatchColumn = (typeof BATCH_COLUMNS)[number][0];

const parameters = BATCH_COLUMNS.map(([, type], index) => `$${index + 1}::${type}[]`).join(', ');
const names = BATCH_COLUMNS.map(([name]) => name).join(', ');

// What a new inbound message changes in its conversation's row, whichever way the row was found.
const TOUCH = `
  message_count = c.message_count + e.message_count, inbound_count = c.inbound_count + e.inbound_count,
  preview = CASE WHEN e.last_message_at >= c.last_message_at THEN e.preview ELSE c.preview END, preview_direction = 'inbound', awaiting_reply = true,
  channel = e.channel, inbox_id = e.inbox_id, address_id = e.address_id, language = CASE WHEN (SELECT language_chosen FROM contacts k WHERE k.id = c.contact_id) THEN c.language ELSE coalesce(e.language, c.language) END, status = 'open', snoozed_until = NULL,
  last_message_at = greatest(c.last_message_at, e.last_message_at), last_inbound_at = greatest(c.last_inbound_at, e.last_inbound_at)`;
const touch = (current: string, coming: string): string => TOUCH.replaceAll('c.', `${current}.`).replaceAll('e.', `${coming}.`);

/**
 * The common case of an inbound message, many at once, in one prepared statement and one commit: journal, key, address, contact, conversation,
 * message, event. Who writes for many (`many`) is never guessed into a claim: only their unbound thread counts, and it is to be filed. A key seen before changes nothing. The address row is locked first, in the order of the batch (sorted by address), so that
 * two messages of one stranger meet there and make one contact. A conversation that is closed in the same instant leaves a message without one:
 * the NOT NULL of messages.conversation_id then undoes the whole batch, and its messages are taken one by one.
 */
export const RECEIVE_BATCH = `
WITH input AS MATERIALIZED (
  SELECT * FROM unnest(${parameters}) WITH ORDINALITY AS i(${names}, n)
), fresh AS (
  INSERT INTO inbound_keys (inbox_id, kind, external_id, raw_id, message_id, at)
  SELECT inbox_id, 'message', external_id, raw_id, message_id, received_at FROM input
  ON CONFLICT DO NOTHING RETURNING message_id
), arrived AS MATERIALIZED (
  SELECT input.* FROM input JOIN fresh USING (message_id)
), raw AS (
  INSERT INTO inbound_raw (id, inbox_id, door, key_id, sealed, received_at)
  SELECT raw_id, inbox_id, door, raw_key_id, raw_sealed, received_at FROM arrived
), address AS (
  INSERT INTO addresses (id, scheme, scope, value, name, contact_id, created_at, seen_at)
  SELECT DISTINCT ON (scheme, scope, value) new_address_id, scheme, scope, value, from_name, new_contact_id, received_at, received_at
  FROM arrived ORDER BY scheme, scope, value, n
  ON CONFLICT (scheme, scope, value) DO UPDATE SET seen_at = greatest(addresses.seen_at, excluded.seen_at)
  RETURNING id AS address_id, scheme, scope, value, name, contact_id, created_at, (xmax = 0) AS made
), contact AS (
  INSERT INTO contacts (id, kind, name, created_at) SELECT contact_id, 'person', coalesce(name, value), created_at FROM address WHERE made
), holder AS (
  INSERT INTO contact_addresses (contact_id, address_id, level, since) SELECT contact_id, address_id, 'claimed', created_at FROM address WHERE made
), sender AS MATERIALIZED (
  SELECT arrived.*, address.address_id, address.contact_id, address.made FROM arrived JOIN address USING (scheme, scope, value)
), many AS MATERIALIZED (
  SELECT id FROM contacts WHERE kind IN ('organisation', 'gateway') AND id IN (SELECT contact_id FROM sender WHERE NOT made)
), standing AS (
  SELECT c.contact_id, count(*) AS open, min(c.id::text)::uuid AS id FROM conversations c
  WHERE c.status <> 'resolved' AND c.contact_id IN (SELECT contact_id FROM sender WHERE NOT made)
    AND (c.claim_id IS NULL OR c.contact_id NOT IN (SELECT id FROM many)) GROUP BY c.contact_id
), tally AS (
  SELECT DISTINCT ON (contact_id) contact_id, new_conversation_id AS id, brand_id, team_id, channel, inbox_id, address_id, preview, language, received_at,
    count(*) OVER who AS message_count, max(occurred_at) OVER who AS last_message_at
  FROM sender WINDOW who AS (PARTITION BY contact_id) ORDER BY contact_id, occurred_at DESC, n DESC
), kept AS (
  UPDATE conversations c SET ${touch('c', 'e')}
  FROM (SELECT tally.*, message_count AS inbound_count, last_message_at AS last_inbound_at, standing.id AS standing_id FROM tally JOIN standing USING (contact_id) WHERE open = 1) e
  WHERE c.id = e.standing_id AND c.status <> 'resolved'
  RETURNING c.id, c.contact_id, c.message_count, false AS opened
), opened AS (
  INSERT INTO conversations AS c (id, contact_id, brand_id, team_id, channel, inbox_id, address_id, preview, language, awaiting_reply, message_count, inbound_count, last_message_at, last_inbound_at, opened_at, to_file)
  SELECT tally.id, contact_id, brand_id, team_id, channel, inbox_id, address_id, preview, coalesce((SELECT k.language FROM contacts k WHERE k.id = contact_id AND k.language_chosen), language), true, message_count, message_count, last_message_at, last_message_at, received_at, contact_id IN (SELECT id FROM many)
  FROM tally LEFT JOIN standing USING (contact_id) WHERE open IS DISTINCT FROM 1
  ON CONFLICT (contact_id) WHERE status <> 'resolved' AND claim_id IS NULL DO UPDATE SET ${touch('c', 'excluded')}
  RETURNING c.id, c.contact_id, c.message_count, (xmax = 0) AS opened
), place AS (
  SELECT * FROM kept UNION ALL SELECT * FROM opened
), message AS (
  INSERT INTO messages (id, conversation_id, seq, direction, kind, channel, inbox_id, from_value, from_name, from_address_id, to_values, text, facts, occurred_at, received_at)
  SELECT s.message_id, p.id, p.message_count - t.message_count + row_number() OVER (PARTITION BY s.contact_id ORDER BY s.n), 'inbound', 'text',
    s.channel, s.inbox_id, s.value, s.from_name, s.address_id, ARRAY[s.line], s.text, s.facts, s.occurred_at, s.received_at
  FROM sender s LEFT JOIN place p USING (contact_id) LEFT JOIN tally t USING (contact_id)
  RETURNING id, conversation_id
), hidden AS (
  INSERT INTO sealed_words (message_id, kind, key_id, sealed) SELECT message_id, 'masked', words_key_id, words_sealed FROM sender WHERE words_sealed IS NOT NULL
), event AS (
  INSERT INTO outbox (id, type, conversation_id, payload, at)
  SELECT s.event_id, 'message.received', m.conversation_id, jsonb_build_object('messageId', s.message_id, 'contactId', s.contact_id, 'inboxId', s.inbox_id,
    'kind', 'text', 'hasMedia', false, 'newConversation', p.opened), s.received_at
  FROM sender s JOIN message m ON m.id = s.message_id JOIN place p USING (contact_id) ORDER BY s.n
)
SELECT m.id AS message_id, m.conversation_id, p.opened FROM message m JOIN sender s ON s.message_id = m.id JOIN place p USING (contact_id)
`;
