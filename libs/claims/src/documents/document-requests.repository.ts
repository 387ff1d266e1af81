import { newId, type Queries, type Transaction } from '@claimline/database';
import type { DocumentRequest } from './documents.entity';

const COLUMNS = `id, claim_id AS "claimId", party_id AS "partyId", kind, item_ids AS "itemIds", round, state, override_reason AS "overrideReason", requested_by AS "requestedBy",
  tell_at AS "tellAt", told_at AS "toldAt", notice_id AS "noticeId", arrived_at AS "arrivedAt", reminders, remind_at AS "remindAt", created_at AS "createdAt"`;

/** A request as it is first written. */
export type NewRequest = Pick<
  DocumentRequest,
  'claimId' | 'partyId' | 'kind' | 'itemIds' | 'round' | 'overrideReason' | 'requestedBy' | 'tellAt'
>;

/** Requests as rows: what was asked, when it was told, and when to remind. */
export class DocumentRequests {
  async ofClaim(queries: Queries, claimId: string): Promise<DocumentRequest[]> {
    return queries.query<DocumentRequest>({
      name: 'document-requests',
      text: `SELECT ${COLUMNS} FROM document_requests WHERE claim_id = $1 ORDER BY created_at, id`,
      values: [claimId],
    });
  }

  async add(tx: Transaction, request: NewRequest, at: Date): Promise<string> {
    const id = newId(at);
    await tx.query({
      name: 'document-request-add',
      text: `INSERT INTO document_requests (id, claim_id, party_id, kind, item_ids, round, override_reason, requested_by, tell_at, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      values: [
        id,
        request.claimId,
        request.partyId,
        request.kind,
        request.itemIds,
        request.round,
        request.overrideReason,
        request.requestedBy,
        request.tellAt,
        at,
      ],
    });
    return id;
  }

  /** Adds items to a request that has not left; false where it has left meanwhile. */
  async join(tx: Transaction, id: string, itemIds: readonly string[]): Promise<boolean> {
    const rows = await tx.query({
      name: 'document-request-join',
      text: `UPDATE document_requests SET item_ids = ARRAY(SELECT DISTINCT unnest(item_ids || $2::uuid[])) WHERE id = $1 AND state = 'waiting' RETURNING 1`,
      values: [id, itemIds],
    });
    return rows.length > 0;
  }

  /** Takes items out of a request that has not left; one without items is canceled. */
  async leave(tx: Transaction, id: string, itemIds: readonly string[]): Promise<void> {
    await tx.query({
      name: 'document-request-leave',
      text: `UPDATE document_requests SET item_ids = left_over.ids, state = CASE WHEN cardinality(left_over.ids) = 0 THEN 'canceled' ELSE state END
             FROM (SELECT ARRAY(SELECT unnest(item_ids) FROM document_requests WHERE id = $1 EXCEPT SELECT unnest($2::uuid[])) AS ids) AS left_over
             WHERE id = $1 AND state = 'waiting'`,
      values: [id, itemIds],
    });
  }

  /** Requests whose time has come, and those whose customer is to be reminded. */
  async due(queries: Queries, now: Date, limit: number): Promise<{ id: string; what: 'tell' | 'remind' }[]> {
    return queries.query<{ id: string; what: 'tell' | 'remind' }>({
      name: 'document-requests-due',
      text: `(SELECT id, 'tell' AS what FROM document_requests WHERE state = 'waiting' AND tell_at <= $1 ORDER BY tell_at LIMIT $2)
             UNION ALL (SELECT id, 'remind' FROM document_requests WHERE remind_at IS NOT NULL AND remind_at <= $1 ORDER BY remind_at LIMIT $2)`,
      values: [now, limit],
    });
  }

  async lock(tx: Transaction, id: string): Promise<DocumentRequest | undefined> {
    const [row] = await tx.query<DocumentRequest>({
      name: 'document-request-lock',
      text: `SELECT ${COLUMNS} FROM document_requests WHERE id = $1 FOR UPDATE`,
      values: [id],
    });
    return row;
  }

  async save(tx: Transaction, request: DocumentRequest): Promise<void> {
    await tx.query({
      name: 'document-request-save',
      text: 'UPDATE document_requests SET state = $2, told_at = $3, notice_id = $4, reminders = $5, remind_at = $6 WHERE id = $1',
      values: [request.id, request.state, request.toldAt, request.noticeId, request.reminders, request.remindAt],
    });
  }

  /** A newer message tells all that is open: the older ones remind nobody any more. */
  async stopReminding(tx: Transaction, of: { readonly claimId: string; readonly partyId: string | null }, but: string): Promise<void> {
    await tx.query({
      name: 'document-requests-stop',
      text: 'UPDATE document_requests SET remind_at = NULL WHERE claim_id = $1 AND party_id IS NOT DISTINCT FROM $2 AND id <> $3 AND remind_at IS NOT NULL',
      values: [of.claimId, of.partyId, but],
    });
  }

  /** The message of a notice has arrived: evidence, noted once. Returns the request; undefined where it carries none, or that is known. */
  async arrived(tx: Transaction, noticeId: string, at: Date): Promise<DocumentRequest | undefined> {
    const [row] = await tx.query<DocumentRequest>({
      name: 'document-request-arrived',
      text: `UPDATE document_requests SET arrived_at = $2 WHERE notice_id = $1 AND arrived_at IS NULL RETURNING ${COLUMNS}`,
      values: [noticeId, at],
    });
    return row;
  }
}
