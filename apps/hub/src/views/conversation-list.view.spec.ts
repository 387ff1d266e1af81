import { Database, newId } from '@claimline/database';
import { openTestDatabase } from '@claimline/database/testing';
import { ConversationList } from './conversation-list.view';
import { ConversationSelection } from './conversation-selection.view';

const NOW = new Date('2026-11-22T08:00:00Z');
const ROWS = 20_000;

let database: Database;
let close: () => Promise<void>;
let list: ConversationList;
const me = { id: newId(NOW), brandIds: [] as string[], groups: [] as string[] };
const brandId = newId(NOW);

beforeAll(async () => {
  const test = await openTestDatabase();
  database = await Database.open({ url: test.url });
  list = new ConversationList(database);
  close = async () => {
    await database.close();
    await test.close();
  };
  const run = (text: string, values: unknown[] = []): Promise<unknown> => database.query({ name: text.slice(0, 60), text, values });
  await run(`INSERT INTO brands (id, key, name, default_language, time_zone, created_at) VALUES ($1, 'b', 'B', 'en', 'UTC', $2)`, [
    brandId,
    NOW,
  ]);
  await run(
    `INSERT INTO accounts (id, email, name, password_hash, role, created_at) VALUES ($1, 'me@example.test', 'Me', '', 'adjuster', $2)`,
    [me.id, NOW],
  );
  await run(
    `INSERT INTO contacts (id, kind, name, created_at) SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'person', 'Customer ' || n, $1 FROM generate_series(1, ${ROWS}) n`,
    [NOW],
  );
  // One in a hundred is mine, one in fifty is closed; a third has a deadline.
  await run(
    `INSERT INTO conversations (id, contact_id, brand_id, assignee_id, status, resolved_at, channel, awaiting_reply, restricted_to, last_message_at, next_due_at, opened_at)
     SELECT ('00000000-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid, ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, $1, CASE WHEN n % 100 = 0 THEN $2::uuid END,
       CASE WHEN n % 50 = 1 THEN 'resolved' ELSE 'open' END, CASE WHEN n % 50 = 1 THEN $3::timestamptz END, 'twilio-sms', true, CASE WHEN n % 200 = 0 THEN 'litigation' END,
       $3::timestamptz - n * interval '1 minute', CASE WHEN n % 3 = 0 THEN $3::timestamptz + (n % 700) * interval '1 minute' END, $3
     FROM generate_series(1, ${ROWS}) n`,
    [brandId, me.id, NOW],
  );
  await run('ANALYZE conversations');
  await run('ANALYZE contacts');
});
afterAll(() => close());

test('every page of every view continues where the one before ended, and none shows a row twice', async () => {
  for (const view of ['todo', 'mine', 'resolved', 'all'] as const) {
    const seen: string[] = [];
    let before: string | undefined;
    for (let page = 0; page < 5; page++) {
      const { items, next } = await list.page(me, { view, limit: 40, before }, NOW);
      seen.push(...items.map((item) => item.id));
      before = next ?? undefined;
      if (!next) break;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(80);
  }
});

test('what waits for me stands by nearest deadline, and what has none behind it', async () => {
  const { items } = await list.page(me, { view: 'todo', limit: 100 }, NOW);
  const dues = items.map((item) => item.nextDue?.at ?? '9999');
  expect(dues).toEqual([...dues].sort());
});

test('somebody who is hurt and waits stands before every deadline, and once answered no longer', async () => {
  const hurt = '00000000-0000-7000-9000-000000000064';
  const label = (labels: string[], awaiting: boolean): Promise<unknown> =>
    database.query({
      name: 'hurt',
      text: 'UPDATE conversations SET labels = $2, awaiting_reply = $3 WHERE id = $1',
      values: [hurt, labels, awaiting],
    });
  await label(['injury'], true);
  const first = await list.page(me, { view: 'mine', limit: 1 }, NOW);
  expect(first.items[0]!.id).toBe(hurt);
  const second = await list.page(me, { view: 'mine', limit: 40, before: first.next! }, NOW);
  expect(second.items.map(({ id }) => id)).not.toContain(hurt);
  await label(['injury'], false);
  expect((await list.page(me, { view: 'mine', limit: 1 }, NOW)).items[0]!.id).not.toBe(hurt);
  await label([], true);
});

test('a view is narrowed by label, person and deadline, and a selection means the same conversations', async () => {
  const selection = new ConversationSelection();
  const { items } = await list.page(me, { view: 'all', limit: 100, due: 'today', assignee: 'me' }, NOW);
  expect(items.length).toBeGreaterThan(2);
  for (const { nextDue, assignee } of items) {
    expect(Date.parse(nextDue!.at) - NOW.getTime()).toBeGreaterThan(0);
    expect(nextDue!.at.slice(0, 10)).toBe('2026-11-22');
    expect(assignee!.id).toBe(me.id);
  }
  const wish = { selection: { filter: { view: 'all' as const, due: 'today' as const, assignee: 'me' as const } }, now: NOW };
  expect((await selection.ids(database, me, { ...wish, limit: 1000 })).sort()).toEqual(items.map(({ id }) => id).sort());
  expect(await selection.total(database, me, wish)).toBe(items.length);
  const named = await selection.ids(database, me, {
    selection: { ids: ['00000000-0000-7000-9000-0000000000c8', items[0]!.id] },
    now: NOW,
    limit: 9,
  });
  expect(named).toEqual([items[0]!.id]);
  const hour = await list.page(me, { view: 'unassigned', limit: 100, due: 'hour' }, NOW);
  expect(hour.items).toHaveLength(100);
  for (const { nextDue } of hour.items) {
    expect(Date.parse(nextDue!.at) - NOW.getTime()).toBeGreaterThan(0);
    expect(Date.parse(nextDue!.at) - NOW.getTime()).toBeLessThanOrEqual(3_600_000);
  }
  expect((await list.page(me, { view: 'all', limit: 10, label: 'injury' }, NOW)).items).toEqual([]);
});

describe('of a claim whose handler is away, in a storm, by somebody who speaks Chinese', () => {
  const ALL = {
    label: 'hail',
    line: 'motor',
    assignee: 'absent',
    due: 'today',
    language: 'zh',
    catastrophe: 'hail-26',
    awaiting: true,
  } as const;
  const conversation = '00000000-0000-7000-9000-000000000003';

  beforeAll(async () => {
    const run = (name: string, text: string, values: unknown[]): Promise<unknown> => database.query({ name, text, values });
    const away = newId(NOW);
    await run(
      'spec-away',
      `INSERT INTO accounts (id, email, name, password_hash, role, created_at) VALUES ($1, 'away@example.test', 'Away', '', 'adjuster', $2)`,
      [away, NOW],
    );
    await run(
      'spec-absence',
      `INSERT INTO absences (id, account_id, starts_at, ends_at, returns, created_at) VALUES ($1, $1, $2::timestamptz, $2::timestamptz + interval '1 day', 'never', $2)`,
      [away, NOW],
    );
    await run(
      'spec-claim',
      `INSERT INTO claims (id, number, brand_id, line_of_business, jurisdiction, stage, version, handler_id, catastrophe, created_at, updated_at) VALUES ($1, 'CLM-2026-000001', $2, 'motor', 'CN', 'reported', 1, $1, 'hail-26', $3, $3)`,
      [away, brandId, NOW],
    );
    await run('spec-language', `UPDATE contacts SET language = 'zh-CN' WHERE id = (SELECT contact_id FROM conversations WHERE id = $1)`, [
      conversation,
    ]);
    await run('spec-bound', `UPDATE conversations SET claim_id = $2, claim_number = 'CLM-2026-000001', labels = '{hail}' WHERE id = $1`, [
      conversation,
      away,
    ]);
  });

  test.each(['label', 'line', 'assignee', 'language', 'catastrophe'] as const)('the filter "%s" finds it alone', async (one) => {
    const { items } = await list.page(me, { view: 'all', limit: 10, [one]: ALL[one] }, NOW);
    expect(items.map(({ id }) => id)).toEqual([conversation]);
  });

  test('all filters at once find it in every list of open ones, first page and next, whatever the page holds', async () => {
    const far = (await list.page(me, { view: 'unassigned', limit: 100 }, NOW)).next!;
    for (const view of ['all', 'unassigned'] as const)
      for (const limit of [1, 20, 21, 100]) {
        const first = await list.page(me, { ...ALL, view, limit }, NOW);
        expect(first.items.map(({ id }) => id)).toEqual([conversation]);
        expect(first.next).toBeNull();
        const { awaiting: _, ...others } = ALL;
        expect((await list.page(me, { ...others, view, limit }, NOW)).items).toEqual(first.items);
        const behind = await list.page(me, { ...ALL, view, limit, before: far }, NOW);
        expect(behind.items).toEqual([]);
      }
  });

  test('a page holds what was asked for, also where fewer are asked for than are read', async () => {
    const whole = (await list.page(me, { view: 'unassigned', limit: 60 }, NOW)).items.map(({ id }) => id);
    expect(whole).toHaveLength(60);
    const parts: string[] = [];
    for (let before: string | undefined; parts.length < 60;) {
      const { items, next } = await list.page(me, { view: 'unassigned', limit: 7, before }, NOW);
      expect(items).toHaveLength(7);
      parts.push(...items.map(({ id }) => id));
      before = next!;
    }
    expect(parts.slice(0, 60)).toEqual(whole);
  });
});

test('a conversation that is restricted to a group is seen by nobody else, in no list and no count', async () => {
  const inside = { ...me, groups: ['litigation'] };
  const [mine, all] = await Promise.all([list.counts(me), list.counts(inside)]);
  expect(all.mine).toBe(ROWS / 100);
  expect(mine.mine).toBe(ROWS / 200);
});

test('a cursor of another list is refused by name', async () => {
  await expect(list.page(me, { view: 'all', limit: 10, before: 'nonsense' }, NOW)).rejects.toMatchObject({ code: 'invalid' });
});

// The first page must be read from an index in its order; a sort over the table is what made other products stand still at half a million.
test.each([
  ['mine', 'conversations_mine'],
  ['unassigned', 'conversations_unassigned'],
  ['resolved', 'conversations_resolved'],
  ['all', 'conversations_all'],
] as const)('the first page of "%s" comes from the index %s; only its own rows are sorted', async (view, index) => {
  const asked: { text: string; values: readonly unknown[] }[] = [];
  const spy = new ConversationList({
    query: async (statement) => {
      asked.push(statement);
      return [];
    },
  });
  await spy.page(me, { view, limit: 50 }, NOW);
  const plan = await database.query<{ 'QUERY PLAN': string }>({
    name: `explain-${view}`,
    text: `EXPLAIN ${asked[0]!.text}`,
    values: asked[0]!.values,
  });
  const text = plan.map((row) => row['QUERY PLAN']).join('\n');
  expect(text).toContain(index);
  // Below the limit nothing is; above it stand the rows of the page.
  expect(text).toContain('Limit');
  expect(text.slice(text.indexOf('Limit'))).not.toMatch(/\bSort\b/);
});
