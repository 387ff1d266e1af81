import { visibleTo, visibleValues, type Viewer } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import { searchQuery, spokenLanguage } from '@claimline/messages';
import type { ConversationFilter, ConversationItem, ConversationPage, View } from '@claimline/protocol';
import { fromCursor, toCursor } from '../http/cursor';
import { filterSql } from './conversation-filter';

interface Row {
  readonly id: string;
  /** `privileged`: with our own counsel. */
  readonly kind: string;
  readonly language: string;
  readonly contact_id: string;
  readonly contact_name: string;
  readonly contact_kind: ConversationItem['contact']['kind'] | 'shared';
  readonly channel: string;
  readonly claim_number: string | null;
  readonly stage: string | null;
  readonly line: string | null;
  readonly assignee_id: string | null;
  readonly assignee_name: string | null;
  readonly team_id: string | null;
  readonly team_name: string | null;
  readonly status: ConversationItem['status'];
  readonly snoozed_until: Date | null;
  readonly subject: string | null;
  readonly preview: string;
  readonly preview_direction: ConversationItem['previewDirection'];
  readonly last_message_at: Date;
  readonly resolved_at: Date | null;
  readonly unread: number;
  readonly next_due_at: Date | null;
  readonly next_due_kind: string | null;
  readonly labels: string[];
  readonly awaiting_reply: boolean;
  readonly message_count: number;
  /** 0: somebody is hurt and waits. */
  readonly urgency: number;
  /** The customer refuses the channel of this conversation; null: never said anything about it. */
  readonly opted_out: boolean | null;
}

const COLUMNS = `
  c.id, c.kind, coalesce(c.language, k.language, (SELECT default_language FROM brands WHERE id = c.brand_id)) AS language, c.contact_id, k.name AS contact_name, k.kind AS contact_kind, c.channel, c.claim_number, cl.stage, cl.line_of_business AS line, c.assignee_id, a.name AS assignee_name,
  c.team_id, t.name AS team_name, c.status, c.snoozed_until, c.subject, c.preview, c.preview_direction, c.last_message_at, c.resolved_at,
  greatest(c.inbound_count - coalesce(r.inbound_seen, 0), 0) AS unread, c.next_due_at, c.next_due_kind, c.labels, c.awaiting_reply, c.message_count, c.urgency,
  (SELECT s.state = 'opted-out' FROM consents s WHERE s.address_id = c.address_id AND s.channel = c.channel AND s.purpose = 'service' ORDER BY s.at DESC, s.id DESC LIMIT 1) AS opted_out`;
const JOINS = `
  JOIN contacts k ON k.id = c.contact_id LEFT JOIN claims cl ON cl.id = c.claim_id LEFT JOIN accounts a ON a.id = c.assignee_id LEFT JOIN teams t ON t.id = c.team_id
  LEFT JOIN conversation_reads r ON r.conversation_id = c.id AND r.account_id = $1`;

/** How a view is filtered and in what order it stands. Due lists: the injured first, then the nearest deadline, then who waits longest. */
interface Shape {
  readonly where: string;
  readonly order: 'due' | 'latest' | 'waking' | 'closed';
}

/** The views' own conditions; $1 is the viewer. */
export const SHAPES: Readonly<Record<View, Shape>> = {
  todo: { where: `c.status = 'open' AND c.assignee_id = $1 AND (c.awaiting_reply OR c.next_due_at IS NOT NULL)`, order: 'due' },
  mine: { where: `c.status = 'open' AND c.assignee_id = $1`, order: 'due' },
  unassigned: { where: `c.status = 'open' AND c.assignee_id IS NULL AND NOT c.to_file`, order: 'due' },
  'to-file': { where: `c.status = 'open' AND c.to_file`, order: 'latest' },
  snoozed: { where: `c.status = 'snoozed'`, order: 'waking' },
  resolved: { where: `c.status = 'resolved'`, order: 'closed' },
  // Whoever has heard nothing of an open claim for too long, closed conversations too.
  quiet: { where: `'gone-quiet' = ANY (c.labels)`, order: 'due' },
  all: { where: 'true', order: 'latest' },
};

interface Order {
  readonly by: string;
  /** What stands behind the place in $5…$8. */
  readonly after: string;
  readonly place: (row: Row) => (string | number | null)[];
}

const ORDERS: Record<Shape['order'], Order> = {
  due: {
    by: 'c.urgency, c.next_due_at ASC NULLS LAST, c.last_message_at, c.id',
    after: `(c.urgency > $8::int OR c.urgency = $8 AND CASE WHEN $5::timestamptz IS NULL THEN c.next_due_at IS NULL AND (c.last_message_at, c.id) > ($6, $7::uuid)
            ELSE c.next_due_at IS NULL OR (c.next_due_at, c.last_message_at, c.id) > ($5, $6, $7::uuid) END)`,
    place: (row) => [row.next_due_at?.toISOString() ?? null, row.last_message_at.toISOString(), row.id, row.urgency],
  },
  latest: latestFirst('c.last_message_at', (row) => row.last_message_at),
  closed: latestFirst('c.resolved_at', (row) => row.resolved_at!),
  waking: {
    by: 'c.snoozed_until, c.id',
    after: '(c.snoozed_until, c.id) > ($5::timestamptz, $7::uuid) AND $6::text IS NULL AND $8::int IS NULL',
    place: (row) => [row.snoozed_until!.toISOString(), null, row.id, null],
  },
};
const PLACE_LENGTH = 4;

function latestFirst(column: string, at: (row: Row) => Date): Order {
  return {
    by: `${column} DESC, c.id DESC`,
    after: `(${column}, c.id) < ($5::timestamptz, $7::uuid) AND $6::text IS NULL AND $8::int IS NULL`,
    place: (row) => [at(row).toISOString(), null, row.id, null],
  };
}

// Who asks for a deadline wants the nearest first, whatever the view.
const orderOf = (view: View, filter: ConversationFilter): Order => ORDERS[filter.due ? 'due' : SHAPES[view].order];

type PageWish = ConversationFilter & { readonly view: View; readonly limit: number; readonly before?: string };

/** The inbox: lists of conversations as one person may see them. */
export class ConversationList {
  constructor(private readonly queries: Queries) {}

  async page(viewer: Viewer, wish: PageWish, now: Date): Promise<ConversationPage> {
    const { view, limit, before } = wish;
    const order = orderOf(view, wish);
    const place = fromCursor(before, PLACE_LENGTH);
    const filter = filterSql(wish, { viewer, now, first: 5 + (place?.length ?? 0) });
    const rows = await this.queries.query<Row>({
      name: `inbox-${view}-${place ? 'next' : 'first'}-${filter.name}`,
      text: `SELECT ${COLUMNS} FROM conversations c ${JOINS} WHERE ${SHAPES[view].where} AND ${visibleTo('c', 2)} ${place ? `AND ${order.after}` : ''} AND ${filter.where} ORDER BY ${order.by} LIMIT $4`,
      values: [viewer.id, ...visibleValues(viewer), limit + 1, ...(place ?? []), ...filter.values],
    });
    return pageOf(rows, { limit, order, now });
  }

  /** Conversations that hold the words: in their messages, in the name or address of the customer, or in the claim. Latest first. */
  async search(
    viewer: Viewer,
    wish: ConversationFilter & { readonly q: string; readonly limit: number; readonly before?: string },
    now: Date,
  ): Promise<ConversationPage> {
    const { q, limit, before } = wish;
    const query = searchQuery(q);
    if (!query) return { items: [], next: null };
    const place = fromCursor(before, PLACE_LENGTH);
    const first = 5 + (place?.length ?? 0);
    const filter = filterSql(wish, { viewer, now, first: first + 1 });
    const rows = await this.queries.query<Row>({
      name: `inbox-search-${place ? 'next' : 'first'}-${filter.name}`,
      text: `WITH hits AS MATERIALIZED (${HITS.replaceAll('$q', `$${first}`)})
             SELECT ${COLUMNS} FROM hits JOIN conversations c ON c.id = hits.id ${JOINS} WHERE ${visibleTo('c', 2)} ${place ? `AND ${ORDERS.latest.after}` : ''} AND ${filter.where} ORDER BY ${ORDERS.latest.by} LIMIT $4`,
      values: [viewer.id, ...visibleValues(viewer), limit + 1, ...(place ?? []), query, ...filter.values],
    });
    return pageOf(rows, { limit, order: ORDERS.latest, now });
  }

  /** Single rows by id, in no order; those that may not be seen are missing. */
  async byIds(viewer: Viewer, ids: readonly string[], now: Date): Promise<ConversationItem[]> {
    const rows = await this.queries.query<Row>({
      name: 'inbox-by-ids',
      text: `SELECT ${COLUMNS} FROM conversations c ${JOINS} WHERE c.id = ANY ($4::uuid[]) AND ${visibleTo('c', 2)}`,
      values: [viewer.id, ...visibleValues(viewer), ids],
    });
    return rows.map((row) => toItem(row, now));
  }

  /** How many stand in each view; counted no further than a thousand, which is shown as "999+". */
  async counts(viewer: Viewer): Promise<Record<View, number>> {
    const parts = Object.entries(SHAPES).map(
      ([view, { where }]) =>
        `(SELECT count(*)::int FROM (SELECT 1 FROM conversations c WHERE ${where} AND ${visibleTo('c', 2)} LIMIT 1000) AS counted) AS "${view}"`,
    );
    const [row] = await this.queries.query<Record<View, number>>({
      name: 'inbox-counts',
      text: `SELECT ${parts.join(', ')}`.replace('c.assignee_id = $1', 'c.assignee_id = $1::uuid'),
      values: [viewer.id, ...visibleValues(viewer)],
    });
    return row!;
  }
}

/** Ids of conversations that hold the words of `$q`. */
export const HITS = `
  (SELECT conversation_id AS id FROM message_words WHERE words @@ $q::tsquery LIMIT 5000)
  UNION (SELECT c.id FROM contacts k JOIN conversations c ON c.contact_id = k.id WHERE k.words @@ $q::tsquery LIMIT 2000)
  UNION (SELECT c.id FROM claims l JOIN conversations c ON c.claim_id = l.id WHERE l.words @@ $q::tsquery LIMIT 2000)`;

function pageOf(rows: readonly Row[], { limit, order, now }: { limit: number; order: Order; now: Date }): ConversationPage {
  const items = rows.slice(0, limit);
  return { items: items.map((row) => toItem(row, now)), next: rows.length > limit ? toCursor(order.place(items.at(-1)!)) : null };
}

function toItem(row: Row, now: Date): ConversationItem {
  return {
    id: row.id,
    contact: { id: row.contact_id, name: row.contact_name, kind: row.contact_kind === 'shared' ? 'person' : row.contact_kind },
    channel: row.channel,
    claim: row.claim_number ? { number: row.claim_number, stage: row.stage ?? '', line: row.line ?? '' } : null,
    assignee: row.assignee_id ? { id: row.assignee_id, name: row.assignee_name ?? '' } : null,
    team: row.team_id ? { id: row.team_id, name: row.team_name ?? '' } : null,
    status: row.status,
    snoozedUntil: row.snoozed_until?.toISOString() ?? null,
    subject: row.subject,
    preview: row.preview,
    previewDirection: row.preview_direction,
    lastMessageAt: row.last_message_at.toISOString(),
    unread: row.unread,
    nextDue: row.next_due_at
      ? { at: row.next_due_at.toISOString(), kind: row.next_due_kind ?? 'due', breached: row.next_due_at <= now }
      : null,
    labels: [
      ...(row.kind === 'privileged' ? ['privileged'] : []),
      ...row.labels,
      ...(row.contact_kind === 'shared' ? ['who-is-writing'] : []),
      ...(row.opted_out ? ['opted-out'] : []),
    ],
    language: spokenLanguage(row.language),
    awaitingReply: row.awaiting_reply,
    position: row.message_count,
  };
}
