import { Database } from '@claimline/database';
import { openTestDatabase, type TestDatabase } from '@claimline/database/testing';
import { isPassword } from '@claimline/people';
import { readConfig } from './config';
import { FirstRunRefused, makeFirst, readFirstRun } from './first-run';

const AT = new Date('2026-11-22T08:00:00Z');
const clock = { now: () => AT };
const typed = ['--email', 'Boss@Example.test', '--name', 'Li Na', '--brand', 'An He 安和'];

let test_: TestDatabase;
let database: Database;
beforeEach(async () => {
  test_ = await openTestDatabase();
  database = await Database.open({ url: test_.url });
});
afterEach(async () => {
  await database.close();
  await test_.close();
});

const rows = (text: string): Promise<any[]> => database.query<any>({ name: '', text, values: [] });
const platform = () => ({ database, config: readConfig({ DATABASE_URL: test_.url, HUB_SECRET: 'x' }) });

test('the first run makes one brand and one administrator who can sign in', async () => {
  const first = readFirstRun([...typed, '--language', 'zh-CN', '--zone', 'Asia/Shanghai'], 'a long enough password');
  await makeFirst(platform(), first, clock);
  expect(await rows('SELECT key, name, default_language, time_zone FROM brands')).toEqual([
    { key: 'an-he', name: 'An He 安和', default_language: 'zh-CN', time_zone: 'Asia/Shanghai' },
  ]);
  const [account, ...more] = await rows('SELECT * FROM accounts');
  expect(more).toEqual([]);
  expect(account).toMatchObject({ email: 'boss@example.test', role: 'administrator', demo: false, active: true, locale: 'zh-CN' });
  expect(await isPassword(account.password_hash, 'a long enough password')).toBe(true);
  expect(await rows('SELECT action, subject_id FROM audit')).toEqual([{ action: 'account.make', subject_id: account.id }]);
});

test('it refuses where somebody can sign in already, and changes nothing', async () => {
  await makeFirst(platform(), readFirstRun(typed, undefined), clock);
  const second = readFirstRun(['--email', 'other@example.test', '--name', 'Other', '--brand', 'Other'], undefined);
  await expect(makeFirst(platform(), second, clock)).rejects.toThrow('has accounts already');
  expect(await rows('SELECT name FROM brands')).toEqual([{ name: 'An He 安和' }]);
});

test('of two first runs at once one wins and the other is refused', async () => {
  const runs = ['a', 'b'].map((name) =>
    makeFirst(platform(), readFirstRun(['--email', `${name}@example.test`, '--name', name, '--brand', name], undefined), clock),
  );
  const outcomes = await Promise.allSettled(runs);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await rows('SELECT count(*)::int AS n FROM accounts')).toEqual([{ n: 1 }]);
});

test('a made password is long and another one each time', () => {
  const [one, two] = [readFirstRun(typed, undefined), readFirstRun(typed, undefined)];
  expect(one.password.length).toBeGreaterThanOrEqual(24);
  expect(one.password).not.toBe(two.password);
});

test.each([
  ['no address', ['--name', 'x', '--brand', 'y'], undefined, '--email'],
  ['a bad address', [...typed, '--email', 'nobody'], undefined, '--email'],
  ['a zone that is none', [...typed, '--zone', 'Mars/Olympus'], undefined, '--zone'],
  ['a language we do not speak', [...typed, '--language', 'fr'], undefined, '--language'],
  ['a short password', typed, 'short', '--password'],
  ['a word too many', [...typed, '--admin'], undefined, '--admin'],
])('%s is refused with the usage', (_, args, password, named) => {
  const attempt = (): unknown => readFirstRun(args, password);
  expect(attempt).toThrow(FirstRunRefused);
  expect(attempt).toThrow(named);
  expect(attempt).toThrow('Usage: npm run first-run');
});
