import { loadDataSet, type DataSetFacts } from '@claimline/conversations/testing';
import type { Viewer } from '@claimline/conversations';
import { Database } from '@claimline/database';
import { openTestDatabase } from '@claimline/database/testing';
import { searchQuery } from '@claimline/messages';
import type { ConversationFilter } from '@claimline/protocol';
import { ConversationList } from './conversation-list.view';
import { ConversationSelection } from './conversation-selection.view';
import { SearchView } from './search.view';

// Far more messages than the search reads one by one: the index answers for the rest, by weeks and then for everything before.
const SIZES = { contacts: 400, conversations: 6000, messages: 40_000, at: new Date('2026-11-22T08:00:00Z') };

let database: Database;
let close: () => Promise<void>;
let list: ConversationList;
let facts: DataSetFacts;
let outside: Viewer;
let inside: Viewer;

beforeAll(async () => {
  const test = await openTestDatabase();
  facts = await loadDataSet(test.url, SIZES);
  database = await Database.open({ url: test.url });
  list = new ConversationList(database);
  outside = { id: facts.accountIds[1]!, brandIds: [], groups: [] };
  inside = { ...outside, groups: ['litigation'] };
  close = async () => {
    await database.close();
    await test.close();
  };
});
afterAll(() => close());

async function rows<Row extends object>(name: string, text: string, values: readonly unknown[]): Promise<Row[]> {
  return database.query<Row>({ name, text, values });
}

/** Everything that holds the words, by reading everything. */
async function expected(q: string, viewer: Viewer): Promise<string[]> {
  const found = await rows<{ id: string }>(
    'spec-brute',
    `SELECT c.id FROM conversations c JOIN contacts k ON k.id = c.contact_id LEFT JOIN claims l ON l.id = c.claim_id
       LEFT JOIN (SELECT conversation_id, max(at) AS at FROM message_words WHERE words @@ $1::tsquery GROUP BY 1) w ON w.conversation_id = c.id,
       LATERAL (SELECT greatest(w.at, CASE WHEN k.words @@ $1::tsquery OR l.words @@ $1::tsquery THEN c.last_message_at END) AS at) AS hit
     WHERE hit.at IS NOT NULL AND (c.restricted_to IS NULL OR c.restricted_to = ANY ($2)) ORDER BY hit.at DESC, c.id DESC`,
    [searchQuery(q), viewer.groups],
  );
  return found.map(({ id }) => id);
}

/** The newest messages that hold the words, by reading everything. */
async function newestWith(q: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    'spec-newest',
    'SELECT message_id AS id FROM message_words WHERE words @@ $1::tsquery ORDER BY at DESC, message_id DESC LIMIT 20',
    [searchQuery(q)],
  );
  return found.map(({ id }) => id);
}

async function everyPage(q: string, viewer: Viewer, limit: number, filter: ConversationFilter = {}): Promise<string[]> {
  const seen: string[] = [];
  let before: string | undefined;
  do {
    const { items, next } = await list.search(viewer, { ...filter, q, limit, before }, SIZES.at);
    seen.push(...items.map(({ id }) => id));
    before = next ?? undefined;
  } while (before);
  return seen;
}

test('acting on everything that holds a frequent word leaves none of it out', async () => {
  const q = 'the';
  const everything = await expected(q, outside);
  const [said] = await rows<{ count: number }>('spec-hits', 'SELECT count(*)::int AS count FROM message_words WHERE words @@ $1::tsquery', [
    searchQuery(q),
  ]);
  expect(said!.count).toBeGreaterThan(5000);
  const selection = { filter: { view: 'all' as const, q } };
  const chosen = await new ConversationSelection().ids(database, outside, { selection, limit: 10_000, now: SIZES.at });
  expect(chosen.sort()).toEqual(everything.sort());
});

// As if a hundred times as many messages lay in these years: then stretches are a hundredth as long, and a page takes several of them.
const asIfMore = (times: number): Promise<unknown> =>
  rows('', `UPDATE pg_class SET reltuples = $1 WHERE oid = 'message_words'::regclass`, [SIZES.messages * times]);

describe.each([
  ['at once', 1],
  ['in many stretches', 100],
])('%s', (__, times) => {
  beforeAll(() => asIfMore(times));
  afterAll(() => asIfMore(1));

  test.each([
    ['a frequent English word', () => facts.english.frequent],
    ['a word that comes now and then', () => facts.english.middling],
    ['a rare word', () => facts.english.rare],
    ['a frequent Chinese word', () => facts.chinese.frequent],
    ['a rare Chinese word', () => facts.chinese.rare],
    ['an English name', () => facts.englishName],
    ['a Chinese name', () => facts.chineseName],
    ['the end of a phone number', () => facts.phoneFragment],
    ['a claim number', () => facts.claimNumber],
    ['a frequent word beside a rare one', () => `${facts.english.frequent} ${facts.english.middling}`],
    ['the most frequent word of all beside a rare one', () => `the ${facts.english.rare}`],
    ['two frequent words', () => `the ${facts.english.frequent}`],
    ['the beginning of words', () => 'est'],
  ])('%s: all pages together are every conversation that holds it, each once, the newest hit first', async (_, word) => {
    const whole = await expected(word(), outside);
    expect(whole.length).toBeGreaterThan(0);
    expect(await everyPage(word(), outside, 90)).toEqual(whole);
  });
});

test('a word that nobody has said is found nowhere', async () => {
  expect(await everyPage('zzznothing', outside, 50)).toEqual([]);
});

test('the search knows walls: what is closed to all but a group is found by that group alone', async () => {
  const [seen, all] = [await everyPage(facts.english.frequent, outside, 100), await everyPage(facts.english.frequent, inside, 100)];
  expect(all).toEqual(await expected(facts.english.frequent, inside));
  expect(all.length).toBeGreaterThan(seen.length);
});

test('a search may be narrowed like a view', async () => {
  const mine = await list.search(outside, { q: facts.english.frequent, limit: 100, assignee: 'me' }, SIZES.at);
  expect(mine.items.length).toBeGreaterThan(0);
  for (const { assignee } of mine.items) expect(assignee!.id).toBe(outside.id);
});

test.each(['frequent', 'middling', 'rare'] as const)(
  'the messages that are shown for a %s word are the newest that hold it',
  async (kind) => {
    const q = facts.english[kind];
    const { messages } = await new SearchView(database, list).find(inside, q, 20, SIZES.at);
    expect(messages.map(({ id }) => id)).toEqual(await newestWith(q));
  },
);

test('whoever ends a page does not come again with an older hit, nor does who was hit at the same moment', async () => {
  const chosen = await rows<{ id: string; messages: string[] }>(
    'spec-three',
    `SELECT m.conversation_id AS id, array_agg(m.id) AS messages FROM messages m JOIN conversations c ON c.id = m.conversation_id WHERE c.restricted_to IS NULL
     GROUP BY 1 HAVING count(*) > 1 ORDER BY 1 DESC LIMIT 3`,
    [],
  );
  const [first, second, third] = chosen as [(typeof chosen)[0], (typeof chosen)[0], (typeof chosen)[0]];
  const hit = async (message: string, at: string): Promise<void> => {
    await rows('', 'UPDATE messages SET occurred_at = $2 WHERE id = $1', [message, at]);
    await rows('', `UPDATE message_words SET at = $2, words = words || 'wombat'::tsvector WHERE message_id = $1`, [message, at]);
  };
  await hit(first.messages[0]!, '2026-09-01T12:00:00Z');
  await hit(second.messages[0]!, '2026-09-01T12:00:00Z');
  await hit(first.messages[1]!, '2025-03-01T12:00:00Z');
  await hit(third.messages[0]!, '2024-09-01T12:00:00Z');
  await asIfMore(100);
  const expectedOrder = [first.id, second.id, third.id];
  expect(await everyPage('wombat', outside, 1)).toEqual(expectedOrder);
  await asIfMore(1);
  expect(await everyPage('wombat', outside, 1)).toEqual(expectedOrder);
});

describe('words that very many customers or claims hold', () => {
  const quiet = 'quokka';
  beforeAll(async () => {
    // Said all the time, and in the names of nearly all; and a word that nobody says, which more claims hold than are gathered.
    await rows(
      '',
      `UPDATE contacts SET words = words || $1::tsvector WHERE id < (SELECT id FROM contacts ORDER BY id OFFSET 350 LIMIT 1)`,
      [facts.english.frequent],
    );
    await rows('', `UPDATE claims SET words = words || $1::tsvector WHERE id IN (SELECT id FROM claims ORDER BY id OFFSET 100)`, [quiet]);
    await rows(
      '',
      `INSERT INTO claims (id, number, brand_id, line_of_business, jurisdiction, stage, version, words, created_at, updated_at)
       SELECT gen_random_uuid(), 'EMPTY-' || n, (SELECT id FROM brands LIMIT 1), 'motor', 'US-CA', 'closed', 1, $1::tsvector, now(), now() FROM generate_series(1, 3000) n`,
      [quiet],
    );
  });

  test.each([
    ['in messages, too', () => facts.english.frequent],
    ['nowhere else', () => quiet],
  ])('%s: all pages together are every conversation, each once, the newest hit first', async (_, word) => {
    for (const viewer of [outside, inside]) expect(await everyPage(word(), viewer, 90)).toEqual(await expected(word(), viewer));
  });

  test('where little of them is asked for, none of it is left out', async () => {
    const mine = await rows<{ id: string }>('spec-mine', 'SELECT id FROM conversations WHERE assignee_id = $1', [outside.id]);
    const whole = await expected(facts.english.frequent, outside);
    const found = await everyPage(facts.english.frequent, outside, 100, { assignee: 'me' });
    expect(found).toEqual(whole.filter((one) => mine.some(({ id }) => id === one)));
  });
});

describe('a word that nobody says any more, and that was said more often than is gathered at once', () => {
  const old = 'numbat';
  // The rows in the order of time, as they are written day by day: a scan gives those of the oldest messages first.
  beforeAll(async () => {
    await rows(
      '',
      `CREATE TABLE rewritten AS SELECT message_id, conversation_id, at, CASE WHEN row_number() OVER (ORDER BY at DESC) > 3500 THEN words || $1::tsvector ELSE words END AS words FROM message_words`,
      [old],
    );
    await rows('', 'TRUNCATE message_words', []);
    await rows(
      '',
      'INSERT INTO message_words (message_id, conversation_id, at, words) SELECT message_id, conversation_id, at, words FROM rewritten ORDER BY at',
      [],
    );
    await asIfMore(1);
  });

  test('all pages together are every conversation that holds it, each once, the newest hit first', async () => {
    expect(await everyPage(old, outside, 90)).toEqual(await expected(old, outside));
  });

  test('the messages that are shown are the newest that hold it', async () => {
    const { messages } = await new SearchView(database, list).find(inside, old, 20, SIZES.at);
    expect(messages.map(({ id }) => id)).toEqual(await newestWith(old));
  });
});
