import { visibleTo, visibleValues, type Viewer } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import type { ConversationFilter } from '@claimline/protocol';
import { backInTime, MESSAGE_HITS, type FoundPlace, type Stretch } from './back-in-time.view';
import { filterSql } from './conversation-filter';
import { CONVERSATION_COLUMNS, CONVERSATION_JOINS, type ConversationListRow } from './conversation-row';

/** A conversation with the moment of its newest hit; where the customer or the claim is the hit, that of its last message. */
export type FoundRow = ConversationListRow & { readonly hit_at: Date };

/** What is looked for; `query` is PostgreSQL's notation of the words. */
export interface FindWish {
  readonly query: string;
  readonly filter: ConversationFilter;
  readonly limit: number;
  readonly before: FoundPlace;
}

const WITHIN = 'c.last_message_at >= $6::timestamptz AND c.last_message_at <= $7::timestamptz';

// By customer and claim: read row by row (as a join PostgreSQL would read all contacts), or found by their words and then by their conversations of that time.
const OTHER_HITS: Record<Stretch['how'], string> = {
  walk: `SELECT c.id, c.last_message_at AS at FROM conversations c WHERE ${WITHIN} AND ((SELECT k.words FROM contacts k WHERE k.id = c.contact_id) @@ $5::tsquery
           OR (SELECT l.words FROM claims l WHERE l.id = c.claim_id) @@ $5::tsquery)`,
  index: `SELECT c.id, c.last_message_at FROM (SELECT id FROM contacts WHERE words @@ $5::tsquery LIMIT 5000) AS k JOIN conversations c ON c.contact_id = k.id AND ${WITHIN}
          UNION ALL SELECT c.id, c.last_message_at FROM (SELECT id FROM claims WHERE words @@ $5::tsquery LIMIT 5000) AS l JOIN conversations c ON c.claim_id = l.id AND ${WITHIN}`,
};

// A conversation stands where its newest hit is: whoever has a newer one than the stretch has been shown. `OFFSET 0` keeps that question one per row
// that is about to be shown, where PostgreSQL would rather join it with every message.
const IS_NEW = `NOT coalesce(c.last_message_at > $7::timestamptz AND (k.words @@ $5::tsquery OR cl.words @@ $5::tsquery), false)
  AND NOT EXISTS (SELECT FROM messages m JOIN message_words w ON w.message_id = m.id WHERE m.conversation_id = c.id AND m.occurred_at > $7::timestamptz AND w.words @@ $5::tsquery OFFSET 0)`;

const found = (how: Stretch['how'], where: string): string => `
  WITH hits AS MATERIALIZED (SELECT conversation_id AS id, at FROM (${MESSAGE_HITS[how]}) AS said UNION ALL (${OTHER_HITS[how]})),
  newest AS MATERIALIZED (SELECT id, max(at) AS at FROM hits GROUP BY id),
  shown AS MATERIALIZED (
    SELECT n.id, n.at FROM (SELECT id, at FROM newest WHERE (at, id) < ($7::timestamptz, $8::uuid) ORDER BY at DESC, id DESC) AS n
      JOIN conversations c ON c.id = n.id JOIN contacts k ON k.id = c.contact_id LEFT JOIN claims cl ON cl.id = c.claim_id
    WHERE ${visibleTo('c', 2)} AND ${where} AND ${IS_NEW} ORDER BY n.at DESC, n.id DESC LIMIT $4)
  SELECT ${CONVERSATION_COLUMNS}, shown.at AS hit_at FROM shown JOIN conversations c ON c.id = shown.id ${CONVERSATION_JOINS} ORDER BY shown.at DESC, c.id DESC`;

/** Conversations that hold words: in their messages, in the name or address of the customer, or in the claim. The newest hit first, over the whole history. */
export class FoundConversations {
  constructor(private readonly queries: Queries) {}

  page(viewer: Viewer, wish: FindWish, now: Date): Promise<FoundRow[]> {
    const { query, limit, before } = wish;
    const filter = filterSql(wish.filter, { viewer, now, first: 10 });
    const look = ({ how, from, to, toId, query: asked }: Stretch, missing: number): Promise<FoundRow[]> =>
      this.queries.query<FoundRow>({
        name: `inbox-found-${how}-${filter.name}`,
        text: found(how, filter.where),
        values: [viewer.id, ...visibleValues(viewer), missing, query, from, to, toId, asked, ...filter.values],
      });
    return backInTime(this.queries, { query, need: limit, before }, look);
  }
}
