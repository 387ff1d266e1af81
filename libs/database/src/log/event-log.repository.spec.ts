import { setTimeout as sleep } from 'node:timers/promises';
import { Database } from '../database';
import { Leases } from '../leases';
import { openTestDatabase, type TestDatabase } from '../testing';
import type { Statement, Transaction } from '../transaction';
import type { Consumer } from './consumer';
import { ConsumerRunner, type ConsumerDeps } from './consumer-runner';
import { logEnd, readLog, type LoggedEvent } from './event-log';
import { Outbox } from './outbox';
import { giveUp, listParked } from './parked-events';
import { Sequencer } from './sequencer';
import { Wakeups } from './wakeups';

const AT = new Date('2026-11-22T08:00:00Z');

let test_: TestDatabase;
let database: Database;
let wakeups: Wakeups;
let outbox: Outbox;
let sequencer: Sequencer;
let leases: Leases;
let now = AT;

beforeEach(async () => {
  test_ = await openTestDatabase();
  database = await Database.open({ url: test_.url });
  wakeups = new Wakeups(database, test_.url);
  await wakeups.open();
  outbox = new Outbox(wakeups);
  leases = new Leases(database, { ttlMs: 600 });
  sequencer = new Sequencer(database, leases, wakeups);
  now = AT;
});
afterEach(async () => {
  await wakeups.close();
  await database.close();
  await test_.close();
});

const event = (type: string, conversationId: string | null = null): { type: string; conversationId: string | null; payload: object } => ({
  type,
  conversationId,
  payload: {},
});
const write = (type: string, conversationId: string | null = null): Promise<void> =>
  database.transaction((tx) => outbox.append(tx, AT, [event(type, conversationId)]));

test('two writers whose commits cross: whoever has read up to a position has missed nothing', async () => {
  let release!: () => void;
  const held = new Promise<void>((resolve) => (release = resolve));
  let begun!: () => void;
  const started = new Promise<void>((resolve) => (begun = resolve));
  const slow = database.transaction(async (tx) => {
    // Its place in the outbox is taken, as if its commit took long.
    await tx.query({
      name: '',
      text: `INSERT INTO outbox (id, type, payload, at) VALUES (gen_random_uuid(), 'slow', '{}', $1)`,
      values: [AT],
    });
    begun();
    await held;
  });
  await started;
  await write('fast');
  await sequencer.move();
  const first = await readLog(database, 0, 10);
  expect(first.map((one) => one.type)).toEqual(['fast']);

  release();
  await slow;
  await sequencer.move();
  const rest = await readLog(database, first.at(-1)!.position, 10);
  expect(rest.map((one) => one.type)).toEqual(['slow']);
});

test('what the steps of a transaction tell is written by one statement, in the order in which they told it', async () => {
  const written: Statement[] = [];
  await database.transaction(async (tx) => {
    const beforeCommit = tx.beforeCommit.bind(tx);
    jest.spyOn(tx, 'beforeCommit').mockImplementation((last) => beforeCommit(() => (written.push(last()), written.at(-1)!)));
    await outbox.append(tx, AT, [event('first'), event('second')]);
    await outbox.append(tx, AT, []);
    await outbox.append(tx, AT, [event('third')]);
    expect(written).toEqual([]);
  });
  expect(written.map(({ name }) => name)).toEqual(['outbox-append']);
  const before = await logEnd(database);
  await sequencer.move();
  expect((await readLog(database, before, 10)).map(({ type }) => type)).toEqual(['first', 'second', 'third']);
});

test('what is rolled back never happened', async () => {
  const failing = database.transaction(async (tx) => {
    await outbox.append(tx, AT, [event('never')]);
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  await sequencer.move();
  expect(await logEnd(database)).toBe(0);
});

test('two sequencers at once give no position twice and lose nothing', async () => {
  for (let i = 0; i < 50; i++) await write(`event-${i}`);
  const other = new Sequencer(database, leases, wakeups);
  await Promise.allSettled([sequencer.move(), other.move()]);
  await sequencer.move();
  const all = await readLog(database, 0, 100);
  expect(all.map((one) => one.type).sort()).toEqual(Array.from({ length: 50 }, (_, i) => `event-${i}`).sort());
  expect(new Set(all.map((one) => one.position)).size).toBe(50);
});

test('what follows the log and is told of what comes looks once for each, and not again to find nothing', async () => {
  const asked: string[] = [];
  const query = database.query.bind(database);
  jest.spyOn(database, 'query').mockImplementation((statement) => (asked.push(statement.name), query(statement)));
  const [handled, stop] = [[] as string[], new AbortController()];
  const consumer: Consumer = { name: 'tester', types: ['good'], handle: async (_, { type }) => void handled.push(type) };
  const deps: ConsumerDeps = { database, leases, wakeups, clock: { now: () => now }, onParked: () => undefined };
  const running = [sequencer.run(stop.signal), new ConsumerRunner(deps, consumer).run(stop.signal)];
  const count = (name: string): number => asked.filter((one) => one === name).length;
  // Both have looked once, have found nothing, and wait.
  while (count('sequencer-move') < 1 || count('log-read-of') < 1) await sleep(5);
  await sleep(50);
  asked.splice(0);
  const begun = performance.now();
  await write('other');
  while ((await logEnd(database)) < 1) await sleep(5);
  await write('good');
  while (handled.length < 1) await sleep(5);
  await sleep(50);
  // The net below looks each second, whether or not there is anything.
  const net = Math.floor((performance.now() - begun) / 1000);
  expect(count('sequencer-move')).toBeLessThanOrEqual(2 + net);
  expect(count('log-read-of')).toBeLessThanOrEqual(1 + net);
  stop.abort();
  await Promise.all(running);
});

describe('a consumer', () => {
  const A = '01930000-0000-7000-8000-00000000000a';
  const B = '01930000-0000-7000-8000-00000000000b';

  function runner(handle: Consumer['handle'], more: Partial<Consumer> & Pick<ConsumerDeps, 'giveWay'> = {}): ConsumerRunner {
    const { giveWay, ...rest } = more;
    const consumer: Consumer = { name: 'tester', types: ['good', 'bad'], handle, ...rest };
    return new ConsumerRunner({ database, leases, wakeups, clock: { now: () => now }, onParked: () => undefined, giveWay }, consumer);
  }

  test('an event that fails waits, later ones of its conversation wait behind it, others pass; mended, all are handled in order', async () => {
    await write('good', A);
    await write('bad', A);
    await write('good', A);
    await write('good', B);
    await sequencer.move();
    const handled: string[] = [];
    let broken = true;
    const reader = runner(async (_, one) => {
      if (one.type === 'bad' && broken) throw new Error('cannot');
      handled.push(`${one.type} ${one.conversationId === A ? 'A' : 'B'}`);
    });
    await reader.step();
    expect(handled).toContain('good B');
    expect(handled).not.toContain('bad A');
    expect((await listParked(database, 10)).map((one) => one.position).sort()).toEqual([2, 3]);

    handled.length = 0;
    broken = false;
    now = new Date(AT.getTime() + 60_000);
    await reader.step();
    await reader.step();
    expect(handled).toEqual(['bad A', 'good A']);
    expect(await listParked(database, 10)).toEqual([]);
  });

  test('its effect and its position are one: a crash between them is not possible', async () => {
    await database.query({ name: 'effects', text: 'CREATE TABLE effects (position bigint PRIMARY KEY)', values: [] });
    for (let i = 0; i < 20; i++) await write('good');
    await sequencer.move();
    const effect = async (tx: Transaction, one: LoggedEvent): Promise<void> =>
      void (await tx.query({ name: 'effect', text: 'INSERT INTO effects VALUES ($1)', values: [one.position] }));
    let calls = 0;
    await runner(async (tx, one) => {
      await effect(tx, one);
      if (++calls === 10) throw new Error('killed');
    })
      .step()
      .catch(() => undefined);
    now = new Date(AT.getTime() + 60_000);
    const again = runner(effect);
    await again.step();
    await again.step();
    const [row] = await database.query<{ n: string }>({ name: 'effects-count', text: 'SELECT count(*) AS n FROM effects', values: [] });
    expect(Number(row!.n)).toBe(20);
  });

  test('who has lost the lease and does not know it yet handles nothing a second time', async () => {
    await database.query({ name: '', text: 'CREATE TABLE done_once (position bigint)', values: [] });
    const effect = async (tx: Transaction, one: LoggedEvent): Promise<void> =>
      void (await tx.query({ name: 'done-once', text: 'INSERT INTO done_once VALUES ($1)', values: [one.position] }));
    const [asleep, awake] = [runner(effect), runner(effect)];
    for (const reader of [asleep, awake]) {
      await write('good');
      await sequencer.move();
      await reader.step();
    }
    await asleep.step();
    await write('good');
    await sequencer.move();
    await asleep.step();
    const rows = await database.query<{ position: string }>({ name: '', text: 'SELECT position FROM done_once ORDER BY 1', values: [] });
    expect(rows.map(({ position }) => Number(position))).toEqual([1, 2, 3]);
    expect(await listParked(database, 10)).toEqual([]);
  });

  test('what only others read passes by, and is known to the database soon: else old events would be kept for ever', async () => {
    const reader = runner(async () => undefined);
    const kept = async () =>
      Number(
        (
          await database.query<{ position: string }>({ name: '', text: `SELECT position FROM consumers WHERE name = 'tester'`, values: [] })
        )[0]!.position,
      );
    await write('good');
    await write('nobody reads this');
    await sequencer.move();
    await reader.step();
    expect(await kept()).toBe(2);
    await write('nor this');
    await sequencer.move();
    while ((await kept()) < 3) await reader.step().then(() => sleep(50));
    expect(await reader.step()).toBe(0);
  });

  test('an event that a person gives up while it is tried again stays given up', async () => {
    await write('bad', A);
    await sequencer.move();
    let givenUp: Promise<unknown> = Promise.resolve();
    let tries = 0;
    const reader = runner(async (_, one) => {
      // The second try of one batch is the one by itself; the third is that of the parked event, whose row it holds.
      if (++tries === 3) givenUp = giveUp(database, one.position, now);
      throw new Error('cannot');
    });
    await reader.step();
    expect(await listParked(database, 10)).toMatchObject([{ position: 1, attempts: 0 }]);
    now = new Date(AT.getTime() + 60_000);
    await reader.step();
    expect([tries, await givenUp]).toEqual([3, true]);
    expect(await listParked(database, 10)).toEqual([]);
  });

  test('slow follow-ups do not share one long transaction: each is committed before the next begins, and gives way to what is more urgent', async () => {
    for (let i = 0; i < 3; i++) await write('good');
    await sequencer.move();
    const places: number[] = [];
    let turns = 0;
    await runner(
      async () => {
        const [row] = await database.query<{ position: string }>({
          name: 'place',
          text: `SELECT position FROM consumers WHERE name = 'tester'`,
          values: [],
        });
        places.push(Number(row!.position));
        await sleep(30);
      },
      { giveWay: async (worked) => void (turns += worked > 0 ? 1 : 0) },
    ).step();
    expect(places).toEqual([0, 1, 2]);
    expect(turns).toBe(3);
  });

  test('its commit waits for no disk, because what is lost is done again; everybody else’s does', async () => {
    await write('good');
    await sequencer.move();
    // The test server waits for no disk at all: so what counts is who said it, the transaction or the server, at the moment of the commit.
    const noting = [
      'CREATE TABLE done (what text)',
      'CREATE TABLE commits (said text)',
      `CREATE FUNCTION note_commit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         INSERT INTO commits SELECT source || ' ' || setting FROM pg_settings WHERE name = 'synchronous_commit'; RETURN NULL; END $$`,
      'CREATE CONSTRAINT TRIGGER noted AFTER INSERT ON done DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION note_commit()',
    ];
    for (const text of noting) await database.query({ name: '', text, values: [] });
    const work = async (tx: Transaction): Promise<void> =>
      void (await tx.query({ name: '', text: `INSERT INTO done VALUES ('it')`, values: [] }));
    await runner(work).step();
    for (let i = 0; i < 20; i++) await database.transaction(work);
    const said = await database.query<{ said: string }>({ name: '', text: 'SELECT said FROM commits', values: [] });
    expect(said[0]).toEqual({ said: 'session off' });
    expect(said.filter((one) => one.said.startsWith('session'))).toHaveLength(1);
  });

  test('one that takes a batch together gets it in one piece; when that fails, each event stands for itself', async () => {
    await write('good', A);
    await write('bad', A);
    await write('good', B);
    await sequencer.move();
    const pieces: string[][] = [];
    const handled: string[] = [];
    const reader = runner(
      async (_, one) => {
        if (one.type === 'bad') throw new Error('cannot');
        handled.push(one.type);
      },
      {
        handleTogether: async (_, events) => (pieces.push(events.map((one) => one.type)), Promise.reject(new Error('one of them cannot'))),
      },
    );
    await reader.step();
    expect(pieces).toEqual([['good', 'bad', 'good']]);
    expect(handled).toEqual(['good', 'good']);
    expect((await listParked(database, 10)).map((one) => one.position)).toEqual([2]);
  });

  test('one that takes some types together gets those that come one after another, the others one by one, all in their order', async () => {
    for (const [type, conversation] of [
      ['good', A],
      ['good', B],
      ['bad', A],
      ['good', A],
    ] as const)
      await write(type, conversation);
    await sequencer.move();
    const handled: string[] = [];
    const reader = runner(async (_, one) => void handled.push(`${one.position}`), {
      together: ['good'],
      handleTogether: async (_, events) => void handled.push(events.map(({ position }) => position).join('+')),
    });
    await reader.step();
    expect(handled).toEqual(['1+2', '3', '4']);
  });

  test('one of those taken together fails: it is parked, and later ones of its conversation wait, the others pass', async () => {
    for (const conversation of [A, B, A, B]) await write('good', conversation);
    await sequencer.move();
    const handled: number[] = [];
    const reader = runner(
      async (_, one) => {
        if (one.position === 1) throw new Error('cannot');
        handled.push(one.position);
      },
      { together: ['good'], handleTogether: () => Promise.reject(new Error('one of them cannot')) },
    );
    await reader.step();
    expect(handled).toEqual([2, 4]);
    expect((await listParked(database, 10)).map((one) => one.position).sort()).toEqual([1, 3]);
    await write('good', A);
    await write('good', B);
    await write('good', B);
    await sequencer.move();
    const rows: string[] = [];
    await runner(async (_, one) => void rows.push(`${one.position}`), {
      together: ['good'],
      handleTogether: async (_, events) => void rows.push(events.map(({ position }) => position).join('+')),
    }).step();
    expect(rows).toEqual(['6+7']);
  });

  const byConversation = (_: Transaction, events: readonly LoggedEvent[]): Promise<string[]> =>
    Promise.resolve(events.map(({ conversationId }) => String(conversationId)));
  const ask = (tx: Transaction, n = 1): Promise<object[]> =>
    tx.query({ name: 'spec-ask', text: 'SELECT count(*) FROM parked_events WHERE position > $1', values: [n] });

  test('what events of different keys ask crosses together; those of one key go in their order, and what is not taken goes alone', async () => {
    for (const [type, conversation] of [
      ['good', A],
      ['good', B],
      ['good', A],
      ['bad', B],
      ['good', B],
    ] as const)
      await write(type, conversation);
    await sequencer.move();
    const said: string[] = [];
    const reader = runner(
      async (tx, one) => {
        said.push(`${one.position} begins`);
        await ask(tx);
        said.push(`${one.position} ends`);
      },
      { abreast: { takes: ({ type }) => type === 'good', keysOf: byConversation } },
    );
    await reader.step();
    expect(said.slice(0, 2)).toEqual(['1 begins', '2 begins']);
    expect(said.indexOf('3 begins')).toBeGreaterThan(said.indexOf('1 ends'));
    expect(said.slice(6)).toEqual(['4 begins', '4 ends', '5 begins', '5 ends']);
    const [row] = await database.query<{ position: string }>({ name: '', text: 'SELECT position FROM consumers', values: [] });
    expect(Number(row!.position)).toBe(5);
  });

  test('one of those that are handled at the same time fails: nothing of them stays, each is done alone, and only that one is parked', async () => {
    for (const conversation of [A, B, B, A]) await write('good', conversation);
    await sequencer.move();
    let ended = 0;
    const reader = runner(
      async (tx, one) => {
        if (one.position === 2) throw new Error('cannot');
        await ask(tx);
        await ask(tx, 2);
        await outbox.append(tx, AT, [event(`after ${one.position}`)]);
        ended++;
      },
      { abreast: { takes: () => true, keysOf: byConversation } },
    );
    await reader.step();
    // First together: those of the other key end all the same before their transaction is given up. Then alone.
    expect(ended).toBe(4);
    expect((await listParked(database, 10)).map((one) => one.position).sort()).toEqual([2, 3]);
    await sequencer.move();
    expect((await readLog(database, 4, 10)).map(({ type }) => type)).toEqual(['after 1', 'after 4']);
  });

  test('what waits behind a parked event is not handled beside others either', async () => {
    await write('bad', A);
    await sequencer.move();
    const handled: number[] = [];
    const reader = runner(
      async (_, one) => {
        if (one.type === 'bad') throw new Error('cannot');
        handled.push(one.position);
      },
      { abreast: { takes: () => true, keysOf: byConversation } },
    );
    await reader.step();
    for (const conversation of [B, A, B]) await write('good', conversation);
    await sequencer.move();
    await reader.step();
    expect(handled).toEqual([2, 4]);
    expect((await listParked(database, 10)).map((one) => one.position).sort()).toEqual([1, 3]);
  });
});

describe('leases', () => {
  test('one of two holds a name; the other takes over when the first is gone', async () => {
    const stop = new AbortController();
    const dead = new AbortController();
    const held: string[] = [];
    const hold = (who: string, signal: AbortSignal): Promise<void> =>
      leases.run(
        'name',
        async (lost) => {
          held.push(who);
          while (!lost.aborted) await sleep(20);
        },
        signal,
      );
    const holders = async (many: number): Promise<void> => {
      for (let looks = 0; looks < 400 && held.length < many; looks++) await sleep(25);
    };
    const first = hold('first', dead.signal);
    await holders(1);
    const second = hold('second', stop.signal);
    await sleep(300);
    expect(held).toEqual(['first']);
    dead.abort();
    await first;
    await holders(2);
    expect(held).toEqual(['first', 'second']);
    stop.abort();
    await second;
  });

  test('the same process asking twice is two holders: work under a lease never runs beside itself', async () => {
    let running = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++running);
      await sleep(50);
      running--;
    };
    await Promise.all([leases.once('token', work), leases.once('token', work), leases.once('token', work)]);
    expect(most).toBe(1);
  });
});
