import type { Queries, Transaction } from '@claimline/database';
import type { NoticeRecord } from './notice-record';

const COLUMNS = `id, key, code, class, claim_id AS "claimId", claim_number AS "claimNumber", claim_event_id AS "claimEventId", exposure_id AS "exposureId", party_id AS "partyId",
  contact_id AS "contactId", conversation_id AS "conversationId", message_id AS "messageId", language, template_version AS "templateVersion", state, reason, plan, step,
  held_until AS "heldUntil", digest_until AS "digestUntil", trace, occurred_at AS "occurredAt", created_at AS "createdAt", settled_at AS "settledAt"`;

/** Notices as rows. The unique key lets none be made twice. */
export class NoticesRepository {
  /** False: this event has been told (or not) to this party already. */
  async insert(tx: Transaction, notice: NoticeRecord): Promise<boolean> {
    const rows = await tx.query<{ id: string }>({
      name: 'notice-insert',
      text: `INSERT INTO notices (id, key, code, class, claim_id, claim_number, claim_event_id, exposure_id, party_id, contact_id, conversation_id, message_id, language,
               template_version, state, reason, plan, step, held_until, digest_until, trace, occurred_at, created_at, settled_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24) ON CONFLICT (key) DO NOTHING RETURNING id`,
      values: [
        notice.id,
        notice.key,
        notice.code,
        notice.class,
        notice.claimId,
        notice.claimNumber,
        notice.claimEventId,
        notice.exposureId,
        notice.partyId,
        notice.contactId,
        notice.conversationId,
        notice.messageId,
        notice.language,
        notice.templateVersion,
        notice.state,
        notice.reason,
        JSON.stringify(notice.plan),
        notice.step,
        notice.heldUntil,
        notice.digestUntil,
        JSON.stringify(notice.trace),
        notice.occurredAt,
        notice.createdAt,
        notice.settledAt,
      ],
    });
    return rows.length > 0;
  }

  /** Writes what may change of a notice. Must be held. */
  async save(tx: Transaction, notice: NoticeRecord): Promise<void> {
    await tx.query({
      name: 'notice-save',
      unread: true,
      text: `UPDATE notices SET contact_id = $2, conversation_id = $3, message_id = $4, language = $5, template_version = $6, state = $7, reason = $8, plan = $9, step = $10,
               held_until = $11, digest_until = $12, trace = $13, settled_at = $14 WHERE id = $1`,
      values: [
        notice.id,
        notice.contactId,
        notice.conversationId,
        notice.messageId,
        notice.language,
        notice.templateVersion,
        notice.state,
        notice.reason,
        JSON.stringify(notice.plan),
        notice.step,
        notice.heldUntil,
        notice.digestUntil,
        JSON.stringify(notice.trace),
        notice.settledAt,
      ],
    });
  }

  /** Its message is in a thread and on its way: one attempt more. Answers with what the notice is. */
  async sent(
    tx: Transaction,
    id: string,
    { conversationId, messageId, deliveryId }: { readonly conversationId: string; readonly messageId: string; readonly deliveryId: string },
    at: Date,
  ): Promise<Pick<NoticeRecord, 'step' | 'claimNumber' | 'code'>> {
    const [row] = await tx.query<Pick<NoticeRecord, 'step' | 'claimNumber' | 'code'>>({
      name: 'notice-sent',
      text: `UPDATE notices SET conversation_id = $2, message_id = $3, trace = jsonb_set(trace, '{attempts}', coalesce(trace->'attempts', '[]')
               || jsonb_build_object('deliveryId', $4::text, 'step', step, 'state', 'due', 'reason', NULL, 'at', $5::text)) WHERE id = $1
             RETURNING step, claim_number AS "claimNumber", code`,
      values: [id, conversationId, messageId, deliveryId, at.toISOString()],
    });
    return row!;
  }

  async find(queries: Queries, id: string): Promise<NoticeRecord | undefined> {
    const [row] = await queries.query<NoticeRecord>({
      name: 'notice-find',
      text: `SELECT ${COLUMNS} FROM notices WHERE id = $1`,
      values: [id],
    });
    return row;
  }

  async hold(tx: Transaction, id: string): Promise<NoticeRecord | undefined> {
    const [row] = await tx.query<NoticeRecord>({
      name: 'notice-hold',
      text: `SELECT ${COLUMNS} FROM notices WHERE id = $1 FOR UPDATE`,
      values: [id],
    });
    return row;
  }

  /** The notice that a message carries, held until the transaction ends. */
  async holdByMessage(tx: Transaction, messageId: string): Promise<NoticeRecord | undefined> {
    const [row] = await tx.query<NoticeRecord>({
      name: 'notice-hold-by-message',
      text: `SELECT ${COLUMNS} FROM notices WHERE message_id = $1 FOR UPDATE`,
      values: [messageId],
    });
    return row;
  }

  /** The notices that these messages carry, held in the order of their ids. */
  async holdByMessages(tx: Transaction, messageIds: readonly string[]): Promise<NoticeRecord[]> {
    if (messageIds.length === 0) return [];
    return tx.query<NoticeRecord>({
      name: 'notices-hold-by-message',
      text: `SELECT ${COLUMNS} FROM notices WHERE message_id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE`,
      values: [[...new Set(messageIds)]],
    });
  }

  /** Writes what was heard of many. Must be held. */
  async saveNews(tx: Transaction, notices: readonly NoticeRecord[]): Promise<void> {
    if (notices.length === 0) return;
    await tx.query({
      name: 'notices-save-news',
      unread: true,
      text: `UPDATE notices n SET state = i.state, reason = i.reason, trace = i.trace, settled_at = i.settled_at
             FROM unnest($1::uuid[], $2::text[], $3::text[], $4::jsonb[], $5::timestamptz[]) AS i(id, state, reason, trace, settled_at) WHERE n.id = i.id`,
      values: [
        notices.map(({ id }) => id),
        notices.map(({ state }) => state),
        notices.map(({ reason }) => reason),
        notices.map(({ trace }) => JSON.stringify(trace)),
        notices.map(({ settledAt }) => settledAt),
      ],
    });
  }

  /** Notices of the same kind to the same party that have not left yet: waiting for more, or for the morning. Held. */
  async holdWaiting(tx: Transaction, like: Pick<NoticeRecord, 'claimId' | 'partyId' | 'code'>, now: Date): Promise<NoticeRecord[]> {
    return tx.query<NoticeRecord>({
      name: 'notices-hold-waiting',
      text: `SELECT ${COLUMNS} FROM notices WHERE claim_id = $1 AND party_id IS NOT DISTINCT FROM $2 AND code = $3
               AND (state = 'planned' OR (state = 'sending' AND held_until > $4)) ORDER BY created_at, id FOR UPDATE`,
      values: [like.claimId, like.partyId, like.code, now],
    });
  }

  /** Notices that have waited long enough for more of the same. */
  async dueDigests(queries: Queries, now: Date, limit: number): Promise<{ id: string; claimNumber: string }[]> {
    return queries.query({
      name: 'notices-due-digests',
      text: `SELECT id, claim_number AS "claimNumber" FROM notices WHERE state = 'planned' AND digest_until <= $1 ORDER BY digest_until, id LIMIT $2`,
      values: [now, limit],
    });
  }

  /** All notices of a claim, oldest first. */
  async ofClaim(queries: Queries, claimId: string): Promise<NoticeRecord[]> {
    return queries.query<NoticeRecord>({
      name: 'notices-of-claim',
      text: `SELECT ${COLUMNS} FROM notices WHERE claim_id = $1 ORDER BY created_at, id`,
      values: [claimId],
    });
  }
}
