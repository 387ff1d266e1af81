import { visibleTo, visibleValues, type Viewer } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import type { ComplaintItem, ComplaintPage } from '@claimline/protocol';
import { fromCursor, toCursor } from '../http/cursor';

/** A complaint's row as lists read it. */
export interface ComplaintListRow {
  readonly id: string;
  readonly number: string;
  readonly state: ComplaintItem['state'];
  readonly source: ComplaintItem['source'];
  readonly signals: string[];
  readonly contact_id: string;
  readonly contact_name: string;
  readonly conversation_id: string;
  readonly claim_number: string | null;
  readonly channel: string;
  readonly content: string;
  readonly regulator: string | null;
  readonly category: string | null;
  readonly officer_id: string | null;
  readonly officer_name: string | null;
  readonly received_at: Date;
  readonly due_at: Date | null;
  readonly due_policy: string | null;
  readonly due_breached: boolean | null;
  readonly place: Date;
}

/** The columns of {@link ComplaintListRow}, from complaints `x` in conversations `c`. */
export const COMPLAINT_ITEM = `
  x.id, x.number, x.state, x.source, x.signals, x.contact_id, k.name AS contact_name, x.conversation_id, cl.number AS claim_number, x.channel, left(x.content, 400) AS content,
  x.regulator, x.category, x.officer_id, o.name AS officer_name, x.received_at, d.deadline AS due_at, d.policy AS due_policy, d.state = 'breached' AS due_breached`;

/** Where they come from. */
export const COMPLAINT_FROM = `
  FROM complaints x JOIN conversations c ON c.id = x.conversation_id JOIN contacts k ON k.id = x.contact_id
  LEFT JOIN claims cl ON cl.id = x.claim_id LEFT JOIN accounts o ON o.id = x.officer_id
  LEFT JOIN LATERAL (SELECT deadline, policy, state FROM clocks WHERE started_by->>'complaint' = x.id::text AND started_by ? 'complaint' AND ended_at IS NULL
                     ORDER BY deadline LIMIT 1) d ON true`;

const VIEWS = {
  drafts: `x.state = 'draft'`,
  open: `x.state NOT IN ('draft', 'closed', 'withdrawn', 'dismissed')`,
  over: `x.state IN ('closed', 'withdrawn', 'dismissed')`,
} as const;

// Nearest due first; what has ended, the last one first.
const PLACE = `coalesce(d.deadline, x.received_at)`;
const OVER_PLACE = 'x.ended_at';

/** Which complaints are asked for. */
export interface ComplaintWish {
  readonly view: keyof typeof VIEWS;
  readonly state?: string;
  readonly conversation?: string;
  readonly limit: number;
  readonly before?: string;
}

/** Complaints as lists, with how many stand at each step. Somebody who is complained about is not shown that they are. */
export class ComplaintList {
  constructor(private readonly queries: Queries) {}

  async page(viewer: Viewer, wish: ComplaintWish): Promise<ComplaintPage> {
    const place = fromCursor(wish.before, 2);
    const over = wish.view === 'over';
    const [by, order, after] = over ? [OVER_PLACE, 'DESC', '<'] : [PLACE, 'ASC', '>'];
    const [rows, counts] = await Promise.all([
      this.queries.query<ComplaintListRow>({
        name: `complaints-${wish.view}-${place ? 'next' : 'first'}`,
        text: `SELECT ${COMPLAINT_ITEM}, ${by} AS place ${COMPLAINT_FROM}
               WHERE ${visibleTo('c', 1)} AND $3::uuid <> ALL (x.against) AND ${VIEWS[wish.view]} AND ($4::text IS NULL OR x.state = $4)
                 AND ($5::uuid IS NULL OR x.conversation_id = $5) ${place ? `AND (${by}, x.id) ${after} ($7::timestamptz, $8::uuid)` : ''}
               ORDER BY ${by} ${order}, x.id ${order} LIMIT $6`,
        values: [...visibleValues(viewer), viewer.id, wish.state ?? null, wish.conversation ?? null, wish.limit + 1, ...(place ?? [])],
      }),
      this.counts(viewer),
    ]);
    const last = rows[wish.limit - 1];
    const next = rows.length > wish.limit && last ? toCursor([last.place.toISOString(), last.id]) : null;
    return { items: rows.slice(0, wish.limit).map(toItem), next, counts };
  }

  private async counts(viewer: Viewer): Promise<Record<string, number>> {
    const rows = await this.queries.query<{ state: string; n: number }>({
      name: 'complaint-counts',
      text: `SELECT x.state, count(*)::int AS n FROM complaints x JOIN conversations c ON c.id = x.conversation_id
             WHERE ${visibleTo('c', 1)} AND $3::uuid <> ALL (x.against) AND x.ended_at IS NULL GROUP BY x.state`,
      values: [...visibleValues(viewer), viewer.id],
    });
    return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
  }
}

/** The row as the contract says it. */
export function toItem(row: ComplaintListRow): ComplaintItem {
  const due =
    row.due_at && row.due_policy ? { at: row.due_at.toISOString(), policy: row.due_policy, breached: row.due_breached ?? false } : null;
  return {
    id: row.id,
    number: row.number,
    state: row.state,
    source: row.source,
    signals: row.signals,
    contact: { id: row.contact_id, name: row.contact_name },
    conversationId: row.conversation_id,
    claim: row.claim_number,
    channel: row.channel,
    content: row.content,
    regulator: row.regulator,
    category: row.category,
    officer: row.officer_id ? { id: row.officer_id, name: row.officer_name ?? '' } : null,
    receivedAt: row.received_at.toISOString(),
    nextDue: due,
  };
}
