import type { Queries, Transaction } from '@claimline/database';

/**
 * What a visitor of the chat has before them: messages in the order in which they came there, numbered without gaps. Conversations are opened,
 * resolved and moved behind it; the visitor's numbers only ascend, so "everything after the last one I know" is always the whole gap.
 */
export class VisitorThreads {
  /** Puts messages at the end of the thread, in this order; one that is already there stays where it is. False when there is no such visitor. */
  async put(tx: Transaction, visitorId: string, messageIds: readonly string[]): Promise<boolean> {
    // Numbers are given under the visitor's lock, by a statement of its own: it has to see what the one before has put.
    const [visitor] = await tx.query({
      name: 'visitor-lock',
      text: 'SELECT id FROM visitors WHERE id = $1 FOR UPDATE',
      values: [visitorId],
    });
    if (!visitor) return false;
    await tx.query({
      name: 'visitor-thread-put',
      text: `INSERT INTO visitor_messages (visitor_id, seq, message_id)
             SELECT $1, (SELECT coalesce(max(seq), 0) FROM visitor_messages WHERE visitor_id = $1) + row_number() OVER (ORDER BY new.n), new.id
             FROM unnest($2::uuid[]) WITH ORDINALITY AS new(id, n)
             WHERE NOT EXISTS (SELECT FROM visitor_messages v WHERE v.message_id = new.id AND v.visitor_id = $1)`,
      values: [visitorId, messageIds],
    });
    return true;
  }

  /** Puts there what the visitor has written and is not there yet: a hub may have ended between taking a message and putting it there. */
  async putOwn(tx: Transaction, visitorId: string): Promise<void> {
    const rows = await tx.query<{ id: string }>({
      name: 'visitor-thread-own',
      text: `SELECT m.id FROM addresses a JOIN conversations c ON c.contact_id = a.contact_id JOIN messages m ON m.conversation_id = c.id AND m.from_address_id = a.id
             WHERE a.scheme = 'visitor' AND a.scope = '' AND a.value = $1 AND m.direction = 'inbound'
               AND NOT EXISTS (SELECT FROM visitor_messages v WHERE v.message_id = m.id AND v.visitor_id = $1)
             ORDER BY m.received_at, m.id`,
      values: [visitorId],
    });
    if (rows.length > 0)
      await this.put(
        tx,
        visitorId,
        rows.map(({ id }) => id),
      );
  }

  async placeOf(queries: Queries, visitorId: string, messageId: string): Promise<number | undefined> {
    const [row] = await queries.query<{ seq: number }>({
      name: 'visitor-thread-place',
      text: 'SELECT seq FROM visitor_messages WHERE message_id = $1 AND visitor_id = $2',
      values: [messageId, visitorId],
    });
    return row?.seq;
  }

  async lastSeq(queries: Queries, visitorId: string): Promise<number> {
    const [row] = await queries.query<{ seq: number | null }>({
      name: 'visitor-thread-last',
      text: 'SELECT max(seq) AS seq FROM visitor_messages WHERE visitor_id = $1',
      values: [visitorId],
    });
    return row?.seq ?? 0;
  }

  /** The visitors before whom these messages are, and those who wrote them. */
  async visitorsOf(queries: Queries, messageIds: readonly string[]): Promise<string[]> {
    const rows = await queries.query<{ id: string }>({
      name: 'visitor-thread-visitors',
      text: `SELECT visitor_id AS id FROM visitor_messages WHERE message_id = ANY ($1::uuid[])
             UNION SELECT a.value FROM messages m JOIN addresses a ON a.id = m.from_address_id WHERE m.id = ANY ($1::uuid[]) AND a.scheme = 'visitor'`,
      values: [messageIds],
    });
    return rows.map(({ id }) => id);
  }

  /** The visitor whom an answer in this conversation would reach; undefined where it goes elsewhere. */
  async visitorOf(queries: Queries, conversationId: string): Promise<string | undefined> {
    const [row] = await queries.query<{ id: string }>({
      name: 'visitor-of-conversation',
      text: `SELECT a.value AS id FROM conversations c JOIN addresses a ON a.id = c.address_id WHERE c.id = $1 AND a.scheme = 'visitor'`,
      values: [conversationId],
    });
    return row?.id;
  }
}
