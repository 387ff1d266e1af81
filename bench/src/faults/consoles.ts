import path from 'node:path';
import { HubProcess, postSms, until } from '@claimline/test';
import { Books } from './outside/books';
import { Desk } from './outside/desk';
import { Network } from './outside/network';
import { Screen } from './outside/screen';
import type { VendorLine } from './outside/vendor';
import type { Scenario, Size } from './scenario';

const MINUTE = 60_000;
/** `hold`: for how long a fault lasts, milliseconds; the whole one outlasts the patience of sockets, so that each end gives up by itself. */
const SIZES: Readonly<
  Record<Size, { readonly consoles: number; readonly conversations: number; readonly messages: number; readonly hold: number }>
> = {
  short: { consoles: 60, conversations: 3, messages: 12, hold: 500 },
  whole: { consoles: 1_000, conversations: 20, messages: 60, hold: 50_000 },
};
// One in so many has a conversation open and reads it again whenever it has changed.
const READERS = 10;
const WITHIN_MS = 2_000;
// Until all of them stand again: a second between two tries, and a thousand browsers on the same cores as the hubs that let them in.
const ALL_WITHIN_MS = 10_000;

/** Two replicas of a hub behind a network of their own each, consoles at both, and customers who go on writing. */
interface Stage {
  readonly desk: Desk;
  readonly books: Books;
  readonly line: VendorLine;
  readonly second: HubProcess;
  readonly networks: readonly [Network, Network];
  readonly talks: readonly { readonly id: string; readonly phone: string }[];
  readonly screens: readonly Screen[];
  /** Everything after this is what the screens must have heard. */
  readonly from: number;
  readonly size: Size;
}

/** What is done to the network or to a hub; resolves when it is over. */
interface Fault {
  readonly name: string;
  readonly what: string;
  /** Its consoles come back at once, not at its end. */
  readonly isInstant?: true;
  begin(stage: Stage): Promise<void> | void;
  end(stage: Stage): Promise<void> | void;
}

const both =
  (work: (network: Network) => void) =>
  ({ networks }: Stage) =>
    networks.forEach(work);

const FAULTS: readonly Fault[] = [
  {
    name: 'oneWayLoss',
    what: 'nothing reaches the consoles, and nobody is told',
    begin: both((one) => one.freeze('down')),
    end: both((one) => one.thaw()),
  },
  {
    name: 'otherWayLoss',
    what: 'nothing reaches the hub, then the connections are gone',
    begin: both((one) => one.freeze('up')),
    end: both((one) => one.cut()),
  },
  {
    name: 'sleep',
    what: 'ten minutes of sleep',
    begin: async (stage) => {
      both((one) => one.freeze('up', 'down'))(stage);
      await stage.desk.pass(10 * MINUTE);
    },
    end: both((one) => one.cut()),
  },
  { name: 'allAtOnce', what: 'every connection breaks at once', begin: () => undefined, end: both((one) => one.cut()) },
  {
    name: 'restart',
    what: 'a hub is killed and started again',
    begin: ({ desk }) => desk.world.hub.kill(),
    end: ({ desk }) => desk.world.hub.start(),
  },
  {
    name: 'replicaGone',
    isInstant: true,
    what: 'a replica is killed and its consoles are led to the other',
    begin: ({ second, networks, desk }) => {
      networks[1].leadTo(desk.world.hub.port);
      return second.kill();
    },
    end: () => undefined,
  },
];

/** Consoles lose their network, sleep, and come back all at once, to hubs that restart and replicas that die. */
export const consoles: Scenario = {
  name: 'consoles',
  promise:
    'After lost packets, a sleep, a broken network, a restart or a dead replica every console knows exactly what the database knows: nothing missed, nothing twice, in order; and none of them asks again and again meanwhile.',
  async run(size, say) {
    const stage = await setUp(size);
    try {
      const wrong: string[] = [];
      const counts: Record<string, number> = { consoles: stage.screens.length, faults: FAULTS.length };
      for (const fault of FAULTS) {
        const { inAll, connected } = await play(stage, fault, wrong);
        counts[`${fault.name}Ms`] = inAll;
        counts[`${fault.name}ConnectedMs`] = connected;
        say(
          `${fault.what}: every console knows everything again after ${inAll} ms, each ${connected} ms after its connection stands at the latest`,
        );
        if (size === 'whole' && connected > WITHIN_MS)
          wrong.push(`${fault.what}: it took ${connected} ms from a connection until its console knew everything`);
        if (size === 'whole' && inAll > ALL_WITHIN_MS) wrong.push(`${fault.what}: it took ${inAll} ms until every console knew everything`);
      }
      counts.events = (await logged(stage)).length;
      counts.requestsAtRest = await atRest(stage);
      if (counts.requestsAtRest > 0) wrong.push(`${counts.requestsAtRest} requests were made by consoles while nothing happened`);
      return { counts, wrong };
    } finally {
      await tearDown(stage);
    }
  },
};

async function setUp(size: Size): Promise<Stage> {
  const desk = await Desk.open();
  try {
    const { folder } = desk.world.hub;
    const second = await HubProcess.start({ HUB_DATA: path.join(folder, 'data'), HUB_FILES: path.join(folder, 'files') });
    const books = Books.open(desk.world.hub);
    const line = await desk.newLine('+15550600001');
    const networks = [await Network.open(desk.world.hub.port), await Network.open(second.port)] as const;
    const phones = Array.from({ length: SIZES[size].conversations }, (_, n) => `+1555061${String(1000 + n)}`);
    const talks = await desk.each(phones, async (phone) => ({ phone, id: await desk.written(line, phone) }));
    const stage = { desk, books, line, second, networks, talks, size, screens: [], from: 0 };
    return { ...stage, ...(await opened(stage)) };
  } catch (error) {
    await desk.close();
    throw error;
  }
}

/** Opens every console and waits until all follow the hub and nothing more happens. */
async function opened(stage: Stage): Promise<Pick<Stage, 'screens' | 'from'>> {
  const { desk, networks, talks, size, books } = stage;
  const watched = new Set(talks.map(({ id }) => id));
  const screens = Array.from(
    { length: SIZES[size].consoles },
    (_, n) => new Screen(networks[n % 2]!.url, desk.supervisor, watched, n % READERS === 0 ? talks[n % talks.length]!.id : undefined),
  );
  await until('every console to follow its hub', async () => screens.every(({ live }) => live), 120);
  // What followed on the first messages is heard by some and not by others, as they came: from here on everybody hears everything.
  let seen = -1;
  const from = await until('the log to be quiet', async () => {
    const [row] = await books.rows<{ at: string }>('SELECT coalesce(max(position), 0) AS at FROM event_log');
    const isQuiet = Number(row!.at) === seen;
    seen = Number(row!.at);
    if (!isQuiet) await new Promise((resolve) => setTimeout(resolve, 1_000));
    return isQuiet ? seen : undefined;
  });
  for (const screen of screens) screen.heard.length = 0;
  return { screens, from };
}

async function tearDown({ desk, books, second, networks, screens }: Stage): Promise<void> {
  for (const screen of screens) screen.close();
  for (const network of networks) await network.close();
  await books.close();
  await second.close();
  await desk.close();
}

/**
 * Milliseconds until every console knew everything, from the end of the fault (`inAll`); and, at the console that was slowest with it, from when its
 * connection stood again or the last customer had spoken, whichever was later (`connected`): before, there was nothing to tell it or no way to.
 */
interface Recovery {
  readonly inAll: number;
  readonly connected: number;
}

/** Plays one fault while customers write. */
async function play(stage: Stage, fault: Fault, wrong: string[]): Promise<Recovery> {
  const { talks, line, size, desk } = stage;
  const { messages, hold } = SIZES[size];
  const before = await received(stage);
  const third = messages / 3;
  const write = (from: number): Promise<unknown> =>
    desk.each(
      Array.from({ length: third }, (_, n) => from + n),
      (n) => written(stage, line, { ...talks[n % talks.length]!, text: `${fault.name} ${n}` }),
    );
  // Before, during and after: so that it falls into a stream, and what came meanwhile has to be brought in order with what comes then.
  await write(0);
  await fault.begin(stage);
  const meanwhile = write(third);
  await new Promise((resolve) => setTimeout(resolve, fault.isInstant ? 0 : hold));
  await fault.end(stage);
  const over = performance.now();
  await Promise.all([meanwhile, write(2 * third)]);
  const spoken = performance.now();
  const knows = async (): Promise<boolean> =>
    stage.screens.every(({ live }) => live) && (await received(stage)) === before + messages && (await missing(stage)) === undefined;
  await until('every console to know what the database knows', knows, 60).catch(async () =>
    wrong.push(`${fault.what}: ${(await missing(stage)) ?? 'not every message was kept, or not every console came back'}`),
  );
  const since = ({ learntAt, openedAt }: Screen): number => learntAt - Math.max(openedAt, spoken);
  return {
    inAll: Math.round(performance.now() - over),
    connected: Math.max(0, ...stage.screens.map((screen) => Math.round(since(screen)))),
  };
}

/** A customer's message, brought again as vendors do until a hub takes it. */
async function written({ desk, second }: Stage, line: VendorLine, { phone, text }: { phone: string; text: string }): Promise<void> {
  const sid = `SM${Buffer.from(`${phone}${text}`).toString('hex').slice(-32).padStart(32, '0')}`;
  const doors = [line.webhook, line.webhook.replace(desk.world.hub.url, second.url)];
  let turn = 0;
  await until(`"${text}" to be taken`, async () => {
    const answer = await postSms({ ...line, webhook: doors[turn++ % 2]! }, { from: phone, text, sid });
    return answer.ok;
  });
}

/** How many messages of the watched conversations the log knows. */
async function received({ books, talks, from }: Stage): Promise<number> {
  const [row] = await books.rows<{ count: number }>(
    `SELECT count(*)::int AS count FROM event_log WHERE position > $1 AND type = 'message.received' AND conversation_id = ANY ($2::uuid[])`,
    [from, talks.map(({ id }) => id)],
  );
  return row!.count;
}

async function logged({ books, talks, from }: Stage): Promise<number[]> {
  const rows = await books.rows<{ position: string }>(
    'SELECT position FROM event_log WHERE position > $1 AND conversation_id = ANY ($2::uuid[]) ORDER BY position',
    [from, talks.map(({ id }) => id)],
  );
  return rows.map(({ position }) => Number(position));
}

/** What some console does not know as the database knows it, as a sentence; undefined: all know everything. */
async function missing(stage: Stage): Promise<string | undefined> {
  const truth = await logged(stage);
  const apart = stage.screens.filter(({ heard }) => heard.length !== truth.length || heard.some((position, n) => position !== truth[n]));
  if (apart.length > 0) {
    const [one] = apart;
    return `${apart.length} of ${stage.screens.length} consoles heard something else than what happened (${one!.heard.length} events instead of ${truth.length}, ${one!.live ? 'live' : 'away'})`;
  }
  return unread(stage);
}

async function unread({ books, screens, talks }: Stage): Promise<string | undefined> {
  const rows = await books.rows<{ id: string; conversation_id: string }>(
    'SELECT id, conversation_id FROM messages WHERE conversation_id = ANY ($1::uuid[]) ORDER BY occurred_at, id',
    [talks.map(({ id }) => id)],
  );
  // A screen shows the newest page.
  const truth = new Map(talks.map(({ id }) => [id, rows.filter((row) => row.conversation_id === id).map((row) => row.id)]));
  const stale = screens.filter((screen) => screen.open && screen.shown.join() !== truth.get(screen.open)!.slice(-100).join());
  return stale.length > 0 ? `${stale.length} consoles show an open conversation as it was` : undefined;
}

/** Requests of all consoles in a while in which nothing happens. */
async function atRest({ screens, size }: Stage): Promise<number> {
  // What they have just heard of may be read once more.
  await until('every console to have read', async () => screens.every(({ isResting }) => isResting));
  const count = (): number => screens.reduce((sum, { requests }) => sum + requests, 0);
  const before = count();
  await new Promise((resolve) => setTimeout(resolve, size === 'short' ? 2_000 : 30_000));
  return count() - before;
}
