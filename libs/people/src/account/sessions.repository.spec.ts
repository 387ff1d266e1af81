import { Database, newId } from '@claimline/database';
import { openTestDatabase, type TestDatabase } from '@claimline/database/testing';
import { Sessions } from './sessions.repository';

const at = (hour: number, minute = 0): Date => new Date(Date.UTC(2026, 10, 22, hour, minute));
const sessions = new Sessions(false);
let test: TestDatabase;
let database: Database;

beforeAll(async () => {
  test = await openTestDatabase();
  database = await Database.open({ url: test.url });
});
afterAll(async () => {
  await database.close();
  await test.close();
});

async function account(over: { active?: boolean; demo?: boolean } = {}): Promise<string> {
  const id = newId(at(0));
  const text = `INSERT INTO accounts (id, email, name, password_hash, role, active, demo, created_at) VALUES ($1, $2, 'x', '', 'adjuster', $3, $4, $5)`;
  await database.query({ name: '', text, values: [id, id, over.active ?? true, over.demo ?? false, at(0)] });
  return id;
}
const opened = async (accountId: string): Promise<string> => (await sessions.open(database, accountId, at(0))).token;
const ids = async (tokens: readonly string[], now: Date): Promise<(string | undefined)[]> =>
  (await sessions.accounts(database, tokens, now)).map((row) => row?.id);

it('each token is answered for by itself, in the order of the question', async () => {
  const [ann, ben, closed, made] = [await account(), await account(), await account({ active: false }), await account({ demo: true })];
  const [hers, his] = [await opened(ann), await opened(ben)];
  const ended = await opened(ben);
  await sessions.end(database, ended);
  const asked = [his, 'nobody', hers, ended, await opened(closed), await opened(made), his];
  expect(await ids(asked, at(1))).toEqual([ben, undefined, ann, undefined, undefined, undefined, ben]);
});

it('a session that is used goes on, and ends after twelve hours without', async () => {
  const ann = await account();
  const [used, left] = [await opened(ann), await opened(ann)];
  expect(await ids([used], at(8))).toEqual([ann]);
  expect(await ids([used, left], at(13))).toEqual([ann, undefined]);
});

it('a session that somebody else is changing keeps nobody waiting', async () => {
  const ann = await account();
  const token = await opened(ann);
  await database.transaction(async (tx) => {
    await tx.query({ name: '', text: 'UPDATE sessions SET seen_at = seen_at WHERE account_id = $1', values: [ann] });
    expect(await ids([token], at(1))).toEqual([ann]);
  });
});
