import type { Queries } from '@claimline/database';
import { FEW, firstLength, isHardlySaid, isWorthWalking, nextLength, shorterLength, WALK, type NewestSay } from './search-stretches';

const ALWAYS = '-infinity';
const BEFORE_ALL_IDS = '00000000-0000-0000-0000-000000000000';

/** A place in what was found, newest first: a moment (ISO, or `infinity`) and an id. */
export interface FoundPlace {
  readonly at: string;
  readonly id: string;
}

/** A stretch of time to look through, from its end backwards. Both moments belong to it; of what stands at `to`, only ids below `toId`. */
export interface Stretch {
  /** Messages: `walk` by reading every row, `index` by the indexes of words and of time, `rest` by that of words alone; `few` as `rest`, given up where they are more. */
  readonly how: 'walk' | 'index' | 'rest' | 'few';
  /** Whether customers and claims are found by reading every conversation of the stretch, too. */
  readonly walksConversations: boolean;
  readonly from: string;
  readonly to: string;
  readonly toId: string;
  /** What the index of words is asked. */
  readonly asked: string;
}

/**
 * What is looked for. `isSaidOfMany`: so many customers or claims hold the words that their conversations are met sooner by reading the newest ones;
 * `isSaidOfFew`: so few that all of these may be gathered.
 */
export interface Wish {
  readonly known: Known;
  readonly need: number;
  readonly before: FoundPlace;
  readonly isSaidOfMany?: boolean;
  readonly isSaidOfFew: boolean;
}

export const NOW_AND_LATER: FoundPlace = { at: 'infinity', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

const HIT = 'message_id, conversation_id, at';
const IN_STRETCH = `at >= $2::timestamptz AND at <= $3::timestamptz`;
// The moment as the index of time has it (migration 0022): a form that no other index knows, so that PostgreSQL can only lay its pages over those of the words.
const IN_PAGES = `(at AT TIME ZONE 'UTC') >= ($2::timestamptz AT TIME ZONE 'UTC') AND (at AT TIME ZONE 'UTC') <= ($3::timestamptz AT TIME ZONE 'UTC')`;
/** So many places of words are gathered of a stretch at most; of more they are not the newest, but those that were written first. */
const MOST_PLACES = 20_000;
const HOLDS = `words @@ $1::tsquery AND ${IN_STRETCH} AS holds`;
const mostOf = (how: Stretch['how']): number => (how === 'few' ? FEW : MOST_PLACES);
// The limit keeps the time out of the index scan, and a stretch that holds too much from being read to its end.
const byIndex = (where: string): string => `SELECT ${HIT}, ${HOLDS} FROM message_words WHERE ${where} LIMIT ${MOST_PLACES}`;

const FOUND: Record<Stretch['how'], string> = {
  walk: `SELECT ${HIT}, ${HOLDS} FROM message_words WHERE ${IN_STRETCH} AND $5::text IS NOT NULL ORDER BY at DESC LIMIT ${2 * WALK}`,
  index: byIndex(`words @@ $5::tsquery AND ${IN_PAGES}`),
  rest: byIndex('words @@ $5::tsquery'),
  // Planned as if all of it were read: for so few rows PostgreSQL would read the table until it meets them.
  few: `WITH places AS MATERIALIZED (SELECT ${HIT}, words FROM message_words WHERE words @@ $5::tsquery) SELECT ${HIT}, ${HOLDS} FROM places LIMIT ${FEW}`,
};

/** What a stretch gave. `isCut`: it holds so much that the newest may be missing. */
export interface Found<Row> {
  readonly rows: readonly Row[];
  readonly isCut: boolean;
}

/** One row, {@link Found}, of what a statement makes of `hits`: the messages that hold the words in a stretch, by {@link hitValues}. Moments arrive as text. */
export const foundIn = (how: Stretch['how'], rows: string): string => `
  WITH found AS MATERIALIZED (${FOUND[how]}), hits AS MATERIALIZED (SELECT ${HIT} FROM found WHERE holds)
  SELECT coalesce((SELECT json_agg(r) FROM (${rows}) AS r), '[]') AS rows, (SELECT count(*) FROM found) >= ${mostOf(how)} AS "isCut"`;

/** `$1` the words, `$2` and `$3` the stretch, `$4` the id below which it begins at its end, `$5` what the index is asked. */
export const hitValues = (query: string, { from, to, toId, asked }: Stretch): string[] => [query, from, to, toId, asked];

/**
 * Looks for words from the newest back in time until enough is found. A frequent word is met within the newest messages, where reading is cheaper than
 * gathering all its places; one that hardly anybody says is found wherever it stands; of others the index is asked for stretches that hold about as many hits
 * as are still missing.
 */
export async function backInTime<Row>(queries: Queries, wish: Wish, look: Look<Row>): Promise<Row[]> {
  const search = new Search(wish, look);
  await walkBack(queries, search, wish);
  if (search.isOver) return search.rows;
  let length = firstLength(wish.known, search.missing);
  if (mayBeFew(wish) && search.needsMoreThan(length)) await search.findFew();
  while (!search.isOver) length = await search.back(length);
  return search.rows;
}

const mayBeFew = ({ known, isSaidOfFew }: Wish): boolean => isSaidOfFew && isHardlySaid(known.met, known.asked);

/** Looks through a stretch for as many as are missing; `found` is what the newer stretches gave. Rows of `few` that are more are not looked at. */
type Look<Row> = (stretch: Stretch, missing: number, found: readonly Row[]) => Promise<Found<Row>>;

async function walkBack<Row>(queries: Queries, search: Search<Row>, { known, need, isSaidOfMany: ofMany = false }: Wish): Promise<void> {
  const isFrequent = isWorthWalking(known.met, need);
  for (let found = need; (isFrequent || ofMany) && isWorthWalking(found, need) && !search.isOver;) {
    const floor = await walkedTo(queries, search.place.at, { messages: isFrequent, conversations: ofMany });
    found = await search.through({ how: isFrequent ? 'walk' : 'index', walksConversations: ofMany, from: floor?.toISOString() ?? ALWAYS });
  }
}

type Piece = Pick<Stretch, 'how' | 'walksConversations' | 'from'>;

/** A page looks again so many times because of too much. Only whom walls leave next to nothing of very much comes there, and does not wait for all of it. */
const PATIENCE = 16;

/** How far a search has come, and what it has found. */
class Search<Row> {
  readonly rows: Row[] = [];
  place: FoundPlace;
  private cuts = 0;

  constructor(
    private readonly wish: Wish,
    private readonly look: Look<Row>,
  ) {
    this.place = wish.before;
  }

  get missing(): number {
    return this.wish.need - this.rows.length;
  }

  get isOver(): boolean {
    return this.missing <= 0 || this.place.at === ALWAYS;
  }

  private get end(): number {
    const { newest } = this.wish.known;
    return this.place.at === NOW_AND_LATER.at ? newest : Math.min(newest, Date.parse(this.place.at));
  }

  /** Whether a stretch of so many milliseconds leaves something before it. */
  needsMoreThan(length: number): boolean {
    return this.stretchOf(length).from !== ALWAYS;
  }

  /** Finds all that is left, where it is little; else it has come no further. */
  async findFew(): Promise<void> {
    const { rows, isCut } = await this.ask({ how: 'few', walksConversations: false, from: ALWAYS });
    if (!isCut) this.hasCome(rows, ALWAYS);
  }

  /** Goes back by so many milliseconds; where little lies before that, to the beginning. Returns how far to go next. */
  async back(length: number): Promise<number> {
    const { end } = this;
    const found = await this.through({ ...this.stretchOf(length), walksConversations: false });
    return this.isOver ? length : nextLength(end - Date.parse(this.place.at), found, this.missing);
  }

  private stretchOf(length: number): Pick<Stretch, 'how' | 'from'> {
    const { oldest, newest } = this.wish.known;
    const from = this.end - length;
    if (from > oldest + length / 4) return { how: 'index', from: new Date(from).toISOString() };
    const isMost = this.end - oldest >= (newest - oldest) / 2;
    return { how: isMost ? 'rest' : 'index', from: ALWAYS };
  }

  /** Looks through a stretch; through less of it where it holds too much, so that nothing newer is passed by. */
  async through(stretch: Piece): Promise<number> {
    const { rows, isCut } = await this.ask(stretch);
    const shorter = isCut ? this.shorter(stretch) : undefined;
    if (shorter) return this.through(shorter);
    this.hasCome(rows, stretch.from);
    return rows.length;
  }

  private ask(piece: Piece): Promise<Found<Row>> {
    const { at: to, id: toId } = this.place;
    return this.look({ ...piece, to, toId, asked: this.wish.known.asked }, this.missing, this.rows);
  }

  private hasCome(rows: readonly Row[], from: string): void {
    this.rows.push(...rows);
    this.place = { at: from, id: BEFORE_ALL_IDS };
  }

  private shorter(stretch: Piece): Piece | undefined {
    const { oldest } = this.wish.known;
    const length = shorterLength(this.end - (stretch.from === ALWAYS ? oldest : Date.parse(stretch.from)));
    this.cuts += 1;
    if (length < 1 || this.cuts > PATIENCE) return undefined;
    return { ...stretch, how: 'index', from: new Date(this.end - length).toISOString() };
  }
}

// The later of both where both are walked, so that neither table is read further than the walk goes; nothing where they end before.
async function walkedTo(queries: Queries, before: string, walked: { messages: boolean; conversations: boolean }): Promise<Date | null> {
  const floors = [
    ...(walked.messages ? [`(SELECT at FROM message_words WHERE at <= $1::timestamptz ORDER BY at DESC OFFSET ${WALK} LIMIT 1)`] : []),
    ...(walked.conversations
      ? [
          `(SELECT last_message_at FROM conversations WHERE last_message_at <= $1::timestamptz ORDER BY last_message_at DESC, id DESC OFFSET ${WALK} LIMIT 1)`,
        ]
      : []),
  ];
  const [row] = await queries.query<{ at: Date | null }>({
    name: `search-floor-${floors.length}-${walked.messages}`,
    text: `SELECT greatest(${floors.join(', ')}) AS at`,
    values: [before],
  });
  return row?.at ?? null;
}

/** What is known of the words before they are looked for. */
export interface Known extends NewestSay {
  /** What the index is asked: the words without those that are said all the time. */
  readonly asked: string;
}

interface NewestRow {
  readonly read: number;
  readonly met: number;
  readonly each: number[];
  readonly messages: number;
  readonly oldest: Date | null;
  readonly newest: Date | null;
}

/** Reads the newest messages for what they tell. How many there are in all is PostgreSQL's own estimate, which is there at once. */
export async function newestSay(queries: Queries, query: string): Promise<Known> {
  const terms = query.split(' & ');
  const [row] = await queries.query<NewestRow>({
    name: 'search-newest',
    text: `WITH newest AS MATERIALIZED (SELECT at, words FROM message_words ORDER BY at DESC LIMIT ${WALK})
           SELECT count(*)::int AS read, (count(*) FILTER (WHERE words @@ $1::tsquery))::int AS met,
             ARRAY(SELECT (SELECT count(*)::int FROM newest WHERE words @@ term::tsquery) FROM unnest($2::text[]) WITH ORDINALITY AS t(term, n) ORDER BY n) AS each,
             (SELECT reltuples::float8 FROM pg_class WHERE oid = 'message_words'::regclass) AS messages,
             (SELECT at FROM message_words ORDER BY at LIMIT 1) AS oldest, max(at) AS newest FROM newest`,
    values: [query, terms.length > 1 ? terms : []],
  });
  const { read, met, each, messages, oldest, newest } = row!;
  const asked = withoutFrequent(terms, each) ?? query;
  return { read, met, messages: Math.max(read, messages), oldest: oldest?.getTime() ?? 0, newest: newest?.getTime() ?? 0, asked };
}

// A word that every fiftieth message holds narrows little, and its places are very many: the index is asked for the others, and the rows for all.
const FREQUENT = WALK / 50;
function withoutFrequent(terms: readonly string[], each: readonly number[]): string | undefined {
  const rare = terms.filter((_, n) => (each[n] ?? 0) < FREQUENT);
  return rare.length > 0 ? rare.join(' & ') : undefined;
}
