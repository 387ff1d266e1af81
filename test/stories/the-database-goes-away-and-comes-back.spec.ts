import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ConsoleClient } from '../world/console-client';
import { postSms } from '../world/twilio-sender';
import { until } from '../world/until';
import { World } from '../world/world';

let world: World;

beforeAll(async () => {
  world = await World.open();
}, 240_000);
afterAll(() => world?.close());

const MESSAGES = 400;
const AT_ONCE = 16;
const PHONES = Array.from({ length: 8 }, (_, i) => `+1555021${String(2000 + i)}`);

interface Sent {
  readonly from: string;
  readonly sid: string;
  readonly text: string;
  readonly answers: number[];
}

/** What the provider was told; 0 where nobody answered. */
const tell = async (sent: Sent): Promise<number> => (await postSms(world.sms, sent).catch(() => undefined))?.status ?? 0;
const isTaken = ({ answers }: Sent): boolean => answers.some((status) => status < 300 && status > 0);

/** Sends one after the other over a few connections. */
async function sendAll(all: readonly Sent[], onEach: (count: number) => void = () => undefined): Promise<void> {
  const queue = [...all];
  let count = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let one = queue.shift(); one; one = queue.shift()) {
        one.answers.push(await tell(one));
        onEach(++count);
      }
    }),
  );
}

/** `kill` of the hub's own PostgreSQL. */
async function endPostgres(signal: NodeJS.Signals): Promise<void> {
  const file = await readFile(path.join(world.hub.folder, 'data/postgres/postmaster.pid'), 'utf8');
  process.kill(Number(file.split('\n')[0]), signal);
}

async function textsOf(desk: ConsoleClient, phone: string): Promise<string[]> {
  const { items } = await desk.find(phone);
  const threads = await Promise.all(items.map((item) => desk.thread(item.id)));
  return threads.flatMap((thread) => thread.items.filter((message) => message.from === phone).map((message) => message.text));
}

test('PostgreSQL is killed, then stopped, while messages come: no false 200, the same hub goes on by itself, and every message is there once', async () => {
  const all: Sent[] = Array.from({ length: MESSAGES }, (_, i) => ({
    from: PHONES[i % PHONES.length]!,
    sid: `SM${randomBytes(16).toString('hex')}`,
    text: `storm ${i}`,
    answers: [],
  }));
  for (const [half, signal] of [
    [all.slice(0, MESSAGES / 2), 'SIGKILL'],
    [all.slice(MESSAGES / 2), 'SIGINT'],
  ] as const) {
    let ended: Promise<void> | undefined;
    await sendAll(half, (count) => {
      if (count === MESSAGES / 8) ended = endPostgres(signal);
    });
    await ended;
    await until('the hub to be ready again', async () => (await fetch(`${world.hub.url}/health/ready`)).ok, 60);
  }
  const refused = all.filter((one) => !isTaken(one));
  expect(refused.length).toBeGreaterThan(0);
  // The provider is told to come again, never that it did something wrong.
  expect(refused.flatMap(({ answers }) => answers).filter((status) => status !== 503)).toEqual([]);

  for (let left = refused; left.length > 0; left = left.filter((one) => !isTaken(one))) await sendAll(left);

  const desk = await world.signIn('supervisor');
  for (const phone of PHONES) {
    const expected = all.filter((one) => one.from === phone).map(({ text }) => text);
    const texts = await until(`all messages of ${phone}`, async () => {
      const there = await textsOf(desk, phone);
      return there.length >= expected.length ? there : undefined;
    });
    expect(texts.sort()).toEqual(expected.sort());
  }
}, 240_000);
