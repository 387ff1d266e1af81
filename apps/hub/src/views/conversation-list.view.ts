import { visibleTo, visibleValues, type Viewer } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import { searchQuery } from '@claimline/messages';
import type { ConversationFilter, ConversationItem, ConversationPage, View } from '@claimline/protocol';
import { fromCursor, lengthFor, toCursor } from '../http/cursor';
import { NOW_AND_LATER } from './back-in-time.view';
import { filterSql } from './conversation-filter';
import { CONVERSATION_COLUMNS, CONVERSATION_JOINS, toConversationItem, type ConversationListRow } from './conversation-row';
import { FoundConversations } from './found-conversations.view';

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
  /** What stands behind the place in $4…$7. */
  readonly after: string;
  readonly place: (row: ConversationListRow) => (string | number | null)[];
}

/** Nearest deadline first, none last, as one comparison of rows: the lists' indexes have the same columns (migration 0019). */
export const DUE_ORDER = `c.urgency, coalesce(c.next_due_at, 'infinity'), c.last_message_at, c.id`;

const ORDERS: Record<Shape['order'], Order> = {
  due: {
    by: DUE_ORDER,
    after: `(${DUE_ORDER}) > ($7::int, coalesce($4::timestamptz, 'infinity'), $5::timestamptz, $6::uuid)`,
    place: (row) => [row.next_due_at?.toISOString() ?? null, row.last_message_at.toISOString(), row.id, row.urgency],
  },
  latest: latestFirst('c.last_message_at', (row) => row.last_message_at),
  closed: latestFirst('c.resolved_at', (row) => row.resolved_at!),
  waking: {
    by: 'c.snoozed_until, c.id',
    after: '(c.snoozed_until, c.id) > ($4::timestamptz, $6::uuid) AND $5::text IS NULL AND $7::int IS NULL',
    place: (row) => [row.snoozed_until!.toISOString(), null, row.id, null],
  },
};
const PLACE_LENGTH = 4;

function latestFirst(column: string, at: (row: ConversationListRow) => Date): Order {
  return {
    by: `${column} DESC, c.id DESC`,
    after: `(${column}, c.id) < ($4::timestamptz, $6::uuid) AND $5::text IS NULL AND $7::int IS NULL`,
    place: (row) => [at(row).toISOString(), null, row.id, null],
  };
}

// Who asks for a deadline wants the nearest first, whatever the view.
const orderOf = (view: View, filter: ConversationFilter): Order => ORDERS[filter.due ? 'due' : SHAPES[view].order];

type PageWish = ConversationFilter & { readonly view: View; readonly limit: number; readonly before?: string };

/** The inbox: lists of conversations as one person may see them. */
export class ConversationList {
  private readonly found: FoundConversations;

  constructor(private readonly queries: Queries) {
    this.found = new FoundConversations(queries);
  }

  async page(viewer: Viewer, wish: PageWish, now: Date): Promise<ConversationPage> {
    const { view, limit, before } = wish;
    const order = orderOf(view, wish);
    const place = fromCursor(before, PLACE_LENGTH);
    const filter = filterSql(wish, { viewer, now, first: 4 + (place?.length ?? 0) });
    const which = `${SHAPES[view].where} AND ${visibleTo('c', 2)} ${place ? `AND ${order.after}` : ''} AND ${filter.where}`;
    // The page first, by itself, and only then what stands beside it: PostgreSQL guesses so little of what lies behind a place that it would
    // as well gather all of it with everything joined, and sort that.
    const length = lengthFor(limit);
    const rows = await this.queries.query<ConversationListRow>({
      name: `inbox-${view}-${place ? 'next' : 'first'}-${length}-${filter.name}`,
      text: `SELECT ${CONVERSATION_COLUMNS} FROM (SELECT c.* FROM conversations c ${filter.joins} WHERE ${which} ORDER BY ${order.by} LIMIT ${length + 1}) AS c
             ${CONVERSATION_JOINS} ORDER BY ${order.by}`,
      values: [viewer.id, ...visibleValues(viewer), ...(place ?? []), ...filter.values],
    });
    return pageOf(rows, { limit, order, now });
  }

  /** Conversations that hold the words: in their messages, in the name or address of the customer, or in the claim. The newest hit first. */
  async search(
    viewer: Viewer,
    wish: ConversationFilter & { readonly q: string; readonly limit: number; readonly before?: string },
    now: Date,
  ): Promise<ConversationPage> {
    const { q, limit, before } = wish;
    const query = searchQuery(q);
    if (!query) return { items: [], next: null };
    const place = fromCursor(before, PLACE_LENGTH);
    const from = place ? { at: String(place[0]), id: String(place[2]) } : NOW_AND_LATER;
    const rows = await this.found.page(viewer, { query, filter: wish, limit: limit + 1, before: from }, now);
    const items = rows.slice(0, limit);
    const last = rows.length > limit ? items.at(-1)! : undefined;
    return {
      items: items.map((row) => toConversationItem(row, now)),
      next: last ? toCursor([last.hit_at.toISOString(), null, last.id, null]) : null,
    };
  }

  /** Single rows by id, in no order; those that may not be seen are missing. */
  async byIds(viewer: Viewer, ids: readonly string[], now: Date): Promise<ConversationItem[]> {
    const rows = await this.queries.query<ConversationListRow>({
      name: 'inbox-by-ids',
      text: `SELECT ${CONVERSATION_COLUMNS} FROM conversations c ${CONVERSATION_JOINS} WHERE c.id = ANY ($4::uuid[]) AND ${visibleTo('c', 2)}`,
      values: [viewer.id, ...visibleValues(viewer), ids],
    });
    return rows.map((row) => toConversationItem(row, now));
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

function pageOf(rows: readonly ConversationListRow[], { limit, order, now }: { limit: number; order: Order; now: Date }): ConversationPage {
  const items = rows.slice(0, limit);
  return {
    items: items.map((row) => toConversationItem(row, now)),
    next: rows.length > limit ? toCursor(order.place(items.at(-1)!)) : null,
  };
}
