import { Threads, type Viewer } from '@claimline/conversations';
import { loadDataSet, type DataSetFacts } from '@claimline/conversations/testing';
import { Database, Seal, type Queries, type Statement } from '@claimline/database';
import { openTestDatabase, Overheard, readGenericPlan, readPlan, type PlanReading } from '@claimline/database/testing';
import { ClaimsOfCustomers } from './claims-of-customers.view';
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
async function plansOf(ask: (queries: Queries) => Promise<unknown>, read = readPlan): Promise<PlanReading[]> {
  const overheard = new Overheard(database);
  await ask(overheard);
  const plans: PlanReading[] = [];
  for (const statement of overheard.statements) plans.push(await read(database, statement));
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

  test.each(VIEWS)('"%s": so it is when PostgreSQL plans for any values', async (view) => {
    const before = await cursorAfter(people[who], view, 20);
    const ask = (queries: Queries) => new ConversationList(queries).page(people[who], { view, limit: PAGE, before }, SIZES.at);
    expectBounded(await plansOf(ask, readGenericPlan), { read: PAGE * 12, sorted: 60 });
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
      const by = (name: string): PlanReading => plans.find((plan) => plan.name === name)!;
      expect(by('thread-deliveries').indexes).toContain('deliveries_thread');
      expect(by('thread-beside').indexes).not.toContain('messages_pkey');
    }
  });

  test('scrolls back by the same indexes when PostgreSQL plans for any values', async () => {
    const { next } = await thread(database).page(facts.longConversationId, { limit: PAGE });
    const plans = await plansOf(
      (queries) => thread(queries).page(facts.longConversationId, { limit: PAGE, before: next! }),
      readGenericPlan,
    );
    expectBounded(plans, { read: 500, sorted: 210 });
    expect(plans.flatMap(({ indexes }) => indexes)).toEqual(expect.arrayContaining(['messages_thread', 'deliveries_thread']));
  });

  test.each([50, 100, 500])(
    'a page of %i asks for its messages, and for what was sent of them, four times side by side at most',
    async (limit) => {
      const { next } = await thread(database).page(facts.longConversationId, { limit: PAGE });
      const overheard = new Overheard(database);
      const { items } = await thread(overheard).page(facts.longConversationId, { limit, before: next! });
      expect(items).toHaveLength(limit);
      for (const name of ['thread-slice', 'thread-deliveries']) {
        expect(overheard.statements.filter((statement) => statement.name === name).length).toBeLessThanOrEqual(4);
      }
    },
  );

  test('scrolled back to its beginning it has shown every message once, in order', async () => {
    const seen: string[] = [];
    let before: string | null | undefined;
    for (; before !== null;) {
      const { items, next } = await thread(database).page(facts.longConversationId, { limit: 97, before });
      seen.unshift(...items.map(({ id }) => id));
      before = next;
    }
    const all = await database.query<{ id: string }>({
      name: '',
      text: 'SELECT id FROM messages WHERE conversation_id = $1 ORDER BY occurred_at, id',
      values: [facts.longConversationId],
    });
    expect(seen).toEqual(all.map(({ id }) => id));
  });

  test('an SMS that failed and the mail that took its place have reached the same person', async () => {
    const ask = <Row extends object>(text: string, values: unknown[]): Promise<Row[]> => database.query<Row>({ name: '', text, values });
    const [failed] = await ask<{ id: string; message_id: string }>(
      `UPDATE deliveries SET state = 'undeliverable' WHERE id = (SELECT id FROM deliveries WHERE conversation_id = $1 ORDER BY created_at DESC LIMIT 1) RETURNING id, message_id`,
      [facts.longConversationId],
    );
    await ask(
      `INSERT INTO deliveries (id, message_id, conversation_id, inbox_id, channel, to_value, purpose, priority, state, fallback_of, due_at, created_at, changed_at)
       SELECT gen_random_uuid(), message_id, conversation_id, inbox_id, 'mail', 'mei@mail.test', purpose, priority, 'delivered', id, due_at, now(), now() FROM deliveries WHERE id = $1`,
      [failed!.id],
    );
    const { items } = await thread(database).page(facts.longConversationId, { limit: PAGE });
    const message = items.find(({ id }) => id === failed!.message_id)!;
    expect(message.delivery).toEqual({ state: 'delivered' });
    expect(message.attempts.map(({ state }) => state)).toEqual(['undeliverable', 'delivered']);
  });

  test('a message that leaves while a page is fetched does not end the thread', async () => {
    const id = facts.longConversationId;
    const { next } = await thread(database).page(id, { limit: PAGE });
    let isFirst = true;
    const moving: Queries = {
      async query<Row extends object>(statement: Statement): Promise<Row[]> {
        const answered = await database.query<Row>(statement);
        if (statement.name !== 'thread-slice' || !isFirst) return answered;
        isFirst = false;
        return answered.slice(1);
      },
    };
    const [page, undisturbed] = [
      await thread(moving).page(id, { limit: PAGE, before: next! }),
      await thread(database).page(id, { limit: PAGE, before: next! }),
    ];
    expect(page).toEqual(undisturbed);
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
  expect(plans.flatMap(({ indexes }) => indexes)).toContain('message_words_words');
});

test('the claims of a few customers, which a demo tells at each start, are found by these customers', async () => {
  // A claim core calls them in a claim as it calls them everywhere.
  const some = await database.query<{ external_id: string }>({
    name: 'spec-policyholders',
    text: `WITH few AS (SELECT id, external_id FROM contacts k WHERE EXISTS (SELECT FROM claim_parties WHERE contact_id = k.id AND role = 'policyholder') ORDER BY id LIMIT 20),
             called AS (UPDATE claim_parties p SET external_id = few.external_id FROM few WHERE p.contact_id = few.id AND p.role = 'policyholder')
           SELECT external_id FROM few`,
    values: [],
  });
  const ids = some.map(({ external_id }) => external_id);
  const plans = await plansOf(async (queries) => expect((await new ClaimsOfCustomers(queries).byPolicyholder(ids)).size).toBe(20));
  expectBounded(plans, { read: 500, sorted: 200 });
});

describe('in a history of very many messages', () => {
  // As if two hundred times as many lay in these years: the first stretch for a word that is hardly ever said is some months then.
  const asIfMore = (times: number): Promise<unknown> =>
    database.query({
      name: '',
      text: `UPDATE pg_class SET reltuples = $1 WHERE oid = 'message_words'::regclass`,
      values: [SIZES.messages * times],
    });
  beforeAll(() => asIfMore(200));
  afterAll(() => asIfMore(1));

  describe.each([
    ['for what is asked', undefined],
    ['for any values', readGenericPlan],
  ])('planned %s', (_, read) => {
    test('a word that comes now and then is asked for by stretches of time, whose pages lie between those that hold it', async () => {
      const q = facts.english.middling;
      const first = await new ConversationList(database).search(people.adjuster, { q, limit: 20 }, SIZES.at);
      const plans = await plansOf(
        (queries) => new ConversationList(queries).search(people.adjuster, { q, limit: 20, before: first.next! }, SIZES.at),
        read,
      );
      const looks = plans.filter(({ name }) => /^inbox-(hits|found)-/.test(name));
      expect(looks.map(({ name }) => name)).toContain('inbox-hits-index');
      expect(looks.flatMap(({ indexes }) => indexes)).toEqual(expect.arrayContaining(['message_words_moment', 'message_words_words']));
      expectBounded(
        looks.filter(({ name }) => !name.endsWith('walk')),
        { read: 5000, sorted: 200 },
      );
    });

    test('what hardly any message holds is found by the index of words alone', async () => {
      const plans = await plansOf(
        (queries) => new ConversationList(queries).search(people.adjuster, { q: facts.claimNumber, limit: 20 }, SIZES.at),
        read,
      );
      const looks = plans.filter(({ name }) => name.startsWith('inbox-hits-'));
      expect(looks.map(({ name }) => name)).toEqual(['inbox-hits-few']);
      expect(looks.flatMap(({ indexes }) => indexes)).toContain('message_words_words');
      expect(looks.flatMap(({ indexes }) => indexes)).not.toContain('message_words_moment');
      expectBounded(looks, { read: 500, sorted: 200 });
    });
  });

  test('the conversations of many customers are not gathered over all the years', async () => {
    await database.query({
      name: '',
      text: `UPDATE contacts SET words = words || 'quoll'::tsvector WHERE id IN (SELECT id FROM contacts ORDER BY id LIMIT 20)`,
      values: [],
    });
    const plans = await plansOf((queries) => new ConversationList(queries).search(people.adjuster, { q: 'quoll', limit: 5 }, SIZES.at));
    expect(plans.map(({ name }) => name)).not.toContain('inbox-hits-few');
  });

  test('the conversations of a name are found in the index, and only those that are shown are read', async () => {
    const plans = await plansOf((queries) =>
      new ConversationList(queries).search(people.adjuster, { q: facts.englishName, limit: 5 }, SIZES.at),
    );
    const looks = plans.filter(({ name }) => /^inbox-(hits|found)-/.test(name));
    expect(looks.flatMap(({ indexes }) => indexes)).toContain('conversations_contact');
    expectBounded(looks, { read: 500, sorted: 200 });
  });
});
