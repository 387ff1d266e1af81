import type { Queries, Transaction } from '@claimline/database';
import { claimVisibleTo, type ClaimReader } from '../visible-to';
import type { FnolDraftEntity } from './fnol-draft.entity';
import type { ReportState, SimilarLoss } from './report';
import type { ReportFields } from './report-fields';

/** A report as it lies here. */
export type FnolDraft = Readonly<FnolDraftEntity>;

/** What a new report starts with. */
export type NewFnolDraft = Pick<
  FnolDraft,
  'id' | 'brandId' | 'conversationId' | 'contactId' | 'channel' | 'fields' | 'lossStatedAt' | 'createdBy' | 'createdAt'
>;

const COLUMNS = `id, brand_id AS "brandId", conversation_id AS "conversationId", contact_id AS "contactId", channel, state, fields, policy_number AS "policyNumber",
  loss_date::text AS "lossDate", loss_kind AS "lossKind", line_of_business AS "lineOfBusiness", apart_from AS "apartFrom", version, loss_stated_at AS "lossStatedAt",
  created_by AS "createdBy", created_at AS "createdAt", updated_at AS "updatedAt", reminded_at AS "remindedAt", submitted_by AS "submittedBy",
  submitted_at AS "submittedAt", claim_number AS "claimNumber"`;

const keysOf = ({ policyNumber, lossDate, lossKind, lineOfBusiness }: ReportFields): unknown[] => [
  policyNumber ?? null,
  lossDate ?? null,
  lossKind ?? null,
  lineOfBusiness ?? null,
];

/** Reports as rows: begun, filled, submitted once, bound to the claim that they become. */
export class FnolDrafts {
  /** Begins a report; a conversation that has an open one gives that instead. */
  async begin(tx: Transaction, draft: NewFnolDraft): Promise<{ draft: FnolDraft; made: boolean }> {
    const [row] = await tx.query<FnolDraft>({
      name: 'fnol-draft-begin',
      text: `INSERT INTO fnol_drafts (id, brand_id, conversation_id, contact_id, channel, state, fields, policy_number, loss_date, loss_kind, line_of_business, loss_stated_at, created_by, created_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, 'open', $6, $7, $8, $9, $10, $11, $12, $13, $13) ON CONFLICT DO NOTHING RETURNING ${COLUMNS}`,
      values: [
        draft.id,
        draft.brandId,
        draft.conversationId,
        draft.contactId,
        draft.channel,
        JSON.stringify(draft.fields),
        ...keysOf(draft.fields),
        draft.lossStatedAt,
        draft.createdBy,
        draft.createdAt,
      ],
    });
    if (row) return { draft: row, made: true };
    const open = draft.conversationId ? await this.openOf(tx, draft.conversationId) : await this.find(tx, draft.id);
    if (!open) throw new Error(`the report ${draft.id} could not be begun`);
    return { draft: open, made: false };
  }

  async find(queries: Queries, id: string): Promise<FnolDraft | undefined> {
    const [row] = await queries.query<FnolDraft>({
      name: 'fnol-draft-find',
      text: `SELECT ${COLUMNS} FROM fnol_drafts WHERE id = $1`,
      values: [id],
    });
    return row;
  }

  /** Held until the transaction ends. */
  async lock(tx: Transaction, id: string): Promise<FnolDraft | undefined> {
    const [row] = await tx.query<FnolDraft>({
      name: 'fnol-draft-lock',
      text: `SELECT ${COLUMNS} FROM fnol_drafts WHERE id = $1 FOR UPDATE`,
      values: [id],
    });
    return row;
  }

  /** The report that is being written of a conversation. */
  async openOf(queries: Queries, conversationId: string): Promise<FnolDraft | undefined> {
    const [row] = await queries.query<FnolDraft>({
      name: 'fnol-draft-open-of',
      text: `SELECT ${COLUMNS} FROM fnol_drafts WHERE conversation_id = $1 AND state = 'open'`,
      values: [conversationId],
    });
    return row;
  }

  async saveFields(tx: Transaction, id: string, fields: ReportFields, at: Date): Promise<void> {
    await tx.query({
      name: 'fnol-draft-fields',
      text: `UPDATE fnol_drafts SET fields = $2, policy_number = $3, loss_date = $4, loss_kind = $5, line_of_business = $6, updated_at = $7, reminded_at = NULL, version = version + 1 WHERE id = $1`,
      values: [id, JSON.stringify(fields), ...keysOf(fields), at],
    });
  }

  async setState(tx: Transaction, id: string, state: ReportState, at: Date): Promise<void> {
    await tx.query({
      name: 'fnol-draft-state',
      text: 'UPDATE fnol_drafts SET state = $2, updated_at = $3, reminded_at = NULL, version = version + 1 WHERE id = $1',
      values: [id, state, at],
    });
  }

  async submit(tx: Transaction, id: string, by: string | null, at: Date): Promise<void> {
    await tx.query({
      name: 'fnol-draft-submit',
      text: `UPDATE fnol_drafts SET state = 'submitted', submitted_by = $2, submitted_at = $3, updated_at = $3, reminded_at = NULL, version = version + 1 WHERE id = $1`,
      values: [id, by, at],
    });
  }

  /** It has become this claim. */
  async bind(tx: Transaction, id: string, claimNumber: string, at: Date): Promise<void> {
    await tx.query({
      name: 'fnol-draft-bind',
      text: `UPDATE fnol_drafts SET state = 'reported', claim_number = $2, updated_at = $3, version = version + 1 WHERE id = $1`,
      values: [id, claimNumber, at],
    });
  }

  /** A person says that it is not this claim or report. */
  async setApart(tx: Transaction, id: string, references: readonly string[], at: Date): Promise<void> {
    await tx.query({
      name: 'fnol-draft-apart',
      text: 'UPDATE fnol_drafts SET apart_from = apart_from || $2::text[], updated_at = $3, reminded_at = NULL, version = version + 1 WHERE id = $1',
      values: [id, references, at],
    });
  }

  /** Claims and other reports of the same policy, within a day of the loss, of the same kind as far as it is known; those that this reader may know of. */
  async similar(queries: Queries, draft: FnolDraft, reader: ClaimReader): Promise<SimilarLoss[]> {
    if (!draft.policyNumber || !draft.lossDate) return [];
    return queries.query<SimilarLoss>({
      name: 'fnol-draft-similar',
      text: `SELECT 'claim' AS kind, number AS reference, loss_date::text AS "lossDate", facts->>'lossKind' AS "lossKind", stage FROM claims c
             WHERE policy_number = $2 AND loss_date BETWEEN $3::date - 1 AND $3::date + 1 AND coalesce(facts->>'lossKind', $4, '') = coalesce($4, facts->>'lossKind', '')
               AND NOT number = ANY ($5::text[]) AND ${claimVisibleTo('c', 6)}
             UNION ALL
             SELECT 'report', id::text, loss_date::text, loss_kind, NULL FROM fnol_drafts
             WHERE policy_number = $2 AND loss_date BETWEEN $3::date - 1 AND $3::date + 1 AND coalesce(loss_kind, $4, '') = coalesce($4, loss_kind, '')
               AND state IN ('open', 'submitted') AND id <> $1 AND NOT id::text = ANY ($5::text[])
               AND (cardinality($7::uuid[]) = 0 OR brand_id = ANY ($7::uuid[]))
             LIMIT 5`,
      values: [draft.id, draft.policyNumber, draft.lossDate, draft.lossKind, draft.apartFrom, reader.groups, reader.brandIds],
    });
  }

  /** Reports that are being written and that nobody has touched since, of which nobody was told yet; locked. */
  async lockLeft(tx: Transaction, since: Date, limit: number): Promise<FnolDraft[]> {
    return tx.query<FnolDraft>({
      name: 'fnol-drafts-left',
      text: `SELECT ${COLUMNS} FROM fnol_drafts WHERE state = 'open' AND updated_at <= $1 AND reminded_at IS NULL ORDER BY updated_at LIMIT $2 FOR UPDATE SKIP LOCKED`,
      values: [since, limit],
    });
  }

  async noteReminded(tx: Transaction, id: string, at: Date): Promise<void> {
    await tx.query({ name: 'fnol-draft-reminded', text: 'UPDATE fnol_drafts SET reminded_at = $2 WHERE id = $1', values: [id, at] });
  }
}
