import { visibleTo, visibleValues, type Viewer } from '@claimline/conversations';
import { inParts, type Queries } from '@claimline/database';
import type { ConversationFilter } from '@claimline/protocol';
import { backInTime, foundIn, hitValues, newestSay, type Found, type FoundPlace, type Stretch } from './back-in-time.view';
import { filterSql } from './conversation-filter';
import { CONVERSATION_COLUMNS, CONVERSATION_JOINS, type ConversationListRow } from './conversation-row';
import { isWorthWalking } from './search-stretches';

/** A conversation with the moment of its newest hit; where the customer or the claim is the hit, that of its last message. */
export type FoundRow = ConversationListRow & { readonly hit_at: Date };

/** What is looked for; `query` is PostgreSQL's notation of the words. */
export interface FindWish {
  readonly query: string;
  readonly filter: ConversationFilter;
  readonly limit: number;
  readonly before: FoundPlace;
}

const WITHIN = 'c.last_message_at >= $2::timestamptz AND c.last_message_at <= $3::timestamptz';

/** So many customers, or claims, that hold the words are gathered at most; where there are more, conversations are read one by one, since they come soon enough. */
const MANY = 3_000;
/** The same where messages alone fill a page: the conversations of its few hours are read sooner than many customers. */
const SOME = 300;
/** Where even those come too seldom, because walls hide them: so many are gathered all the same. */
const MOST = 5_000;
/** So few that the conversations of all of them are gathered at once. */
const FEW_NAMED = 16;
interface Named {
  readonly contacts: readonly string[];
  readonly claims: readonly string[];
}

// Of that time, by an index that holds what is asked: a customer's conversations lie anywhere in their table. `OFFSET 0` keeps it one look per customer.
const ofTime = (ids: string, column: string): string =>
  `SELECT c.id, c.last_message_at AS at FROM unnest(${ids}::uuid[]) AS named(id)
     CROSS JOIN LATERAL (SELECT c.id, c.last_message_at FROM conversations c WHERE c.${column} = named.id AND ${WITHIN} OFFSET 0) c`;

// By customer and claim: found by those that hold the words, or read row by row (as a join PostgreSQL would read all contacts).
const NAMED_HITS = `${ofTime('$6', 'contact_id')} UNION ALL ${ofTime('$7', 'claim_id')}`;
const WALKED_HITS = `SELECT c.id, c.last_message_at AS at FROM conversations c WHERE ${WITHIN} AND ((SELECT k.words FROM contacts k WHERE k.id = c.contact_id) @@ $1::tsquery
           OR (SELECT l.words FROM claims l WHERE l.id = c.claim_id) @@ $1::tsquery) AND $6::uuid[] IS NOT NULL AND $7::uuid[] IS NOT NULL`;

const hitsBy = (walksConversations: boolean): string => `
  SELECT id, max(at)::text AS at FROM (SELECT conversation_id AS id, at FROM hits UNION ALL (${walksConversations ? WALKED_HITS : NAMED_HITS})) AS hit
  GROUP BY id HAVING (max(at), id) < ($3::timestamptz, $4::uuid) ORDER BY max(at) DESC, id DESC`;

// A conversation stands where its newest hit is: whoever has a newer one has been shown, by this search (`$8`) or by the page that ended at `$9`. Only what is
// newer than that is asked for hits, and nothing on a first page. In a stretch that begins further back (at `$7`) what hit at the very end of that page has had
// its turn. `OFFSET 0` keeps that question one per row, where PostgreSQL would rather join it with every message.
const after = (at: string): string => `${at} >= $9::timestamptz AND (${at} > $9::timestamptz OR $7::timestamptz < $9::timestamptz)`;
const IS_NEW = `c.id <> ALL ($8::uuid[])
  AND NOT coalesce(${after('c.last_message_at')} AND (k.words @@ $5::tsquery OR cl.words @@ $5::tsquery), false)
  AND ($9::timestamptz = 'infinity' OR NOT EXISTS (SELECT FROM messages m JOIN message_words w ON w.message_id = m.id
         WHERE m.conversation_id = c.id AND ${after('m.occurred_at')} AND w.words @@ $5::tsquery OFFSET 0))`;

const shown = (where: string): string => `
  SELECT ${CONVERSATION_COLUMNS}, hit.at AS hit_at FROM unnest($4::uuid[], $6::timestamptz[]) AS hit(id, at) JOIN conversations c ON c.id = hit.id ${CONVERSATION_JOINS}
  WHERE ${visibleTo('c', 2)} AND ${where} AND ${IS_NEW} ORDER BY hit.at DESC, c.id DESC`;

/** A conversation with its newest hit in a stretch; the moment as PostgreSQL writes it. */
interface Hit {
  readonly id: string;
  readonly at: string;
}

/** Turns hits into the rows of those that may be shown, the newest first. */
type Show = (hits: readonly Hit[], stretch: Stretch, seen: readonly FoundRow[]) => Promise<FoundRow[]>;

/** Conversations that hold words: in their messages, in the name or address of the customer, or in the claim. The newest hit first, over the whole history. */
export class FoundConversations {
  constructor(private readonly queries: Queries) {}

  async page(viewer: Viewer, wish: FindWish, now: Date): Promise<FoundRow[]> {
    const { query, limit, before } = wish;
    const known = await newestSay(this.queries, query);
    const most = isWorthWalking(known.met, limit) ? SOME : MANY;
    let named = await this.named(query, most + 1);
    const isSaidOfMany = named.contacts.length > most || named.claims.length > most;
    const show = this.showing(viewer, wish, now);
    const look = async (stretch: Stretch, missing: number, seen: readonly FoundRow[]): Promise<Found<FoundRow>> => {
      if (isSaidOfMany && !stretch.walksConversations) named = await this.named(query, MOST);
      const { rows, isCut } = await this.hits(query, stretch, named);
      if (isCut && stretch.how === 'few') return { rows: [], isCut };
      return { rows: await untilEnough(rows, missing, (part) => show(part, stretch, seen)), isCut };
    };
    const isSaidOfFew = named.contacts.length + named.claims.length <= FEW_NAMED;
    return backInTime(this.queries, { known, need: limit, before, isSaidOfMany, isSaidOfFew }, look);
  }

  private async hits(query: string, stretch: Stretch, named: Named): Promise<Found<Hit>> {
    const [found] = await this.queries.query<Found<Hit>>({
      name: `inbox-hits-${stretch.how}${stretch.walksConversations ? '-walk' : ''}`,
      text: foundIn(stretch.how, hitsBy(stretch.walksConversations)),
      values: [...hitValues(query, stretch), named.contacts, named.claims],
    });
    return found!;
  }

  private showing(viewer: Viewer, wish: FindWish, now: Date): Show {
    const filter = filterSql(wish.filter, { viewer, now, first: 10 });
    return (found, { to }, seen) =>
      this.queries.query<FoundRow>({
        name: `inbox-found-${filter.name}`,
        text: shown(filter.where),
        values: [
          ...[viewer.id, ...visibleValues(viewer), found.map(({ id }) => id), wish.query, found.map(({ at }) => at)],
          ...[to, seen.map(({ id }) => id), wish.before.at, ...filter.values],
        ],
      });
  }

  private async named(query: string, most: number): Promise<Named> {
    const [row] = await this.queries.query<Named>({
      name: 'search-named',
      text: `SELECT ARRAY(SELECT id FROM contacts WHERE words @@ $1::tsquery LIMIT $2) AS contacts,
               ARRAY(SELECT id FROM claims WHERE words @@ $1::tsquery LIMIT $2) AS claims`,
      values: [query, most],
    });
    return row!;
  }
}

/** So many rows one connection fetches at least: what is old lies in as many places of the disk as there are rows. */
const PART = 13;

/** Shows hits until enough may be seen, twice as many each time. */
async function untilEnough(
  found: readonly Hit[],
  missing: number,
  show: (part: readonly Hit[]) => Promise<FoundRow[]>,
): Promise<FoundRow[]> {
  const rows: FoundRow[] = [];
  for (let from = 0, size = missing; from < found.length && rows.length < missing; from += size, size *= 2) {
    const parts = await Promise.all(inParts(found.slice(from, from + size), PART).map(show));
    rows.push(...parts.flat());
  }
  return rows.slice(0, missing);
}
