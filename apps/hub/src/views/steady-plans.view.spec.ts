import { Database, type Queries, type Statement } from '@claimline/database';
import { openTestDatabase, type TestDatabase } from '@claimline/database/testing';
import { LeftBehindView } from './left-behind.view';
import { StormFigures } from './storm-figures.view';
import { FACT_TYPES, threadFacts } from './thread-facts.view';

// What is asked each second, or with each thread, over tables that only grow.
const NOW = new Date('2026-11-22T08:00:00Z');
const CONVERSATION = '019a0000-0000-7000-8000-000000000001';

let place: TestDatabase;
let database: Database;
beforeAll(async () => {
  place = await openTestDatabase();
  database = await Database.open({ url: place.url });
  await database.transaction(async (tx) => {
    const run = (text: string): Promise<unknown> => tx.query({ name: '', text, values: [] });
    // Whom the rows point at is of no account to a plan.
    await run('SET LOCAL session_replication_role = replica');
    await run(`INSERT INTO accounts (id, email, name, password_hash, role, created_at)
               SELECT md5('account ' || n)::uuid, n || '@insurer.test', 'n', '', 'adjuster', now() FROM generate_series(1, 100) n`);
    await run(`INSERT INTO absences (id, account_id, starts_at, ends_at, returns, created_at, moved_at)
               SELECT md5('absence ' || n)::uuid, md5('account ' || n)::uuid, '2026-11-20Z', '2026-11-30Z', 'never', now(), now() FROM generate_series(1, 8) n`);
    await run(`INSERT INTO conversations (id, contact_id, brand_id, assignee_id, channel, status, last_message_at, opened_at)
               SELECT md5('conversation ' || n)::uuid, md5('contact ' || n)::uuid, md5('brand')::uuid, md5('account ' || n % 100)::uuid, 'twilio-sms',
                 CASE WHEN n % 20 = 0 THEN 'snoozed' WHEN n % 10 = 1 THEN 'open' ELSE 'resolved' END, now(), now() FROM generate_series(1, 40000) n`);
    await run(`INSERT INTO event_log (position, id, type, conversation_id, payload, at)
               SELECT n, md5('event ' || n)::uuid, CASE WHEN n % 50 = 0 THEN 'conversation.assigned' WHEN n % 7 = 0 THEN 'message.sent' ELSE 'message.received' END,
                 CASE WHEN n % 2 = 0 THEN '${CONVERSATION}' ELSE md5('conversation ' || n)::uuid END, '{}', '2026-11-22T08:00Z'::timestamptz - make_interval(mins => 60000 - n)
               FROM generate_series(1, 60000) n`);
    await run(
      `INSERT INTO conversation_facts SELECT -position, id, 'task.closed', CASE WHEN position % 100 = 0 THEN conversation_id ELSE id END, payload, at FROM event_log`,
    );
  });
  await database.query({ name: '', text: 'ANALYZE', values: [] });
}, 120_000);
afterAll(async () => {
  await database?.close();
  await place?.close();
});

/** How PostgreSQL goes about everything that is asked, instead of its answers. */
async function plansOf(ask: (queries: Queries) => Promise<unknown>): Promise<string> {
  const plans: string[] = [];
  const explaining: Queries = {
    async query<Row extends object>({ text, values }: Statement): Promise<Row[]> {
      const rows = await database.query<{ 'QUERY PLAN': string }>({ name: '', text: `EXPLAIN ${text}`, values });
      plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
      return [];
    },
  };
  await ask(explaining).catch(() => undefined);
  return plans.join('\n');
}

test('who is away and has still something is found by the assignee, not by reading every conversation', async () => {
  const plan = await plansOf((queries) => new LeftBehindView().absences(queries, NOW));
  expect(plan).toContain('absences');
  expect(plan).not.toMatch(/Seq Scan on conversations/);
});

test('the facts of a thread are read without the messages between them', async () => {
  const plan = await plansOf((queries) => threadFacts(queries, CONVERSATION, new Date(0)));
  expect(plan).toContain('Index Scan Backward using event_log_conversation on event_log');
  expect(plan).toContain('Index Scan Backward using conversation_facts_conversation on conversation_facts');
});

test('what people have answered in two hours is counted without reading the whole log', async () => {
  const plan = await plansOf((queries) => new StormFigures().queue(queries, [], NOW));
  expect(plan).toContain('event_log_sent');
  expect(plan).not.toMatch(/Seq Scan on (event_log|conversations)/);
});

test('the log’s index by conversation holds the types that threads show, all of them and no other', async () => {
  const [index] = await database.query<{ definition: string }>({
    name: '',
    text: `SELECT pg_get_indexdef('event_log_conversation'::regclass) AS definition`,
    values: [],
  });
  expect([...index!.definition.matchAll(/'([a-z.-]+)'::text/g)].map(([, type]) => type)).toEqual([...FACT_TYPES]);
});
