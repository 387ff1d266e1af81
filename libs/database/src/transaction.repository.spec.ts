import type { PoolClient } from 'pg';
import { Database } from './database';
import { openTestDatabase, type TestDatabase } from './testing';
import { RunnerTransaction, type Statement, type Transaction } from './transaction';
import { travel } from './trip';

let opened: TestDatabase;
let database: Database;
let client: PoolClient;
let isBroken = false;

beforeAll(async () => {
  opened = await openTestDatabase();
  database = await Database.open({ url: opened.url });
  await run('CREATE TABLE leaves (n int UNIQUE DEFERRABLE INITIALLY DEFERRED)');
  await run('CREATE SEQUENCE tries');
  await run(
    `CREATE FUNCTION refuse(state text) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused' USING ERRCODE = state; END $$`,
  );
});
afterAll(async () => {
  await database.close();
  await opened.close();
});
beforeEach(async () => {
  await run('TRUNCATE leaves');
  isBroken = false;
  client = await database.driverPool.connect();
});
afterEach(() => client.release(isBroken));

const run = (text: string): Promise<object[]> => database.query({ name: '', text, values: [] });
const write = (n: number): Statement => ({ name: 'spec-write', text: 'INSERT INTO leaves (n) VALUES ($1)', values: [n] });
const unread = (n: number): Statement => ({ ...write(n), unread: true });
const count: Statement = { name: 'spec-leaves', text: 'SELECT count(*)::int AS n FROM leaves', values: [] };
const refused = (state: string): Statement => ({ name: 'spec-refused', text: 'SELECT refuse($1)', values: [state] });

/** What is there for others. */
const leaves = async (): Promise<number[]> => (await run('SELECT n FROM leaves ORDER BY n')).map((row) => (row as { n: number }).n);

/** How often something crosses to PostgreSQL while `work` runs in a transaction on the connection that we look at. */
async function tripsOf(work: (tx: Transaction) => Promise<unknown>): Promise<number> {
  const crossing = jest.spyOn(client, 'query');
  const tx = new RunnerTransaction(client);
  try {
    await work(tx);
    await tx.commit();
    return crossing.mock.calls.length;
  } catch (error) {
    await tx.rollback();
    throw error;
  } finally {
    crossing.mockRestore();
  }
}

describe('trips', () => {
  test('a transaction begins with its first question and ends with what is written last', async () => {
    const trips = await tripsOf(async (tx) => {
      tx.beforeCommit(() => write(1));
      expect(await tx.query(count)).toEqual([{ n: 0 }]);
      tx.beforeCommit(() => write(2));
    });
    expect(trips).toBe(2);
    expect(await leaves()).toEqual([1, 2]);
  });

  test('what is asked at once crosses at once, each with its own answer', async () => {
    const trips = await tripsOf(async (tx) => {
      const [first, , second] = await Promise.all([tx.query(count), tx.query(write(1)), tx.query(count)]);
      expect([first, second]).toEqual([[{ n: 0 }], [{ n: 1 }]]);
    });
    expect(trips).toBe(2);
  });

  test('what nobody reads leaves with the next question, and is seen by it', async () => {
    const trips = await tripsOf(async (tx) => {
      expect(await tx.query(unread(1))).toEqual([]);
      expect(await tx.query(unread(2))).toEqual([]);
      expect(await tx.query(count)).toEqual([{ n: 2 }]);
      await tx.query(unread(3));
    });
    expect(trips).toBe(2);
    expect(await leaves()).toEqual([1, 2, 3]);
  });

  test('a transaction of nothing but unread statements is one trip, one that asks nothing none', async () => {
    expect(await tripsOf((tx) => tx.query(unread(1)))).toBe(1);
    expect(await tripsOf(async () => undefined)).toBe(0);
    expect(await leaves()).toEqual([1]);
  });

  test('several statements without a name go by themselves, in their place', async () => {
    const several = { name: '', text: 'INSERT INTO leaves VALUES (7); INSERT INTO leaves VALUES (8)', values: [] };
    await tripsOf(async (tx) => {
      await tx.query(unread(1));
      await Promise.all([tx.query(several), tx.query(write(9))]);
      expect(await tx.query(count)).toEqual([{ n: 4 }]);
    });
    expect(await leaves()).toEqual([1, 7, 8, 9]);
  });

  test('names that differ only behind what PostgreSQL tells apart are two statements', async () => {
    const named = (end: string): string => `a-list-with-${'very-'.repeat(12)}many-filters-${end}`;
    for (const end of ['one', 'two', 'one'])
      expect(await database.query({ name: named(end), text: `SELECT '${end}' AS said`, values: [] })).toEqual([{ said: end }]);
    await database.transaction(async (tx) => {
      for (const end of ['one', 'two'])
        expect(await tx.query({ name: named(end), text: `SELECT '${end}' AS said`, values: [] })).toEqual([{ said: end }]);
    });
  });

  test('rows are read as the driver reads them, also when their columns are known', async () => {
    const text = `SELECT 1::int AS a, 2::bigint AS b, NULL::text AS c, '{"d":[1]}'::jsonb AS e, ARRAY['f','g'] AS f, '\\x00ff'::bytea AS g, true AS h,
      '2026-01-02T03:04:05Z'::timestamptz AS i, $1::uuid AS j, $2::text[] AS k, $3::timestamptz AS l`;
    const values = ['0199a1b2-0000-7000-8000-000000000000', ['x "y"', 'z\\'], new Date('2026-05-06T07:08:09.123Z')];
    const { rows } = await database.driverPool.query(text, values);
    for (let times = 0; times < 2; times++) expect(await travel(client, [{ name: 'spec-types', text, values }])).toEqual([rows]);
  });
});

describe('what fails', () => {
  test('behind a statement that fails nothing of the same trip runs, with or without a transaction', async () => {
    await expect(travel(client, [refused('22012'), write(1)])).rejects.toMatchObject({ code: '22012' });
    expect(await leaves()).toEqual([]);
    // What was skipped has not been prepared, and is prepared now.
    await travel(client, [write(2)]);
    expect(await leaves()).toEqual([2]);
  });

  test('a first statement that fails leaves no transaction behind', async () => {
    await expect(tripsOf((tx) => tx.query(refused('22012')))).rejects.toMatchObject({ code: '22012' });
    await travel(client, [write(1)]);
    expect(await leaves()).toEqual([1]);
  });

  test('an unread statement that fails fails the next question, and a swallowed failure does not commit', async () => {
    const trying = tripsOf(async (tx) => {
      await tx.query(write(1));
      await tx.query({ ...refused('22012'), unread: true });
      await expect(tx.query(count)).rejects.toMatchObject({ code: '22012' });
      await expect(tx.query(write(2))).rejects.toMatchObject({ code: '22012' });
    });
    await expect(trying).rejects.toMatchObject({ code: '22012' });
    expect(await leaves()).toEqual([]);
  });

  test('an unread statement that fails with the commit fails it', async () => {
    const then = jest.fn();
    const trying = database.transaction(async (tx) => {
      tx.afterCommit(then);
      await tx.query(write(1));
      await tx.query({ ...refused('22012'), unread: true });
    });
    await expect(trying).rejects.toMatchObject({ code: '22012' });
    expect(then).not.toHaveBeenCalled();
    expect(await leaves()).toEqual([]);
  });

  test('of those that are asked at once all fail with the one that does; what waits behind them is not asked', async () => {
    const asked = tripsOf(async (tx) => {
      const together = [tx.query(write(1)), tx.query(refused('22012')), tx.query(count)];
      await Promise.resolve();
      const behind = tx.query(write(2));
      const ends = await Promise.allSettled([...together, behind]);
      expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'rejected']);
    });
    await expect(asked).rejects.toMatchObject({ code: '22012' });
    expect(await leaves()).toEqual([]);
  });

  test('a commit that is refused leaves nothing, tells nobody, and its connection serves the next', async () => {
    const then = jest.fn();
    const trying = database.transaction(async (tx) => {
      tx.afterCommit(then);
      await tx.query(write(1));
      tx.beforeCommit(() => write(1));
    });
    await expect(trying).rejects.toMatchObject({ code: '23505' });
    expect(then).not.toHaveBeenCalled();
    expect(await leaves()).toEqual([]);
  });

  test('the victim of a deadlock is done again, wherever its statement left', async () => {
    const once = (state: string): Statement => ({
      name: 'spec-once',
      text: `SELECT CASE WHEN nextval('tries') % 2 = 1 THEN refuse($1) END`,
      values: [state],
      unread: true,
    });
    let times = 0;
    await database.transaction(async (tx) => {
      times++;
      await tx.query(unread(1));
      tx.beforeCommit(() => once('40P01'));
    });
    await database.transaction(async (tx) => {
      times++;
      await tx.query(once('40001'));
      await tx.query(count);
    });
    expect(times).toBe(4);
    expect(await leaves()).toEqual([1]);
  });

  test('a connection that is lost within the commit is an error, and is given to nobody again', async () => {
    const lost: Statement = { name: 'spec-lost', text: 'SELECT pg_terminate_backend(pg_backend_pid())', values: [] };
    const trying = database.transaction(async (tx) => {
      await tx.query(write(1));
      tx.beforeCommit(() => lost);
    });
    await expect(trying).rejects.toThrow();
    expect(await Promise.all(Array.from({ length: 20 }, () => database.query(count)))).toEqual(Array(20).fill([{ n: 0 }]));
  });

  test('a value that cannot be written fails the transaction before anything of that trip is on its way', async () => {
    const ring: Record<string, unknown> = {};
    ring['ring'] = ring;
    const broken: Statement = { name: 'spec-json', text: 'SELECT $1::jsonb AS value', values: [ring] };
    const trying = tripsOf(async (tx) => {
      await tx.query(unread(1));
      await tx.query(broken);
    });
    await expect(trying).rejects.toThrow('circular');
    expect(await travel(client, [count])).toEqual([[{ n: 0 }]]);
  });

  test('a name that stands for another text is refused', async () => {
    await travel(client, [count]);
    await expect(travel(client, [{ ...write(1), name: count.name }])).rejects.toThrow('spec-leaves stands for another text');
    expect(await leaves()).toEqual([]);
  });

  test('a name that stands for two texts within one trip is refused', async () => {
    const two = [count, { ...count, text: 'SELECT 2 AS n' }].map((statement) => ({ ...statement, name: 'spec-two-texts' }));
    await expect(travel(client, two)).rejects.toThrow('spec-two-texts stands for another text');
  });

  test('what is asked while the commit is on its way is refused, not written behind it', async () => {
    const tx = new RunnerTransaction(client);
    await tx.query(write(1));
    const ending = tx.commit();
    await expect(tx.query(write(2))).rejects.toThrow('has been committed');
    await ending;
    expect(await leaves()).toEqual([1]);
  });

  test('a connection whose prepared rows have come to look otherwise is given up, so that the next ask is answered', async () => {
    await run('CREATE TABLE grows (n int)');
    const all: Statement = { name: 'spec-grows', text: 'SELECT * FROM grows', values: [] };
    await Promise.all(Array.from({ length: 30 }, () => database.query(all)));
    await run('ALTER TABLE grows ADD COLUMN m int');
    const ends: string[] = [];
    for (let n = 0; n < 45; n++)
      ends.push(
        await database.query(all).then(
          () => 'answered',
          ({ code }: { code: string }) => code,
        ),
      );
    expect(ends.slice(-5)).toEqual(Array(5).fill('answered'));
    expect(ends.filter((end) => end !== 'answered').every((end) => end === '0A000')).toBe(true);
    await run('DROP TABLE grows');
  });

  test('a connection that PostgreSQL ends fails whoever asked by it, and nobody after them', async () => {
    const lost: Statement = { name: 'spec-lost-alone', text: 'SELECT pg_terminate_backend(pg_backend_pid())', values: [] };
    await expect(database.query(lost)).rejects.toThrow();
    expect(await database.query(count)).toEqual([{ n: 0 }]);
  });

  test('a COPY that travels with others is refused, and the connection goes on', async () => {
    await expect(travel(client, [{ name: 'spec-copy', text: 'COPY leaves FROM STDIN', values: [] }])).rejects.toThrow('does not travel');
    expect(await travel(client, [count])).toEqual([[{ n: 0 }]]);
  });

  test('whoever does not wait for an answer asks no more when the transaction is over', async () => {
    let late: Promise<object[]> | undefined;
    await expect(
      tripsOf(async (tx) => {
        await tx.query(count);
        late = tx.query(count).then(() => tx.query(write(1)));
        late.catch(() => undefined);
        await Promise.resolve();
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    await expect(late).rejects.toThrow();
    expect(await leaves()).toEqual([]);
    const kept: Transaction[] = [];
    await tripsOf(async (tx) => void kept.push(tx));
    await expect(kept[0]!.query(write(2))).rejects.toThrow('has been committed');
  });

  test('a database that closes does not wait for transactions that wait for something else', async () => {
    const other = await Database.open({ url: opened.url });
    let goOn: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => {
      void other
        .transaction(async (tx) => {
          await tx.query(write(1));
          resolve();
          await new Promise<void>((go) => (goOn = go));
          await tx.query(write(2));
        })
        .catch(() => undefined);
    });
    await begun;
    await other.close();
    goOn();
    expect(await leaves()).toEqual([]);
  });
});

describe('brief questions', () => {
  const brief = (n: number): Statement => ({ name: 'spec-brief', brief: true, text: 'SELECT $1::int / ($1::int - 7) AS n', values: [n] });

  /** How often somebody takes a connection to ask outside of a transaction. */
  async function askedBy(work: () => Promise<unknown>): Promise<number> {
    const taken = jest.spyOn(database.driverPool, 'connect');
    await work();
    const { length } = taken.mock.calls;
    taken.mockRestore();
    return length;
  }

  test('those that are asked at once cross together, and those that come meanwhile are the next trip', async () => {
    const trips = await askedBy(async () => {
      const first = [brief(8), brief(14), brief(8)].map((one) => database.query(one));
      await Promise.resolve();
      await Promise.resolve();
      const second = [brief(21), brief(28)].map((one) => database.query(one));
      expect(await Promise.all([...first, ...second])).toEqual([[{ n: 8 }], [{ n: 2 }], [{ n: 8 }], [{ n: 1 }], [{ n: 1 }]]);
    });
    expect(trips).toBe(2);
  });

  test('one that fails does so alone', async () => {
    const ends = await Promise.allSettled([brief(8), brief(7), brief(14)].map((one) => database.query(one)));
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    await expect(database.query(brief(7))).rejects.toMatchObject({ code: '22012' });
  });

  test('one that does more than read is refused: with others it would be undone by their failure', async () => {
    await expect(database.query({ ...write(1), brief: true })).rejects.toThrow('does more than read');
    expect(await leaves()).toEqual([]);
  });

  test('in a transaction it is a question like any other', async () => {
    await tripsOf(async (tx) => {
      await tx.query(write(1));
      expect(await tx.query({ ...count, brief: true })).toEqual([{ n: 1 }]);
    });
  });
});
