import type { Queries, Transaction } from '@claimline/database';
import type { ScheduledSend } from './scheduled-send.entity';

const COLUMNS = `
  s.id, s.conversation_id AS "conversationId", s.author_id AS "authorId", s.owner_id AS "ownerId", s.message, s.send_at AS "sendAt", s.seen, s.state,
  s.reason, s.message_id AS "messageId", s.created_at AS "createdAt", s.changed_at AS "changedAt"`;

/** Where replies that leave later are kept. */
export class ScheduledStore {
  async add(tx: Transaction, send: ScheduledSend): Promise<void> {
    await tx.query({
      name: 'scheduled-add',
      text: `INSERT INTO scheduled_sends (id, conversation_id, author_id, owner_id, message, send_at, seen, state, created_at, changed_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)`,
      values: [
        send.id,
        send.conversationId,
        send.authorId,
        send.ownerId,
        JSON.stringify(send.message),
        send.sendAt,
        send.seen,
        send.state,
        send.createdAt,
      ],
    });
  }

  async find(queries: Queries, id: string): Promise<ScheduledSend | undefined> {
    const text = `SELECT ${COLUMNS} FROM scheduled_sends s WHERE s.id = $1`;
    const [row] = await queries.query<ScheduledSend>({ name: 'scheduled-find', text, values: [id] });
    return row;
  }

  async lock(tx: Transaction, id: string): Promise<ScheduledSend | undefined> {
    const text = `SELECT ${COLUMNS} FROM scheduled_sends s WHERE s.id = $1 FOR UPDATE`;
    const [row] = await tx.query<ScheduledSend>({ name: 'scheduled-lock', text, values: [id] });
    return row;
  }

  async save(tx: Transaction, send: ScheduledSend): Promise<void> {
    await tx.query({
      name: 'scheduled-save',
      text: `UPDATE scheduled_sends SET owner_id = $2, message = $3, send_at = $4, seen = $5, state = $6, reason = $7, message_id = $8, changed_at = $9 WHERE id = $1`,
      values: [
        send.id,
        send.ownerId,
        JSON.stringify(send.message),
        send.sendAt,
        send.seen,
        send.state,
        send.reason,
        send.messageId,
        send.changedAt,
      ],
    });
  }

  /** Those whose time has come, the longest due first. */
  async due(queries: Queries, now: Date, limit: number): Promise<Pick<ScheduledSend, 'id' | 'conversationId'>[]> {
    return await queries.query<Pick<ScheduledSend, 'id' | 'conversationId'>>({
      name: 'scheduled-due',
      text: `SELECT id, conversation_id AS "conversationId" FROM scheduled_sends WHERE state = 'waiting' AND send_at <= $1 ORDER BY send_at, id LIMIT $2`,
      values: [now, limit],
    });
  }

  /** What somebody answers for and has not left, by its time. */
  async ownedBy(queries: Queries, ownerId: string): Promise<ScheduledSend[]> {
    const text = `SELECT ${COLUMNS} FROM scheduled_sends s WHERE s.owner_id = $1 AND s.state IN ('waiting', 'held') ORDER BY s.send_at, s.id`;
    return await queries.query<ScheduledSend>({ name: 'scheduled-owned', text, values: [ownerId] });
  }
}
