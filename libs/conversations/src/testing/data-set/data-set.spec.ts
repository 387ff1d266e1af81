import { createHash } from 'node:crypto';
import { openTestDatabase, type TestDatabase } from '@claimline/database/testing';
import { Database, Seal } from '@claimline/database';
import { searchQuery } from '@claimline/messages';
import { Threads } from '../../thread/threads.repository';
import { loadDataSet, type DataSetFacts } from './load-data-set';

const SIZES = { contacts: 300, conversations: 3000, messages: 15_000, at: new Date('2026-11-22T08:00:00Z') };
const TABLES = [
  'contacts',
  'addresses',
  'contact_addresses',
  'consents',
  'claims',
  'claim_parties',
  'conversations',
  'conversation_reads',
  'messages',
  'message_words',
  'deliveries',
  'event_log',
];

let loaded: { test: TestDatabase; database: Database; facts: DataSetFacts };

async function load(seed?: number): Promise<typeof loaded> {
  const test = await openTestDatabase();
  const facts = await loadDataSet(test.url, { ...SIZES, seed });
  return { test, facts, database: await Database.open({ url: test.url }) };
}

const close = async ({ test, database }: typeof loaded): Promise<void> => {
  await database.close();
  await test.close();
};

beforeAll(async () => {
  loaded = await load();
});
afterAll(() => close(loaded));

async function rows<Row extends object>(database: Database, text: string): Promise<Row[]> {
  return database.query<Row>({ name: createHash('md5').update(text).digest('hex'), text, values: [] });
}
const one = async (text: string): Promise<unknown> => Object.values((await rows<Record<string, unknown>>(loaded.database, text))[0]!)[0];

async function checksums(database: Database): Promise<Record<string, string>> {
  const sums: Record<string, string> = {};
  for (const table of TABLES) {
    const [row] = await rows<{ sum: string }>(database, `SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) AS sum FROM ${table} AS t`);
    sums[table] = row!.sum;
  }
  return sums;
}

test('there are exactly as many contacts, conversations and messages as were asked for, and every message has its words', async () => {
  expect(await one('SELECT count(*)::int FROM contacts')).toBe(SIZES.contacts);
  expect(await one('SELECT count(*)::int FROM conversations')).toBe(SIZES.conversations);
  expect(await one('SELECT count(*)::int FROM messages')).toBe(SIZES.messages);
  expect(
    await one(
      'SELECT count(*)::int FROM messages JOIN message_words ON message_id = id AND message_words.conversation_id = messages.conversation_id',
    ),
  ).toBe(SIZES.messages);
  expect(await one('SELECT count(DISTINCT claim_id)::int FROM conversations')).toBe(await one('SELECT count(*)::int FROM claims'));
});

test('a fifth of the conversations is about a claim, a tenth is open, and some are closed to all but a group', async () => {
  const share = (condition: string): Promise<unknown> => one(`SELECT avg((${condition})::int)::float FROM conversations`);
  expect(await share('claim_id IS NOT NULL')).toBeCloseTo(0.2, 1);
  expect(await share(`status = 'open'`)).toBeCloseTo(0.1, 1);
  expect(await share(`status = 'snoozed'`)).toBeCloseTo(0.05, 1);
  expect(await one(`SELECT count(*)::int FROM conversations WHERE restricted_to = 'litigation'`)).toBeGreaterThan(0);
});

test('what a conversation says of its messages is true, and its numbers have no gap', async () => {
  const wrong = await rows(
    loaded.database,
    `SELECT c.id FROM conversations c JOIN LATERAL (
       SELECT count(*) AS count, count(*) FILTER (WHERE direction = 'inbound') AS inbound, max(seq) AS last, max(occurred_at) FILTER (WHERE kind <> 'note') AS at
       FROM messages WHERE conversation_id = c.id) m ON true
     WHERE (c.message_count, c.inbound_count, c.message_count, c.last_message_at) IS DISTINCT FROM (m.count, m.inbound, m.last, m.at)`,
  );
  expect(wrong).toEqual([]);
});

test('one conversation is long, and is read page by page', async () => {
  const threads = new Threads(new Seal(['a-secret-that-is-only-for-tests-0123456789']));
  const id = loaded.facts.longConversationId;
  const newest = await threads.page(loaded.database, id, 50);
  expect(newest).toHaveLength(50);
  expect(newest.at(-1)!.seq).toBe(SIZES.messages / 5);
  const before = await threads.page(loaded.database, id, 50, { at: newest[0]!.occurred_at, id: newest[0]!.id });
  expect(before.at(-1)!.seq).toBe(newest[0]!.seq - 1);
});

test('words are found as the search looks for them: frequent ones everywhere, rare ones hardly ever', async () => {
  const { english, chinese } = loaded.facts;
  const found = (text: string): Promise<unknown> =>
    one(`SELECT count(*)::int FROM message_words WHERE words @@ $$${searchQuery(text)}$$::tsquery`);
  expect(await found(english.frequent)).toBeGreaterThan(100);
  expect(await found(chinese.frequent)).toBeGreaterThan(100);
  expect(await found(english.rare)).toBeLessThan(20);
});

test('every index and every key to another table that the migrations made is there and holds', async () => {
  const bare = await openTestDatabase();
  const empty = await Database.open({ url: bare.url });
  const indexes = `SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1`;
  expect(await rows(loaded.database, indexes)).toEqual(await rows(empty, indexes));
  await empty.close();
  await bare.close();
  const keys = await rows<{ child: string; condition: string }>(
    loaded.database,
    `SELECT k.conrelid::regclass::text AS child, format('%s IS NOT NULL AND NOT EXISTS (SELECT FROM %s p WHERE p.%I = c.%s)', 'c.' || quote_ident(a.attname), k.confrelid::regclass, r.attname, quote_ident(a.attname)) AS condition
     FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1] JOIN pg_attribute r ON r.attrelid = k.confrelid AND r.attnum = k.confkey[1]
     WHERE k.contype = 'f' AND k.conrelid::regclass::text = ANY ('{${TABLES.join(',')}}')`,
  );
  expect(keys.length).toBeGreaterThan(20);
  for (const { child, condition } of keys) expect(await one(`SELECT count(*)::int FROM ${child} c WHERE ${condition}`)).toBe(0);
});

test('the same sizes, seed and moment make the same rows; another seed makes others', async () => {
  const [again, other] = [await load(), await load(2)];
  const sums = await checksums(loaded.database);
  expect(await checksums(again.database)).toEqual(sums);
  expect((await checksums(other.database))['messages']).not.toEqual(sums['messages']);
  await Promise.all([close(again), close(other)]);
});
