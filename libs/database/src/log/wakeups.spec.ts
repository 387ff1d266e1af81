import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Database } from '../database';
import { openTestDatabase, type TestDatabase } from '../testing';
import { Wakeups } from './wakeups';

/** The way to the server, which can be cut. */
class Road {
  readonly open = new Set<Socket>();
  refused = 0;
  private isCut = false;

  private constructor(private readonly server: Server) {}

  static async to(url: string): Promise<Road> {
    const { hostname, port } = new URL(url);
    const server = createServer();
    const road = new Road(server);
    server.on('connection', (near) => {
      near.on('error', () => undefined);
      if (road.isCut) return road.refuse(near);
      const far = connect(Number(port), hostname).on('error', () => undefined);
      near.pipe(far).pipe(near);
      road.open.add(near.once('close', () => (road.open.delete(near), far.destroy())));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return road;
  }

  address(url: string): string {
    const through = new URL(url);
    through.searchParams.delete('host'); // past the road: the socket of the embedded server
    through.host = `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return through.href;
  }

  cut(): void {
    this.isCut = true;
    for (const socket of this.open) socket.destroy();
  }

  mend(): void {
    this.isCut = false;
  }

  close(): void {
    this.cut();
    this.server.close();
  }

  private refuse(socket: Socket): void {
    this.refused += 1;
    socket.destroy();
  }
}

let place: TestDatabase;
let database: Database;
let road: Road;
beforeAll(async () => {
  place = await openTestDatabase();
  database = await Database.open({ url: place.url });
  road = await Road.to(place.url);
}, 60_000);
afterAll(async () => {
  road?.close();
  await database?.close();
  await place?.close();
});

test('while the database is away one listener tries to come back, it comes back once, and says so', async () => {
  const wakeups = new Wakeups(database, road.address(place.url));
  await wakeups.open();
  let back = 0;
  wakeups.on('database-back', () => back++);
  road.cut();
  while (road.refused < 5) await sleep(50);
  road.mend();
  while (back === 0) await sleep(50);
  // It listens again: what another process tells arrives.
  const woken = wakeups.wait('deliveries', 20_000, new AbortController().signal);
  new Wakeups(database, place.url).wake('deliveries');
  await woken;
  expect({ back, listening: road.open.size }).toEqual({ back: 1, listening: 1 });
  await wakeups.close();
}, 60_000);

test('what comes while one still looks is heard by the wait that follows', async () => {
  const wakeups = new Wakeups(database, place.url);
  await wakeups.open();
  const never = new AbortController().signal;
  const heard = wakeups.heard('outbox');
  wakeups.wake('outbox');
  expect(await wakeups.wait('outbox', 20, never, heard)).toBe(true);
  expect(await wakeups.wait('outbox', 20, never)).toBe(false);
  await wakeups.close();
});

test('others hear it, and it does not come back to whoever told it', async () => {
  const [here, there] = [new Wakeups(database, place.url), new Wakeups(database, place.url)];
  await Promise.all([here.open(), there.open()]);
  const arrived = new Promise<void>((resolve) => there.on('bulk', resolve));
  here.wake('bulk');
  await arrived;
  // A second round trip on the same connection: an echo would have come before it.
  const again = new Promise<void>((resolve) => there.on('broadcasts', resolve));
  here.wake('broadcasts');
  await again;
  expect([here.heard('bulk'), there.heard('bulk')]).toEqual([1, 1]);
  await Promise.all([here.close(), there.close()]);
});

test('who waits for some things is woken when it is about one of these, or when nobody says what it is about', async () => {
  const wakeups = new Wakeups(database, place.url);
  await wakeups.open();
  const never = new AbortController().signal;
  const interest = { topic: 'event_log', about: ['a', 'b'] } as const;
  const heard = wakeups.heard(interest);
  wakeups.wake('event_log', new Set(['c']));
  expect(await wakeups.wait(interest, 20, never, heard)).toBe(false);
  wakeups.wake('event_log', new Set(['c', 'b']));
  expect(await wakeups.wait(interest, 20, never, heard)).toBe(true);
  const everything = wakeups.heard('event_log');
  wakeups.wake('event_log', new Set(['c']));
  expect(await wakeups.wait('event_log', 20, never, everything)).toBe(true);
  const disturbed = wakeups.wait(interest, 20, never);
  wakeups.wake('event_log', new Set(['c']));
  expect(await disturbed).toBe(false);
  const asleep = wakeups.wait(interest, 20_000, never);
  wakeups.wake('event_log');
  expect(await asleep).toBe(true);
  await wakeups.close();
});

test('another process does not say what it is about: everybody looks', async () => {
  const [here, there] = [new Wakeups(database, place.url), new Wakeups(database, place.url)];
  await here.open();
  await there.open();
  const woken = here.wait({ topic: 'event_log', about: ['a'] }, 20_000, new AbortController().signal);
  there.wake('event_log', new Set(['c']));
  expect(await woken).toBe(true);
  await here.close();
  await there.close();
});
