import { newId, type Queries, type Transaction } from '@claimline/database';

/** One move of a message, as history and undo see it. */
export interface MoveRow {
  readonly id: string;
  readonly message_id: string;
  readonly from_conversation_id: string;
  readonly to_conversation_id: string;
  readonly by_id: string;
  readonly undoes: string | null;
  readonly at: Date;
}

/** Who moves what where. */
export interface NewMove {
  readonly messageId: string;
  readonly from: string;
  readonly to: string;
  readonly by: string;
  readonly undoes: string | null;
  readonly at: Date;
}

/** Takes a message out of one thread into another, with everything that hangs on it: files, search words, references, its deliveries and its call. */
export class Moves {
  /** The caller holds the locks of both conversations. Returns the id of the move. */
  async move(tx: Transaction, move: NewMove): Promise<string> {
    await tx.query({ name: 'move-out', text: OUT, values: [move.messageId, move.from] });
    await tx.query({ name: 'move-in', text: IN, values: [move.messageId, move.to] });
    for (const table of FOLLOWING)
      await tx.query({
        name: `move-${table}`,
        text: `UPDATE ${table} SET conversation_id = $2 WHERE message_id = $1`,
        values: [move.messageId, move.to],
      });
    for (const id of [move.from, move.to]) await tx.query({ name: 'move-tally', text: TALLY, values: [id] });
    return this.note(tx, move);
  }

  private async note(tx: Transaction, move: NewMove): Promise<string> {
    const id = newId(move.at);
    await tx.query({
      name: 'move-note',
      text: 'INSERT INTO message_moves (id, message_id, from_conversation_id, to_conversation_id, by_id, undoes, at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
      values: [id, move.messageId, move.from, move.to, move.by, move.undoes, move.at],
    });
    return id;
  }

  /** The last move of a message; undefined where it never moved. */
  async lastOf(queries: Queries, messageId: string): Promise<MoveRow | undefined> {
    const [row] = await queries.query<MoveRow>({
      name: 'move-last',
      text: 'SELECT * FROM message_moves WHERE message_id = $1 ORDER BY at DESC, id DESC LIMIT 1',
      values: [messageId],
    });
    return row;
  }

  /** How many messages a thread holds now; its numbers never run backwards, so they do not tell. */
  async count(queries: Queries, conversationId: string): Promise<number> {
    const [row] = await queries.query<{ n: number }>({
      name: 'move-count',
      text: 'SELECT count(*)::int AS n FROM messages WHERE conversation_id = $1',
      values: [conversationId],
    });
    return row!.n;
  }
}

const FOLLOWING = ['attachments', 'message_references', 'message_words', 'deliveries', 'calls'] as const;

// Whoever has seen the message has one thing less to have seen, so that what they have not seen stays unread.
const OUT = `
  WITH m AS (SELECT seq, (direction = 'inbound')::int AS inbound FROM messages WHERE id = $1), r AS (
    UPDATE conversation_reads r SET inbound_seen = greatest(0, inbound_seen - m.inbound) FROM m WHERE r.conversation_id = $2 AND r.position >= m.seq
  )
  UPDATE conversations SET inbound_count = greatest(0, inbound_count - m.inbound) FROM m WHERE id = $2`;

// The place in the thread is the next free one: a browser that reads on from where it was finds the message. Its time stays what it was.
const IN = `
  WITH m AS (SELECT (direction = 'inbound')::int AS inbound FROM messages WHERE id = $1), c AS (
    UPDATE conversations SET message_count = message_count + 1, inbound_count = inbound_count + m.inbound FROM m WHERE id = $2 RETURNING message_count
  )
  UPDATE messages SET conversation_id = $2, seq = c.message_count FROM c WHERE id = $1`;

// What the row says of its messages, counted anew. Somebody waits when the customer spoke last; a machine's mail asks nothing, a note says nothing.
const TALLY = `
  WITH last AS (
    SELECT text, subject, direction, occurred_at FROM messages WHERE conversation_id = $1 AND kind <> 'note' ORDER BY occurred_at DESC, id DESC LIMIT 1
  ), inbound AS (
    SELECT max(occurred_at) AS at FROM messages WHERE conversation_id = $1 AND direction = 'inbound'
  ), asked AS (
    SELECT max(occurred_at) AS at FROM messages WHERE conversation_id = $1 AND direction = 'inbound' AND NOT coalesce(facts ? 'automatic', false)
  ), answered AS (
    SELECT max(occurred_at) AS at FROM messages WHERE conversation_id = $1 AND direction = 'outbound' AND author_id IS NOT NULL
  )
  UPDATE conversations c SET
    preview = coalesce((SELECT left(regexp_replace(coalesce(nullif(text, ''), subject, ''), '\\s+', ' ', 'g'), 160) FROM last), ''),
    preview_direction = coalesce((SELECT direction FROM last), c.preview_direction),
    last_message_at = coalesce((SELECT occurred_at FROM last), c.last_message_at),
    last_inbound_at = (SELECT at FROM inbound),
    awaiting_reply = c.status <> 'resolved' AND (SELECT asked.at IS NOT NULL AND (answered.at IS NULL OR asked.at > answered.at) FROM asked, answered)
  WHERE c.id = $1`;
