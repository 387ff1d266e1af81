import { Database } from './database';
import { Leases } from './leases';
import { Liveness } from './liveness';
import { openTestDatabase, type TestDatabase } from './testing';

let test_: TestDatabase;
let database: Database;
beforeAll(async () => {
  test_ = await openTestDatabase();
  database = await Database.open({ url: test_.url });
});
afterAll(async () => {
  await database.close();
  await test_.close();
});

// Node 20's getMaxListeners() throws where the limit is lifted; the limit itself is kept under this name.
function limitOf(signal: AbortSignal): unknown {
  const name = Object.getOwnPropertySymbols(signal).find(({ description }) => description === 'events.maxEventTargetListeners');
  return name && (signal as unknown as Record<symbol, unknown>)[name];
}

// The hub's own work makes more than ten listeners under one lease, which Node would take for a leak and write under the banner.
test.each([
  ['a signal of its own', new AbortController().signal],
  ['none', undefined],
])('as much work as there is may wait for the end of one lease, with %s', async (_what, signal) => {
  expect(await new Leases(database).once('many', (held) => Promise.resolve(limitOf(held)), signal)).toEqual({ done: 0 });
});

describe('a replica that dies', () => {
  const livenesses: Liveness[] = [];
  afterEach(() => Promise.all(livenesses.splice(0).map((one) => one.close())));
  const replica = async (): Promise<{ leases: Leases; liveness: Liveness }> => {
    const liveness = new Liveness(test_.url);
    await liveness.open();
    livenesses.push(liveness);
    return { liveness, leases: new Leases(database, { liveness, ttlMs: 600_000 }) };
  };
  /** Holds a lease as a process does that never lets go by itself; resolves when it has it. */
  const hold = async (leases: Leases, name: string, signal: AbortSignal): Promise<{ ended: Promise<unknown> }> => {
    let begun = (): void => undefined;
    const started = new Promise<void>((resolve) => (begun = resolve));
    const ended = leases.once(
      name,
      (held) =>
        new Promise<void>((resolve) => {
          begun();
          held.addEventListener('abort', () => resolve());
        }),
      signal,
    );
    await started;
    return { ended };
  };

  test('is replaced at once, one that lives is not', async () => {
    const [one, other] = [await replica(), await replica()];
    const dead = await hold(one.leases, 'sequencer', new AbortController().signal);
    expect(await other.leases.once('sequencer', async () => 'taken')).toBeUndefined();
    // What the database sees of a process that was killed: its connections end.
    await database.query({
      name: 'kill',
      text: `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND ((classid::bigint << 32) | objid::bigint) = $1::bigint`,
      values: [one.liveness.key],
    });
    for (;;) if (await other.leases.once('sequencer', async () => 'taken')) break;
    await dead.ended;
  });

  test('one that has lost the connection by which others see it stops its work and takes it up again', async () => {
    const one = await replica();
    const before = one.liveness.key;
    const held = await hold(one.leases, 'lonely', new AbortController().signal);
    await database.query({
      name: 'kill',
      text: `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND ((classid::bigint << 32) | objid::bigint) = $1::bigint`,
      values: [before],
    });
    expect(await held.ended).toEqual({ done: undefined });
    while (one.liveness.key === undefined) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(one.liveness.key).not.toBe(before);
    expect(await one.leases.once('lonely', async () => 'again')).toEqual({ done: 'again' });
  });
});
