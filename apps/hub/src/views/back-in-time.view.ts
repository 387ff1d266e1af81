import { withinWeeks } from '@claimline/conversations';
import type { Queries } from '@claimline/database';

/** So many of the newest messages, and of the newest conversations, are read one by one: some ten milliseconds, however large the tables are. */
const WALK = 3_000;
/** One walk follows another while so many of them would do. */
const WALKS = 4;
const WEEK_MS = 7 * 24 * 3_600_000;
/** How far back each next look goes, in weeks, once the walk has found something but not enough. */
const STRIDES = [4, 16, 64] as const;
const ALWAYS = '-infinity';
const BEFORE_ALL_IDS = '00000000-0000-0000-0000-000000000000';

/** A place in what was found, newest first: a moment (ISO, or `infinity`) and an id. */
export interface FoundPlace {
  readonly at: string;
  readonly id: string;
}

/** A stretch of time to look through, from its end backwards. Both moments belong to it; of what stands at `to`, only ids below `toId`. */
export interface Stretch {
  /** `walk`: by reading every row; `index`: by the index of words. */
  readonly how: 'walk' | 'index';
  readonly from: string;
  readonly to: string;
  readonly toId: string;
  /** For the index: the words, within the weeks of the stretch. */
  readonly query: string;
}

export const NOW_AND_LATER: FoundPlace = { at: 'infinity', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

/** Messages that hold the words in a stretch; `$5` the words, `$6` and `$7` the stretch, `$9` what the index is asked. */
export const MESSAGE_HITS = {
  walk: `SELECT message_id, conversation_id, at FROM (SELECT message_id, conversation_id, at, words FROM message_words
           WHERE at >= $6::timestamptz AND at <= $7::timestamptz ORDER BY at DESC LIMIT ${2 * WALK}) AS newest WHERE words @@ $5::tsquery AND $9::text IS NOT NULL`,
  // The limit keeps the time out of the index scan, and a reader whom walls leave little of very much from waiting for all of it.
  index: `SELECT message_id, conversation_id, at FROM (SELECT message_id, conversation_id, at, words FROM message_words WHERE words @@ $9::tsquery LIMIT 20000) AS found
          WHERE at >= $6::timestamptz AND at <= $7::timestamptz AND words @@ $5::tsquery`,
} as const;

/**
 * Looks for words from the newest back in time until enough is found. A frequent word is met within the newest messages, where reading is cheaper than
 * gathering all its places; a rare one has so few places that the index gives them all; what lies between is gathered by weeks.
 */
export async function backInTime<Row>(
  queries: Queries,
  { query, need, before }: { readonly query: string; readonly need: number; readonly before: FoundPlace },
  look: (stretch: Stretch, missing: number) => Promise<Row[]>,
): Promise<Row[]> {
  const rows: Row[] = [];
  let place = before;
  for (let found = need; found * WALKS >= need;) {
    const floor = await walkedTo(queries, place.at);
    const met = await look({ how: 'walk', from: floor?.toISOString() ?? ALWAYS, to: place.at, toId: place.id, query }, need - rows.length);
    rows.push(...met);
    if (!floor || rows.length >= need) return rows;
    place = { at: floor.toISOString(), id: BEFORE_ALL_IDS };
    found = met.length;
  }
  const asked = await withoutFrequent(queries, query, before.at);
  for (const stretch of stretches(new Date(place.at), asked, rows.length > 0)) {
    rows.push(...(await look({ ...stretch, to: place.at, toId: place.id }, need - rows.length)));
    if (rows.length >= need) break;
    place = { at: stretch.from, id: BEFORE_ALL_IDS };
  }
  return rows;
}

function* stretches(floor: Date, query: string, hasFound: boolean): Generator<Pick<Stretch, 'how' | 'from' | 'query'>> {
  let until = floor;
  for (const weeks of hasFound ? STRIDES : []) {
    const from = new Date(until.getTime() - weeks * WEEK_MS);
    yield { how: 'index', from: from.toISOString(), query: withinWeeks(query, from, until) };
    until = from;
  }
  yield { how: 'index', from: ALWAYS, query };
}

// The later of both, so that neither table is read further than the walk goes; nothing where both end before.
async function walkedTo(queries: Queries, before: string): Promise<Date | null> {
  const [row] = await queries.query<{ at: Date | null }>({
    name: 'search-floor',
    text: `SELECT greatest((SELECT at FROM message_words WHERE at <= $1::timestamptz ORDER BY at DESC OFFSET ${WALK} LIMIT 1),
             (SELECT last_message_at FROM conversations WHERE last_message_at <= $1::timestamptz ORDER BY last_message_at DESC, id DESC OFFSET ${WALK} LIMIT 1)) AS at`,
    values: [before],
  });
  return row?.at ?? null;
}

// A word that every fiftieth message holds narrows little, and its places are very many: the index is asked for the others, and the rows for all.
const FREQUENT = WALK / 50;
async function withoutFrequent(queries: Queries, query: string, before: string): Promise<string> {
  const terms = query.split(' & ');
  if (terms.length === 1) return query;
  const rows = await queries.query<{ count: number }>({
    name: 'search-frequent',
    text: `WITH newest AS MATERIALIZED (SELECT words FROM message_words WHERE at <= $1::timestamptz ORDER BY at DESC LIMIT ${WALK})
           SELECT (SELECT count(*)::int FROM newest WHERE words @@ term::tsquery) AS count FROM unnest($2::text[]) WITH ORDINALITY AS t(term, n) ORDER BY n`,
    values: [before, terms],
  });
  const rare = terms.filter((_, n) => (rows[n]?.count ?? 0) < FREQUENT);
  return rare.length > 0 ? rare.join(' & ') : query;
}
