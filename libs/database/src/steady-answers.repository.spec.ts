import { EventEmitter } from 'node:events';
import { Database } from './database';
import { Wakeups } from './log/wakeups';
import { CONFIGURATION_TABLES } from './steady-answers';
import { openTestDatabase, type TestDatabase } from './testing';
import type { Queries, Statement } from './transaction';

let place: TestDatabase;
let here: Database;
let there: Database;
let wakeups: Wakeups;

beforeEach(async () => {
  place = await openTestDatabase();
  [here, there] = [await Database.open({ url: place.url }), await Database.open({ url: place.url })];
  wakeups = new Wakeups(here, place.url);
  await wakeups.open();
  here.steady.follow(wakeups);
});
afterEach(async () => {
  await wakeups.close();
  await here.close();
  await there.close();
  await place.close();
});

const read: Statement = {
  name: 'spec-setting',
  text: `SELECT value FROM settings WHERE key = 'spec' ORDER BY version DESC LIMIT 1`,
  values: [],
  steady: true,
};
const write = (version: number): Statement => ({
  name: 'spec-setting-write',
  text: `INSERT INTO settings (key, version, value, at) VALUES ('spec', $1, jsonb_build_object('version', $1::int), now())`,
  values: [version],
});
const value = async (queries: Queries): Promise<unknown> => (await queries.query<{ value: { version: number } }>(read))[0]?.value;
/** Changes a setting so that nobody is told of it: what is read afterwards shows whether it came from memory. */
async function slip(version: number): Promise<void> {
  await there.transaction(async (tx) => {
    await tx.query({ name: '', text: `SET LOCAL session_replication_role = replica`, values: [] });
    await tx.query(write(version));
  });
}
/** Does it and waits until this process has been told of it. */
async function told(work: () => Promise<unknown>): Promise<void> {
  const heard = new Promise<void>((resolve) => void wakeups.on('configuration', resolve));
  await work();
  await heard;
}

test('what is steady is asked once for all transactions, and anew once it has been changed elsewhere', async () => {
  await told(() => there.query(write(1)));
  expect(await value(here)).toEqual({ version: 1 });
  await slip(2);
  expect(await here.transaction((tx) => value(tx))).toEqual({ version: 1 });
  expect(await value(there)).toEqual({ version: 2 });
  await told(() => there.query(write(3)));
  expect(await value(here)).toEqual({ version: 3 });
});

test('whoever changes configuration sees it at once, in the transaction and after it; nobody else sees what is not committed', async () => {
  expect(await value(here)).toBeUndefined();
  await here.transaction(async (tx) => {
    await tx.query(write(1));
    expect(await value(tx)).toEqual({ version: 1 });
    expect(await value(here)).toBeUndefined();
  });
  expect(await value(here)).toEqual({ version: 1 });
  await here.query(write(2));
  expect(await value(here)).toEqual({ version: 2 });
});

test('an answer that was asked for before a change is not kept after it', async () => {
  let release!: () => void;
  const held = new Promise<void>((resolve) => (release = resolve));
  const before = await there.query<{ value: object }>(read);
  const slow = here.steady.answer(read, () => held.then(() => before));
  await here.query(write(1));
  release();
  expect(await slow).toEqual([]);
  expect(await value(here)).toEqual({ version: 1 });
});

test('while nobody tells of changes nothing is remembered', async () => {
  const news = Object.assign(new EventEmitter(), { isListening: true });
  there.steady.follow(news as never);
  expect(await value(there)).toBeUndefined();
  await here.transaction(async (tx) => {
    await tx.query({ name: '', text: 'SET LOCAL session_replication_role = replica', values: [] });
    await tx.query(write(1));
  });
  expect(await value(there)).toBeUndefined();
  news.isListening = false;
  expect(await value(there)).toEqual({ version: 1 });
});

test('a lost connection to the news makes a process forget', async () => {
  expect(await value(here)).toBeUndefined();
  await slip(1);
  await told(() =>
    there.query({
      name: '',
      text: `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'claimline wakeups'`,
      values: [],
    }),
  );
  expect(await value(here)).toEqual({ version: 1 });
});

test('an answer cannot be changed by whoever is given it', async () => {
  await here.query(write(1));
  const [row] = await here.query<{ value: { version: number } }>(read);
  expect(() => (row!.value.version = 7)).toThrow(TypeError);
});

test('what reads anything but configuration cannot be called steady', async () => {
  const text = 'SELECT s.key FROM settings s JOIN accounts a ON a.id = s.by';
  await expect(here.query({ name: 'spec-wrong', text, values: [], steady: true })).rejects.toThrow(
    'spec-wrong cannot be steady: it reads accounts',
  );
});

test('each configuration table tells of its changes', async () => {
  const rows = await here.query<{ table: string }>({
    name: '',
    text: `SELECT t.tgrelid::regclass::text AS table FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid WHERE p.proname = 'tell_configuration'`,
    values: [],
  });
  expect(rows.map(({ table }) => table).sort()).toEqual([...CONFIGURATION_TABLES].sort());
});
