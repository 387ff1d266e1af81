import { claimVisibleTo, flagsOf, isUrgent, lossKindsOf, missingFields, type FnolDraft, type SimilarLoss } from '@claimline/claims';
import { visibleTo, visibleValues, type Viewer } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import type { Report, ReportItem, ReportPage } from '@claimline/protocol';
import { fromCursor, toCursor } from '../http/cursor';

type Row = FnolDraft & { readonly contactName: string | null };
type Heard = Report['heard'][number];

const SELECT = `SELECT d.id, d.brand_id AS "brandId", d.conversation_id AS "conversationId", d.contact_id AS "contactId", d.channel, d.state, d.fields, d.policy_number AS "policyNumber",
  d.loss_date::text AS "lossDate", d.loss_kind AS "lossKind", d.line_of_business AS "lineOfBusiness", d.apart_from AS "apartFrom", d.version, d.loss_stated_at AS "lossStatedAt",
  d.created_by AS "createdBy", d.created_at AS "createdAt", d.updated_at AS "updatedAt", d.reminded_at AS "remindedAt", d.submitted_by AS "submittedBy",
  d.submitted_at AS "submittedAt", d.claim_number AS "claimNumber", k.name AS "contactName"
  FROM fnol_drafts d LEFT JOIN conversations c ON c.id = d.conversation_id LEFT JOIN contacts k ON k.id = d.contact_id LEFT JOIN claims cl ON cl.number = d.claim_number`;
// A report of a conversation is seen by whoever sees that; one of its own by whoever works for its brand. What has become a closed claim is as closed.
const VISIBLE = `(CASE WHEN c.id IS NULL THEN cardinality($3::uuid[]) = 0 OR d.brand_id = ANY ($3::uuid[]) ELSE ${visibleTo('c', 2)} END) AND (cl.id IS NULL OR ${claimVisibleTo('cl', 2)})`;
const MOST_FILES = 50;

/** Reports as people see them: the list to go on from, and one with everything beside its form. */
export class ReportView {
  constructor(private readonly queries: Queries) {}

  /** The report as it lies there, if this person may see it. */
  async row(viewer: Viewer, id: string): Promise<Row | undefined> {
    const [row] = await this.queries.query<Row>({
      name: 'report-visible',
      text: `${SELECT} WHERE d.id = $1 AND ${VISIBLE}`,
      values: [id, ...visibleValues(viewer)],
    });
    return row;
  }

  async page(viewer: Viewer, query: { state: string; conversation?: string; limit: number; before?: string }): Promise<ReportPage> {
    const place = fromCursor(query.before, 2);
    const rows = await this.queries.query<Row & { updatedText: string }>({
      name: 'reports-page',
      text: `${SELECT.replace('SELECT', 'SELECT d.updated_at::text AS "updatedText",')} WHERE d.state = $1 AND ${VISIBLE}
             AND ($4::uuid IS NULL OR d.conversation_id = $4) AND ($5::timestamptz IS NULL OR (d.updated_at, d.id) < ($5, $6::uuid))
             ORDER BY d.updated_at DESC, d.id DESC LIMIT $7`,
      values: [query.state, ...visibleValues(viewer), query.conversation ?? null, place?.[0] ?? null, place?.[1] ?? null, query.limit + 1],
    });
    const shown = rows.slice(0, query.limit);
    const last = shown.at(-1);
    return { items: shown.map(itemOf), next: rows.length > shown.length && last ? toCursor([last.updatedText, last.id]) : null };
  }

  async show(row: Row, similar: readonly SimilarLoss[]): Promise<Report> {
    const lacks = missingFields(row.fields);
    return {
      ...itemOf(row),
      fields: { ...row.fields, evidence: row.fields.evidence && [...row.fields.evidence] } as Report['fields'],
      lacks: { required: [...lacks.required], wanted: [...lacks.wanted] },
      flags: flagsOf(row.fields),
      similar: [...similar],
      lossKinds: [...lossKindsOf(row.fields.lineOfBusiness)],
      heard: row.conversationId ? await this.heard(row.conversationId) : [],
      lossStatedAt: row.lossStatedAt.toISOString(),
      version: row.version,
      submittedAt: row.submittedAt?.toISOString() ?? null,
      createdAt: row.createdAt.toISOString(),
    };
  }

  private async heard(conversationId: string): Promise<Heard[]> {
    const rows = await this.queries.query<Omit<Heard, 'at' | 'contentType'> & { contentType: string; at: Date }>({
      name: 'report-heard',
      text: `SELECT a.id, a.name, coalesce(f.content_type, a.content_type) AS "contentType", a.state, a.duration, a.transcript, m.occurred_at AS at
             FROM messages m JOIN attachments a ON a.message_id = m.id LEFT JOIN files f ON f.id = a.file_id
             WHERE m.conversation_id = $1 AND m.direction = 'inbound' ORDER BY m.occurred_at DESC, a.place, a.id LIMIT ${MOST_FILES}`,
      values: [conversationId],
    });
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  }
}

function itemOf(row: Row): ReportItem {
  return {
    id: row.id,
    state: row.state,
    channel: row.channel,
    conversationId: row.conversationId,
    contact: row.contactId && row.contactName ? { id: row.contactId, name: row.contactName } : null,
    who: row.fields.reporterName ?? row.contactName ?? '',
    line: row.lineOfBusiness,
    lossKind: row.lossKind,
    lossDate: row.lossDate,
    urgent: isUrgent(row.fields),
    missing: missingFields(row.fields).required.length,
    claim: row.claimNumber,
    updatedAt: row.updatedAt.toISOString(),
  };
}
