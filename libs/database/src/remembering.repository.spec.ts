import { Database } from './database';
import { RememberingTransaction, TABLES_WITH_TRIGGERS } from './remembering';
import { SteadyAnswers } from './steady-answers';
import { openTestDatabase, type TestDatabase } from './testing';
import type { Statement, Transaction } from './transaction';

let opened: TestDatabase;
let database: Database;

beforeAll(async () => {
  opened = await openTestDatabase();
  database = await Database.open({ url: opened.url });
});
afterAll(async () => {
  await database.close();
  await opened.close();
});

const position: Statement = { name: 'spec-position', text: 'SELECT position FROM consumers WHERE name = $1', values: ['spec'] };
const move = (to: number): Statement => ({
  name: 'spec-move',
  text: 'INSERT INTO consumers (name, position) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET position = excluded.position',
  values: ['spec', to],
});
const count: Statement = { name: 'spec-count', text: 'SELECT count(*)::int AS n FROM rate_counters', values: [] };

/** What got through to the database while `work` ran. */
async function asked(work: (tx: Transaction) => Promise<void>): Promise<string[]> {
  const names: string[] = [];
  await database.transaction(async (tx) => {
    const counted: Transaction = {
      query: (statement) => (names.push(statement.name), tx.query(statement)),
      beforeCommit: (last) => tx.beforeCommit(last),
      afterCommit: (then) => tx.afterCommit(then),
    };
    await work(new RememberingTransaction(counted, new SteadyAnswers()));
  });
  return names;
}

test('the same question is asked once; with other values it is another question', async () => {
  const names = await asked(async (tx) => {
    await tx.query(position);
    await tx.query({ ...position, values: ['other'] });
    await tx.query(position);
  });
  expect(names).toEqual(['spec-position', 'spec-position']);
});

test('one name with two texts is never answered from memory: it is refused', async () => {
  const clash = asked(async (tx) => {
    await tx.query(position);
    await tx.query({ ...position, text: 'SELECT name FROM consumers WHERE name = $1' });
  });
  await expect(clash).rejects.toThrow('spec-position stands for another text');
});

test('after a write everything is asked again and sees what was written', async () => {
  const seen: unknown[] = [];
  const names = await asked(async (tx) => {
    for (const at of [1, 2]) {
      await tx.query(count);
      await tx.query(move(at));
      seen.push(...(await tx.query<{ position: string }>(position)));
    }
  });
  expect(seen).toEqual([{ position: '1' }, { position: '2' }]);
  expect(names).toEqual(['spec-count', 'spec-move', 'spec-position', 'spec-count', 'spec-move', 'spec-position']);
});

test('a row that is locked once is not locked again, and a function with an effect always runs', async () => {
  const lock: Statement = { name: 'spec-lock', text: 'SELECT position FROM consumers WHERE name = $1 FOR UPDATE', values: ['spec'] };
  const effect: Statement = { name: 'spec-effect', text: `SELECT set_config('claimline.spec', $1, true)`, values: ['x'] };
  const names = await asked(async (tx) => {
    for (const statement of [lock, effect, lock, effect]) await tx.query(statement);
  });
  expect(names).toEqual(['spec-lock', 'spec-effect', 'spec-effect']);
});

test('statements without a name are each their own, also with the same values', async () => {
  const first: Statement = { name: '', text: 'SELECT $1::int AS n, count(*)::int AS keys FROM idempotency_keys', values: [7] };
  const second: Statement = { name: '', text: 'SELECT $1::int + 1 AS n, count(*)::int AS keys FROM idempotency_keys', values: [7] };
  const seen: object[] = [];
  const names = await asked(async (tx) => {
    for (const statement of [first, second, first]) seen.push(...(await tx.query(statement)));
  });
  expect(seen).toMatchObject([{ n: 7 }, { n: 8 }, { n: 7 }]);
  expect(names).toEqual(['', '', '']);
});

test('work that is asked for twice is done twice, also where a function stands in the place of a table', async () => {
  const ask: Statement = { name: 'spec-ask', text: 'SELECT n FROM generate_series(1, $1::int) AS n', values: [1] };
  expect(await asked(async (tx) => void (await tx.query(ask), await tx.query(ask)))).toEqual(['spec-ask', 'spec-ask']);
});

test('who has waited for a lock sees what was committed meanwhile; what is held stays known', async () => {
  const lock: Statement = { name: 'spec-own', text: 'SELECT position FROM consumers WHERE name = $1 FOR UPDATE', values: ['held'] };
  const other: Statement = { ...position, values: ['other'] };
  await database.query(move(1));
  await database.query({ ...move(1), values: ['held', 1] });
  let seen: object[] = [];
  const names = await asked(async (tx) => {
    await tx.query(lock);
    expect(await tx.query(other)).toEqual([]);
    await database.query({ ...move(7), values: ['other', 7] });
    await tx.query({ name: 'spec-advisory', text: 'SELECT pg_advisory_xact_lock($1)', values: [4711] });
    seen = await tx.query(other);
    await tx.query(lock);
  });
  expect(seen).toEqual([{ position: '7' }]);
  expect(names).toEqual(['spec-own', 'spec-position', 'spec-advisory', 'spec-position']);
});

test('rows that are held stay known over a write elsewhere, and not over one to their table', async () => {
  const lock: Statement = { name: 'spec-own', text: 'SELECT position FROM consumers WHERE name = $1 FOR UPDATE', values: ['held'] };
  const elsewhere: Statement = { name: 'spec-touch', text: 'UPDATE idempotency_keys SET status = 200 WHERE key = $1', values: ['none'] };
  const names = await asked(async (tx) => {
    for (const statement of [lock, elsewhere, lock, move(4), lock]) await tx.query(statement);
  });
  expect(names).toEqual(['spec-own', 'spec-touch', 'spec-move', 'spec-own']);
});

test('every table that a statement names counts, wherever in it; what removes rows may have taken others along', async () => {
  const both: Statement = {
    name: 'spec-both',
    text: 'SELECT c.name FROM rate_counters r, consumers c WHERE c.name = r.bucket',
    values: [],
  };
  const remove: Statement = { name: 'spec-remove', text: 'DELETE FROM idempotency_keys WHERE key = $1', values: ['none'] };
  const names = await asked(async (tx) => {
    for (const statement of [both, count, move(3), both, count, remove, both, count]) await tx.query(statement);
  });
  expect(names).toEqual(['spec-both', 'spec-count', 'spec-move', 'spec-both', 'spec-count', 'spec-remove', 'spec-both', 'spec-count']);
});

test('a question that failed is not answered from memory with its failure in the next transaction', async () => {
  const broken: Statement = {
    name: 'spec-broken',
    text: 'SELECT 1 / (position - position) FROM consumers WHERE name = $1',
    values: ['spec'],
  };
  await expect(asked(async (tx) => void (await tx.query(broken)))).rejects.toThrow('division by zero');
  expect(await asked(async (tx) => void (await tx.query(position)))).toEqual(['spec-position']);
});

test('every table whose trigger writes another one is known', async () => {
  const rows = await database.query<{ table: string; body: string }>({
    name: '',
    text: `SELECT t.tgrelid::regclass::text AS table, p.prosrc AS body FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_class c ON c.oid = t.tgrelid
           JOIN pg_namespace n ON n.oid = c.relnamespace WHERE NOT t.tgisinternal AND n.nspname = 'public'`,
    values: [],
  });
  const writing = rows.filter(({ body }) => /\b(UPDATE|INSERT INTO|DELETE FROM)\b/i.test(body)).map(({ table }) => table);
  expect(rows.length).toBeGreaterThan(0);
  expect([...TABLES_WITH_TRIGGERS].sort()).toEqual([...new Set(writing)].sort());
});
