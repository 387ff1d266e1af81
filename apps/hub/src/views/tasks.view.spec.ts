import type { Viewer } from '@claimline/conversations';
import { Database, type Queries } from '@claimline/database';
import { openTestDatabase, Overheard, readGenericPlan, readPlan, type TestDatabase } from '@claimline/database/testing';
import type { Task } from '@claimline/protocol';
import { ClaimFileView } from './claim-file.view';
import { ClaimTimelineView } from './claim-timeline.view';
import { TasksView, type TaskWish } from './tasks.view';

// Years of tasks, of which one in ten is open. They come in no order, and some are due, or end, at the same moment.
const TASKS = 40_000;
const MOST = 500;
const STATES: readonly Task['state'][] = ['open', 'done', 'canceled'];
const VIEWS: readonly TaskWish['view'][] = ['mine', 'unowned', 'all'];
// Without a flag, of the first brand.
const CLAIM = 'CLM-600';

let place: TestDatabase;
let database: Database;
let viewer: Viewer;
let ofOneBrand: Viewer;

beforeAll(async () => {
  place = await openTestDatabase();
  database = await Database.open({ url: place.url });
  await database.transaction(async (tx) => {
    const run = (text: string): Promise<unknown> => tx.query({ name: '', text, values: [] });
    // Whom the rows point at is of no account to a plan.
    await run('SET LOCAL session_replication_role = replica');
    await run(`INSERT INTO accounts (id, email, name, password_hash, role, created_at)
               SELECT md5('account ' || n)::uuid, n || '@insurer.test', 'n', '', 'supervisor', now() FROM generate_series(1, 9) n`);
    await run(`INSERT INTO claims (id, number, external_id, brand_id, line_of_business, jurisdiction, stage, version, flags, created_at, updated_at)
               SELECT md5('claim ' || n)::uuid, 'CLM-' || n, 'core-' || n, md5('brand ' || n % 2)::uuid, 'motor', 'CN', 'reported', 1, CASE WHEN n % 7 = 1 THEN ARRAY['litigation'] ELSE '{}' END, now(), now()
               FROM generate_series(0, 2000) n`);
    await run(`INSERT INTO conversations (id, contact_id, brand_id, channel, status, claim_id, last_message_at, opened_at, restricted_to, privileged_to)
               SELECT md5('conversation ' || n)::uuid, md5('contact ' || n)::uuid, md5('brand ' || n % 2)::uuid, 'twilio-sms', 'open', md5('claim ' || n)::uuid, now(), now(),
                 CASE WHEN n % 3 = 1 THEN 'litigation' END, CASE WHEN n % 11 = 1 THEN ARRAY['counsel'] END
               FROM generate_series(0, 6000) n`);
    await run(`INSERT INTO tasks (id, kind, conversation_id, claim_id, owner_id, due_at, state, created_at, closed_at)
               SELECT md5('task ' || n)::uuid, 'follow-up', CASE WHEN n % 13 > 0 THEN md5('conversation ' || n % 9000)::uuid END, CASE WHEN n % 17 > 0 THEN md5('claim ' || n % 2600)::uuid END,
                 CASE WHEN n % 10 > 0 THEN md5('account ' || n % 10)::uuid END, '2026-01-01Z'::timestamptz + make_interval(mins => (n * 7919) % 9000), what.state, now(),
                 CASE WHEN what.state <> 'open' THEN '2026-01-01Z'::timestamptz + make_interval(mins => (n * 10473) % 9000) END
               FROM generate_series(1, ${TASKS}) n, LATERAL (SELECT CASE n / 10 % 10 WHEN 0 THEN 'open' WHEN 1 THEN 'canceled' WHEN 2 THEN 'canceled' ELSE 'done' END AS state) AS what`);
  });
  await database.query({ name: '', text: 'ANALYZE', values: [] });
  const [account] = await database.query<{ id: string }>({ name: '', text: `SELECT md5('account 7')::uuid AS id`, values: [] });
  const [brand] = await database.query<{ id: string }>({ name: '', text: `SELECT md5('brand 0')::uuid AS id`, values: [] });
  viewer = { id: account!.id, role: 'supervisor', brandIds: [], groups: [] };
  ofOneBrand = { ...viewer, brandIds: [brand!.id], groups: ['counsel'] };
}, 120_000);
afterAll(async () => {
  await database?.close();
  await place?.close();
});

/** What PostgreSQL does for everything that is asked, planned for these values and planned for any. */
async function workFor(ask: (queries: Queries) => Promise<unknown>): Promise<{ read: number; sorted: number; whole: string[] }[]> {
  const overheard = new Overheard(database);
  await ask(overheard);
  const plans = await Promise.all(overheard.statements.flatMap((one) => [readPlan(database, one), readGenericPlan(database, one)]));
  return plans.map(({ rowsRead, rowsSorted, readWhole }) => ({ read: rowsRead, sorted: rowsSorted, whole: [...readWhole] }));
}

async function all(who: Viewer, wish: Omit<TaskWish, 'limit' | 'before'>, limit: number): Promise<string[]> {
  const ids: string[] = [];
  let before: string | undefined;
  do {
    const page = await new TasksView(database).page(who, { ...wish, limit, before });
    ids.push(...page.items.map(({ id }) => id));
    before = page.next ?? undefined;
  } while (before && ids.length < MOST);
  return ids.slice(0, MOST);
}

/** A place so many pages of a hundred below the top. */
async function cursorAfter(wish: Omit<TaskWish, 'limit' | 'before'>, pages: number): Promise<string> {
  let before: string | undefined;
  for (let page = 0; page < pages; page++)
    before = (await new TasksView(database).page(viewer, { ...wish, limit: 100, before })).next ?? undefined;
  return before!;
}

const LISTS = VIEWS.flatMap((view) => STATES.map((state) => ({ view, state })));

test.each(LISTS)('"$view", $state: a page is read from an index in its order, the first and one far below', async (wish) => {
  const below = await cursorAfter(wish, 2);
  expect(below).toBeDefined();
  for (const before of [undefined, below]) {
    const work = await workFor((queries) => new TasksView(queries).page(viewer, { ...wish, limit: 20, before }));
    for (const { read, sorted, whole } of work) {
      expect(whole).not.toContain('tasks');
      expect(sorted).toBe(0);
      expect(read).toBeLessThan(200);
    }
  }
});

/** Ids of what stands there, by a truth without the walls' own words: what is hidden from somebody of no group, and of one brand who is counsel. */
async function truth(who: Viewer, where: string, by: string): Promise<string[]> {
  const isCounsel = who === ofOneBrand;
  const hidden = isCounsel
    ? `c.restricted_to IS NOT NULL OR c.brand_id <> md5('brand 0')::uuid`
    : 'c.restricted_to IS NOT NULL OR c.privileged_to IS NOT NULL';
  const walled = isCounsel ? `l.flags <> '{}' OR l.brand_id <> md5('brand 0')::uuid` : `l.flags <> '{}'`;
  const text = `SELECT t.id FROM tasks t WHERE ${where} AND NOT EXISTS (SELECT FROM conversations c WHERE c.id = t.conversation_id AND (${hidden}))
                AND NOT EXISTS (SELECT FROM claims l WHERE l.id = t.claim_id AND (${walled})) ORDER BY ${by} LIMIT ${MOST}`;
  return (await database.query<{ id: string }>({ name: '', text, values: [] })).map(({ id }) => id);
}
const orderOf = (state: Task['state']): string => (state === 'open' ? 't.due_at, t.id' : 't.closed_at DESC, t.id DESC');

test.each(STATES)('what is %s and not behind a wall stands once, in one order, whatever the length of a page', async (state) => {
  for (const who of [viewer, ofOneBrand]) {
    const expected = await truth(who, `t.state = '${state}'`, orderOf(state));
    expect(expected).toHaveLength(MOST);
    for (const limit of [7, 50, 100]) expect(await all(who, { view: 'all', state }, limit)).toEqual(expected);
  }
});

test.each(STATES)('what is %s of a claim, and of a conversation with its claim, is found by these', async (state) => {
  const [conversation] = await database.query<{ id: string }>({ name: '', text: `SELECT md5('conversation 600')::uuid AS id`, values: [] });
  const ofClaim = `t.claim_id = md5('claim 600')::uuid`;
  const abouts = [
    { wish: { claim: CLAIM }, where: ofClaim },
    { wish: { conversation: conversation!.id }, where: `(t.conversation_id = md5('conversation 600')::uuid OR ${ofClaim})` },
  ];
  for (const { wish, where } of abouts) {
    const expected = await truth(viewer, `t.state = '${state}' AND ${where}`, orderOf(state));
    expect(await all(viewer, { view: 'all', state, ...wish }, 50)).toEqual(expected);
    const work = await workFor((queries) => new TasksView(queries).page(viewer, { view: 'all', state, ...wish, limit: 50 }));
    for (const { read, whole } of work) {
      expect(whole).not.toContain('tasks');
      // Of each state there are thousands.
      expect(read).toBeLessThan(300);
    }
  }
});

test('the timeline and the file of a claim read its tasks by the claim', async () => {
  const claim = {
    id: (await database.query<{ id: string }>({ name: '', text: `SELECT id FROM claims WHERE number = '${CLAIM}'`, values: [] }))[0]!.id,
    number: CLAIM,
  };
  const timeline = await workFor((queries) => new ClaimTimelineView(queries).page(viewer, claim, { limit: 50 }));
  const file = await workFor((queries) => new ClaimFileView(queries).content(viewer, claim));
  for (const { whole } of [...timeline, ...file]) expect(whole).not.toContain('tasks');
});
