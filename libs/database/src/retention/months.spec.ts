import { Database } from '../database';
import { newId } from '../ids';
import { openTestDatabase, type TestDatabase } from '../testing';
import { MonthlyTable, monthOf } from './months';

const AT = new Date('2026-11-22T08:00:00Z');
const day = (text: string): Date => new Date(`${text}T12:00:00Z`);

let place: TestDatabase;
let database: Database;
let journal: MonthlyTable;
beforeEach(async () => {
  place = await openTestDatabase();
  database = await Database.open({ url: place.url });
  journal = new MonthlyTable(database, 'inbound_raw', 'received_at');
});
afterEach(async () => {
  await database?.close();
  await place?.close();
});

const write = (at: Date): Promise<unknown> =>
  database.query({
    name: 'test-raw',
    text: `INSERT INTO inbound_raw (id, door, key_id, received_at) VALUES ($1, 'webhook', 'k', $2)`,
    values: [newId(at), at],
  });
/** Rows by the piece that they lie in. */
async function lying(): Promise<Record<string, number>> {
  const rows = await database.query<{ piece: string; count: number }>({
    name: '',
    text: `SELECT tableoid::regclass::text AS piece, count(*)::int AS count FROM inbound_raw GROUP BY 1`,
    values: [],
  });
  return Object.fromEntries(rows.map(({ piece, count }) => [piece, count]));
}

test.each([
  ['2026-12-31T23:59:59.999Z', 0, '2026_12', ['2026-12-01', '2027-01-01']],
  ['2026-12-31T23:59:59.999Z', 2, '2027_02', ['2027-02-01', '2027-03-01']],
  ['2026-01-01T00:00:00Z', -1, '2025_12', ['2025-12-01', '2026-01-01']],
])('the month of %s, %i later, is %s', (at, later, name, [from, to]) => {
  expect(monthOf(new Date(at), later)).toEqual({ name, from: new Date(from!), to: new Date(to!) });
});

test('this month and the next two are made before their time, once', async () => {
  expect(await journal.makeAhead(AT)).toBe(3);
  expect(await journal.makeAhead(AT)).toBe(0);
  expect(await new MonthlyTable(database, 'inbound_raw', 'received_at').makeAhead(AT)).toBe(0);
  expect((await journal.months(database)).map(({ name }) => name)).toEqual(['2026_11', '2026_12', '2027_01']);
  for (const at of ['2026-11-30', '2027-01-31', '2027-02-01']) await write(day(at));
  expect(await lying()).toEqual({ inbound_raw_2026_11: 1, inbound_raw_2027_01: 1, inbound_raw_rest: 1 });
});

test('rows that came before their month are moved into it, also after the clock has jumped; those of no month stay in the rest', async () => {
  for (const at of ['2026-10-31', '2026-11-01', '2026-11-30', '2027-06-15']) await write(day(at));
  await journal.makeAhead(AT);
  expect(await lying()).toEqual({ inbound_raw_rest: 2, inbound_raw_2026_11: 2 });
  expect(await journal.makeAhead(day('2027-06-15'))).toBe(3);
  expect(await lying()).toEqual({ inbound_raw_rest: 1, inbound_raw_2026_11: 2, inbound_raw_2027_06: 1 });
});

test('nobody who writes meanwhile is refused, and no row is lost', async () => {
  let written = 0;
  let making = true;
  const writers = [0, 1, 2, 3].map(async () => {
    while (making) {
      await write(new Date(AT.getTime() + written * 3_600_000));
      written++;
    }
  });
  for (let month = 0; month < 8; month++) await journal.makeAhead(monthOf(AT, month).from);
  making = false;
  await Promise.all(writers);
  expect(written).toBeGreaterThan(0);
  expect(Object.values(await lying()).reduce((sum, count) => sum + count, 0)).toBe(written);
});

test('who writes for long is not waited for, and nothing has changed: it is tried again', async () => {
  await write(AT);
  let release!: () => void;
  const held = new Promise<void>((resolve) => (release = resolve));
  let locked!: () => void;
  const isLocked = new Promise<void>((resolve) => (locked = resolve));
  const holder = database.transaction(async (tx) => {
    await tx.query({ name: '', text: 'LOCK TABLE inbound_raw IN ROW EXCLUSIVE MODE', values: [] });
    locked();
    await held;
  });
  await isLocked;
  await expect(journal.makeAhead(AT)).rejects.toMatchObject({ code: '55P03' });
  expect(await journal.months(database)).toEqual([]);
  release();
  await holder;
  expect(await journal.makeAhead(AT)).toBe(3);
  expect(await lying()).toEqual({ inbound_raw_2026_11: 1 });
});

test('fifty thousand rows of one month stay where they are', async () => {
  await database.query({
    name: '',
    text: `INSERT INTO inbound_raw (id, door, key_id, received_at) SELECT gen_random_uuid(), 'webhook', 'k', '2026-11-02Z' FROM generate_series(1, 50001)`,
    values: [],
  });
  expect(await journal.makeAhead(AT)).toBe(2);
  expect(await lying()).toEqual({ inbound_raw_rest: 50_001 });
});
