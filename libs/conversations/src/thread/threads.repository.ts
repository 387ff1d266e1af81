import { inParts, type Queries, type Seal, type Transaction } from '@claimline/database';
import { previewOf } from '../inbound/occurred-at';
import { maskWording, noteMasked } from '../masking/masked-wording';
import { maskText } from '@claimline/messages';
import type { NewMessage } from './new-message';

/** A message's row as the thread shows it. */
export interface MessageRow {
  readonly id: string;
  readonly conversation_id: string;
  readonly seq: number;
  readonly direction: 'inbound' | 'outbound' | 'internal';
  readonly kind: string;
  readonly channel: string | null;
  readonly inbox_id: string | null;
  readonly from_value: string | null;
  readonly from_name: string | null;
  readonly from_address_id: string | null;
  readonly to_values: string[];
  readonly cc_values: string[];
  readonly subject: string | null;
  readonly text: string;
  readonly quoted: string | null;
  readonly author_id: string | null;
  readonly notice_id: string | null;
  readonly client_id: string | null;
  readonly facts: Record<string, unknown> | null;
  readonly has_original: boolean;
  readonly occurred_at: Date;
  readonly received_at: Date;
}

/** Messages: appended, never removed. The conversation's row is locked by its own update, so numbers within a thread have no gaps. */
export class Threads {
  constructor(private readonly seal: Seal) {}

  /**
   * Appends and brings the conversation's row up to date (count, preview, who waits for whom). Returns the message's place in the thread;
   * undefined when a message with this client id or notice id is already there.
   */
  async append(tx: Transaction, message: NewMessage): Promise<number | undefined> {
    const { shown, original } = message.direction === 'inbound' ? maskedMessage(message) : { shown: message, original: undefined };
    const [row] = await tx.query<{ seq: number }>({ name: 'thread-append', text: APPEND, values: appendValues(shown) });
    if (!row) return undefined;
    if (shown.original) await this.keepOriginal(tx, message.id, shown.original.html);
    if (original !== undefined) await this.sealWords(tx, message.id, 'masked', original);
    return row.seq;
  }

  private async keepOriginal(tx: Transaction, messageId: string, html: string): Promise<void> {
    const { keyId, sealed } = this.seal.seal(Buffer.from(html, 'utf8'));
    await tx.query({
      name: 'thread-original',
      text: 'INSERT INTO message_originals (message_id, key_id, sealed) VALUES ($1, $2, $3)',
      values: [messageId, keyId, sealed],
    });
  }

  /** The HTML as it came, unsanitised; undefined where there is none. */
  async original(queries: Queries, messageId: string): Promise<string | undefined> {
    const [row] = await queries.query<{ key_id: string; sealed: Buffer }>({
      name: 'thread-original-of',
      text: 'SELECT key_id, sealed FROM message_originals WHERE message_id = $1',
      values: [messageId],
    });
    return row && this.seal.open({ keyId: row.key_id, sealed: row.sealed }).toString('utf8');
  }

  /** Keeps words beside a message that nobody reads in the thread: as they were before masking, or a code that is on its way. */
  async sealWords(tx: Transaction, messageId: string, kind: 'masked' | 'secret', words: string): Promise<void> {
    const { keyId, sealed } = this.seal.seal(Buffer.from(words, 'utf8'));
    await tx.query({
      name: 'thread-seal-words',
      text: 'INSERT INTO sealed_words (message_id, kind, key_id, sealed) VALUES ($1, $2, $3, $4) ON CONFLICT (message_id) DO NOTHING',
      values: [messageId, kind, keyId, sealed],
    });
  }

  /** What was sealed beside a message; undefined where nothing was, or where it has been erased. */
  async sealedWords(queries: Queries, messageId: string, kind: 'masked' | 'secret'): Promise<string | undefined> {
    const [row] = await queries.query<{ key_id: string; sealed: Buffer }>({
      name: 'thread-sealed-words',
      text: 'SELECT key_id, sealed FROM sealed_words WHERE message_id = $1 AND kind = $2',
      values: [messageId, kind],
    });
    return row && this.seal.open({ keyId: row.key_id, sealed: row.sealed }).toString('utf8');
  }

  async find(queries: Queries, id: string): Promise<MessageRow | undefined> {
    const [row] = await queries.query<MessageRow>({ name: 'message-find', text: 'SELECT * FROM messages WHERE id = $1', values: [id] });
    return row;
  }

  async findByClientId(queries: Queries, conversationId: string, clientId: string): Promise<MessageRow | undefined> {
    const [row] = await queries.query<MessageRow>({
      name: 'message-by-client',
      text: 'SELECT * FROM messages WHERE conversation_id = $1 AND client_id = $2',
      values: [conversationId, clientId],
    });
    return row;
  }

  /** Newest page first, its items oldest to newest. `before` is the oldest one already shown. */
  async page(
    queries: Queries,
    conversationId: string,
    limit: number,
    before?: { readonly at: Date; readonly id: string },
  ): Promise<MessageRow[]> {
    const rows = before
      ? await this.olderPage(queries, conversationId, limit, before)
      : await queries.query<MessageRow>({
          name: 'thread-page',
          text: 'SELECT * FROM messages WHERE conversation_id = $1 ORDER BY occurred_at DESC, id DESC LIMIT $2',
          values: [conversationId, limit],
        });
    return rows.reverse();
  }

  // What is old lies in as many places of the disk as a page has messages: the index says which, and several connections fetch them side by side.
  private async olderPage(
    queries: Queries,
    conversationId: string,
    limit: number,
    before: { at: Date; id: string },
  ): Promise<MessageRow[]> {
    const from = [conversationId, limit, before.at, before.id];
    const places = await queries.query<Place>({
      name: 'thread-places-before',
      text: pageBefore('occurred_at::text AS at, id'),
      values: from,
    });
    const slices = await Promise.all(inParts(places, SLICE).map((slice) => this.slice(queries, conversationId, slice)));
    const rows = slices.flat();
    // One of them has been moved to another thread meanwhile: asked again, at once, so that what follows is not taken for the beginning.
    if (rows.length < places.length) return queries.query({ name: 'thread-page-before', text: pageBefore('*'), values: from });
    return rows;
  }

  private slice(queries: Queries, conversationId: string, places: readonly Place[]): Promise<MessageRow[]> {
    const [newest, oldest] = [places[0]!, places.at(-1)!];
    return queries.query<MessageRow>({
      name: 'thread-slice',
      text: `SELECT * FROM messages WHERE conversation_id = $1 AND (occurred_at, id) <= ($2::timestamptz, $3::uuid) AND (occurred_at, id) >= ($4::timestamptz, $5::uuid)
             ORDER BY occurred_at DESC, id DESC`,
      values: [conversationId, newest.at, newest.id, oldest.at, oldest.id],
    });
  }

  /** What was appended after a place of the thread, in the order of appending. */
  async after(queries: Queries, conversationId: string, seq: number, limit: number): Promise<MessageRow[]> {
    return queries.query<MessageRow>({
      name: 'thread-after',
      text: 'SELECT * FROM messages WHERE conversation_id = $1 AND seq > $2 ORDER BY seq LIMIT $3',
      values: [conversationId, seq, limit],
    });
  }

  /** Whether somebody other than `accountId` has said something after this place: the writer answers a thread that has moved. */
  async movedSince(tx: Transaction, conversationId: string, seq: number, accountId: string): Promise<boolean> {
    const rows = await tx.query({
      name: 'thread-moved',
      text: `SELECT 1 FROM messages WHERE conversation_id = $1 AND seq > $2 AND kind <> 'note' AND (direction = 'inbound' OR author_id IS DISTINCT FROM $3) LIMIT 1`,
      values: [conversationId, seq, accountId],
    });
    return rows.length > 0;
  }

  /** Remembers under which ids others will refer to a message. */
  async refer(
    tx: Transaction,
    message: { inboxId: string; messageId: string; conversationId: string },
    references: readonly string[],
  ): Promise<void> {
    if (references.length === 0) return;
    await tx.query({
      name: 'thread-refer',
      text: 'INSERT INTO message_references (reference, inbox_id, message_id, conversation_id) SELECT DISTINCT reference, $2::uuid, $3::uuid, $4::uuid FROM unnest($1::text[]) AS reference ON CONFLICT DO NOTHING',
      values: [references, message.inboxId, message.messageId, message.conversationId],
    });
  }

  /** The conversation that one of these ids belongs to; the first id that is known wins. Any of our inboxes may know it. */
  async referredTo(queries: Queries, references: readonly string[]): Promise<string | undefined> {
    if (references.length === 0) return undefined;
    const [row] = await queries.query<{ conversation_id: string }>({
      name: 'thread-referred',
      text: `SELECT m.conversation_id FROM unnest($1::text[]) WITH ORDINALITY AS r(reference, n) JOIN message_references m USING (reference) ORDER BY r.n LIMIT 1`,
      values: [references],
    });
    return row?.conversation_id;
  }

  /** Replaces the words of an entry that grows: a call that gets its transcript. Where it is the last of its thread, the inbox shows them. */
  async rewrite(tx: Transaction, messageId: string, text: string): Promise<void> {
    const { text: clean, kinds } = maskText(withoutNul(text));
    if (kinds.length > 0) await this.sealWords(tx, messageId, 'masked', JSON.stringify({ text }));
    await tx.query({
      name: 'thread-rewrite',
      text: `WITH m AS (UPDATE messages SET text = $2, facts = CASE WHEN $4::jsonb IS NULL THEN facts ELSE coalesce(facts, '{}') || $4 END WHERE id = $1 RETURNING conversation_id, occurred_at, direction)
             UPDATE conversations c SET preview = $3 FROM m WHERE c.id = m.conversation_id AND c.last_message_at <= m.occurred_at AND c.preview_direction = m.direction`,
      values: [messageId, clean, previewOf(clean), kinds.length > 0 ? JSON.stringify({ masked: kinds }) : null],
    });
  }
}

/** Where a message stands in its thread; the moment as PostgreSQL writes it, to the last microsecond. */
interface Place {
  readonly at: string;
  readonly id: string;
}

/** So many rows at least one connection fetches of a page. */
const SLICE = 13;

const pageBefore = (columns: string): string =>
  `SELECT ${columns} FROM messages WHERE conversation_id = $1 AND (occurred_at, id) < ($3, $4) ORDER BY occurred_at DESC, id DESC LIMIT $2`;

// A note moves no preview and answers nobody. A person's words answer; an automatic text (a notice, a reply without an author) does not. A call that
// begins neither asks nor answers: how it ends decides that. A machine's mail (somebody is on holiday) asks nothing.
// A score that somebody gives in a survey (`survey` among the facts) opens nothing again and waits for nobody.
const APPEND = `
  WITH taken AS (
    SELECT 1 FROM messages WHERE ($16::uuid IS NOT NULL AND notice_id = $16) OR ($17::text IS NOT NULL AND conversation_id = $2 AND client_id = $17)
  ), c AS (
    UPDATE conversations SET
      message_count = message_count + 1,
      inbound_count = inbound_count + ($3 = 'inbound' AND NOT coalesce($18::jsonb ? 'survey', false))::int,
      preview = CASE WHEN $4 <> 'note' AND (message_count = 0 OR $20 >= last_message_at) THEN $19 ELSE preview END,
      preview_direction = CASE WHEN $4 <> 'note' AND (message_count = 0 OR $20 >= last_message_at) THEN $3 ELSE preview_direction END,
      awaiting_reply = CASE WHEN $4 <> 'call' AND $3 = 'inbound' AND NOT coalesce($18::jsonb ?| ARRAY['automatic', 'survey'], false) THEN true WHEN $4 <> 'call' AND $3 = 'outbound' AND $15::uuid IS NOT NULL THEN false ELSE awaiting_reply END,
      channel = CASE WHEN $3 = 'inbound' THEN $5 ELSE channel END,
      inbox_id = CASE WHEN $3 = 'inbound' THEN $6 ELSE inbox_id END,
      address_id = CASE WHEN $3 = 'inbound' THEN coalesce($9, address_id) ELSE address_id END,
      status = CASE WHEN $3 = 'inbound' AND NOT coalesce($18::jsonb ? 'survey', false) THEN 'open' ELSE status END,
      snoozed_until = CASE WHEN $3 = 'inbound' AND NOT coalesce($18::jsonb ? 'survey', false) THEN NULL ELSE snoozed_until END,
      resolved_at = CASE WHEN $3 = 'inbound' AND NOT coalesce($18::jsonb ? 'survey', false) THEN NULL ELSE resolved_at END,
      last_message_at = CASE WHEN $4 <> 'note' THEN CASE WHEN message_count = 0 THEN $20 ELSE greatest(last_message_at, $20) END ELSE last_message_at END,
      last_inbound_at = CASE WHEN $3 = 'inbound' THEN greatest(last_inbound_at, $20) ELSE last_inbound_at END
    WHERE id = $2 AND NOT EXISTS (SELECT FROM taken)
    RETURNING id, message_count
  )
  INSERT INTO messages (id, conversation_id, seq, direction, kind, channel, inbox_id, from_value, from_name, from_address_id, to_values, cc_values, subject, text, quoted,
    author_id, notice_id, client_id, facts, occurred_at, received_at, has_original)
  SELECT $1, c.id, c.message_count, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $20, $21, $22 FROM c
  RETURNING seq
`
  .replaceAll('$4 <>', '$4::text <>')
  .replace("($3 = 'inbound' AND", "($3::text = 'inbound' AND");

// Whatever somebody outside has written or said, by whichever way it came in.
function maskedMessage(message: NewMessage): { shown: NewMessage; original: string | undefined } {
  const { text, subject, quoted } = message;
  const { wording, kinds, original } = maskWording({ text, subject, quoted, html: message.original?.html });
  if (original === undefined) return { shown: message, original };
  const html = wording.html ?? undefined;
  return {
    original,
    shown: { ...message, ...wording, facts: noteMasked(message.facts, kinds), original: html === undefined ? null : { html } },
  };
}

const withoutNul = (text: string): string => text.replaceAll('\u0000', '\uFFFD');

function appendValues(message: NewMessage): unknown[] {
  const clean = withoutNul;
  return [
    message.id,
    message.conversationId,
    message.direction,
    message.kind,
    message.channel,
    message.inboxId,
    message.from?.value ?? null,
    message.from?.name ?? null,
    message.from?.addressId ?? null,
    message.to,
    message.cc,
    message.subject ? clean(message.subject) : null,
    clean(message.text),
    message.quoted ? clean(message.quoted) : null,
    message.authorId ?? null,
    message.noticeId ?? null,
    message.clientId ?? null,
    message.facts ? JSON.stringify(message.facts) : null,
    previewOf(clean(message.text || message.subject || '')),
    message.occurredAt,
    message.receivedAt,
    Boolean(message.original),
  ];
}
