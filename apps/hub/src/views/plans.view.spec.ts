import { Threads, type Viewer } from '@claimline/conversations';
import { loadDataSet, type DataSetFacts } from '@claimline/conversations/testing';
import { Database, Seal, type Queries } from '@claimline/database';
import { openTestDatabase, Overheard, readPlan, type PlanReading } from '@claimline/database/testing';
import { ConversationList, SHAPES } from './conversation-list.view';
import { InboxCounts } from './inbox-counts.view';
import { SearchView } from './search.view';
import { ThreadView } from './thread.view';

// Large enough that reading a whole table, or sorting one, cannot be mistaken for reading a page.
const SIZES = { contacts: 2000, conversations: 30_000, messages: 120_000, at: new Date('2026-11-22T08:00:00Z') };
const LARGE = ['conversations', 'messages', 'message_words', 'event_log', 'claims', 'claim_parties', 'deliveries', 'conversation_reads'];
const PAGE = 50;

let database: Database;
let close: () => Promise<void>;
let facts: DataSetFacts;
let people: Record<'adjuster' | 'supervisor', Viewer>;

beforeAll(async () => {
  const test = await openTestDatabase();
  facts = await loadDataSet(test.url, SIZES);
  database = await Database.open({ url: test.url });
  const [brand] = await database.query<{ id: string }>({ name: 'spec-brand', text: 'SELECT id FROM brands', values: [] });
  people = {
    adjuster: { id: facts.accountIds[1]!, brandIds: [], groups: [], role: 'adjuster' },
    supervisor: { id: facts.accountIds[0]!, brandIds: [brand!.id], groups: ['litigation'], role: 'supervisor' },
  };
  // Each list is long enough that gathering it whole and sorting it is seen.
  const bulk = (name: string, text: string, values: unknown[] = []): Promise<unknown> => database.query({ name, text, values });
  const half = `ascii(right(id::text, 1)) % 2`;
  await bulk(
    'spec-hand-out',
    `UPDATE conversations SET assignee_id = CASE WHEN ${half} = 0 THEN $1::uuid ELSE $2::uuid END WHERE status = 'open' AND assignee_id IS NOT NULL`,
    [people.adjuster.id, people.supervisor.id],
  );
  await bulk('spec-to-file', `UPDATE conversations SET to_file = true WHERE status = 'open' AND assignee_id IS NULL AND ${half} = 0`);
  await bulk('spec-quiet', `UPDATE conversations SET labels = '{gone-quiet}' WHERE status = 'snoozed' AND ${half} = 0`);
  await bulk('spec-vacuum', 'VACUUM (ANALYZE) conversations');
  close = async () => {
    await database.close();
    await test.close();
  };
});
afterAll(() => close());

/** The plans of everything that is asked meanwhile. */
async function plansOf(ask: (queries: Queries) => Promise<unknown>): Promise<PlanReading[]> {
  const overheard = new Overheard(database);
  await ask(overheard);
  const plans: PlanReading[] = [];
  for (const statement of overheard.statements) plans.push(await readPlan(database, statement));
  return plans;
}

function expectBounded(plans: readonly PlanReading[], most: { read: number; sorted: number }): void {
  expect(plans.length).toBeGreaterThan(0);
  for (const plan of plans) {
    const isBounded =
      plan.rowsRead <= most.read && plan.rowsSorted <= most.sorted && !plan.readWhole.some((table) => LARGE.includes(table));
    expect(isBounded ? 'bounded' : plan).toBe('bounded');
  }
}

const VIEWS = Object.keys(SHAPES) as (keyof typeof SHAPES)[];

/** The place where a page of a view ends, as its cursor. */
async function cursorAfter(viewer: Viewer, view: keyof typeof SHAPES, pages: number): Promise<string | undefined> {
  let before: string | undefined;
  for (let page = 0; page < pages; page++) {
    const { next } = await new ConversationList(database).page(viewer, { view, limit: PAGE, before }, SIZES.at);
    if (!next) return before;
    before = next;
  }
  return before;
}

// A page reads its rows and, for each, the customer, the claim and so on: ten rows for one. What walls hide lies between.
describe.each(['adjuster', 'supervisor'] as const)('the inbox of an %s', (who) => {
  test.each(VIEWS)('"%s": the first page is read from an index in its order', async (view) => {
    const plans = await plansOf((queries) => new ConversationList(queries).page(people[who], { view, limit: PAGE }, SIZES.at));
    expectBounded(plans, { read: PAGE * 12, sorted: 60 });
  });

  test.each(VIEWS)('"%s": a page far below reads as little as the first', async (view) => {
    const before = await cursorAfter(people[who], view, 99);
    const plans = await plansOf((queries) => new ConversationList(queries).page(people[who], { view, limit: PAGE, before }, SIZES.at));
    expectBounded(plans, { read: PAGE * 12, sorted: 60 });
  });

  test('the counts beside the views stop at a thousand each', async () => {
    const plans = await plansOf((queries) =>
      new InboxCounts(queries, new ConversationList(queries)).of({ ...people[who], groups: [] } as never),
    );
    const [views] = plans.filter(({ name }) => name === 'inbox-counts');
    expect(views!.rowsRead).toBeLessThanOrEqual(VIEWS.length * 1100);
    expect(views!.rowsSorted).toBe(0);
    expect(views!.indexes).toEqual(expect.arrayContaining(['conversations_mine', 'conversations_unassigned', 'conversations_quiet']));
  });
});

describe('a conversation of very many messages', () => {
  const thread = (queries: Queries): ThreadView =>
    new ThreadView(queries, new Threads(new Seal(['a-secret-that-is-only-for-tests-0123456789'])));

  test('opens with its last page, and scrolls back, by one index', async () => {
    const id = facts.longConversationId;
    let before: string | null = null;
    for (let page = 0; page < 40; page++) before = (await thread(database).page(id, { limit: PAGE, before: before ?? undefined })).next;
    for (const query of [{ limit: PAGE }, { limit: PAGE, before: before! }, { limit: PAGE, after: 10_000 }]) {
      const plans = await plansOf((queries) => thread(queries).page(id, query));
      // Facts: up to two hundred of the log's, with the names of two people each.
      expectBounded(plans, { read: 1000, sorted: 210 });
    }
  });
});

// What a search reads does not grow with the tables: three thousand of the newest, and what the index of words gives.
const READ_BY_SEARCH = 32_000;
describe.each([
  ['a frequent English word', () => facts.english.frequent],
  ['a rare English word', () => facts.english.rare],
  ['a frequent Chinese word', () => facts.chinese.frequent],
  ['a rare Chinese word', () => facts.chinese.rare],
  ['a name', () => facts.englishName],
  ['the end of a phone number', () => facts.phoneFragment],
  ['a claim number', () => facts.claimNumber],
])('the search for %s', (_, word) => {
  test('reads the newest rows and what the indexes of words give, never a whole table', async () => {
    const plans = await plansOf((queries) =>
      new SearchView(queries, new ConversationList(queries)).find(people.adjuster, word(), 20, SIZES.at),
    );
    expectBounded(plans, { read: READ_BY_SEARCH, sorted: 7000 });
    const indexes = plans.flatMap((plan) => plan.indexes);
    expect(indexes).toEqual(expect.arrayContaining(['message_words_at', 'contacts_words', 'claims_words']));
  });
});

test('a rare word is found by the index of words', async () => {
  const plans = await plansOf((queries) =>
    new ConversationList(queries).search(people.adjuster, { q: facts.chinese.rare, limit: PAGE }, SIZES.at),
  );
  expect(plans.at(-1)!.indexes).toContain('message_words_words');
});
