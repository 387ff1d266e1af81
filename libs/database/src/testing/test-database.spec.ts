import { Client } from 'pg';
import { openEmptyDatabase, openTestDatabase } from '.';
import { onDatabase } from './administrator';
import { testRunFolder } from './config';
import { templateOf } from './template-name';
import { testServerUrl } from './test-server';

async function rows(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

const tables = (url: string) => rows(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename");

describe('a test database', () => {
  it('has every table of the migrations and is apart from every other one', async () => {
    const [one, two] = await Promise.all([openTestDatabase(), openTestDatabase()]);
    expect((await tables(one.url)).length).toBeGreaterThan(10);
    expect(await tables(two.url)).toEqual(await tables(one.url));
    await rows(one.url, 'CREATE TABLE only_here ()');
    expect(await tables(two.url)).not.toContainEqual({ tablename: 'only_here' });
    await Promise.all([one.close(), two.close()]);
  });

  it('is gone after close, although a session was left open in it', async () => {
    const database = await openTestDatabase();
    const left = new Client({ connectionString: database.url });
    const ended = new Promise((done) => left.once('end', done));
    left.on('error', () => undefined);
    await left.connect();
    await database.close();
    await ended;
    await expect(rows(database.url, 'SELECT 1')).rejects.toThrow(/does not exist/);
  });

  it('can be empty, for specs of the migrations themselves', async () => {
    const database = await openEmptyDatabase();
    expect(await tables(database.url)).toEqual([]);
    await database.close();
  });

  it('comes from a template that no session can enter, or it could not be cloned', async () => {
    await (await openTestDatabase()).close();
    const template = onDatabase(await testServerUrl(), templateOf(testRunFolder()));
    await expect(rows(template, 'SELECT 1')).rejects.toThrow(/not currently accepting connections/);
  });
});
