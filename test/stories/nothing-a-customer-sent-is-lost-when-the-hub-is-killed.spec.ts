import { randomBytes } from 'node:crypto';
import type { ConsoleClient } from '../world/console-client';
import { postSms } from '../world/twilio-sender';
import { until } from '../world/until';
import { World } from '../world/world';

let world: World;

beforeAll(async () => {
  world = await World.open();
}, 240_000);
afterAll(() => world?.close());

interface Sent {
  readonly from: string;
  readonly sid: string;
  readonly text: string;
  acknowledged: boolean;
}

const MESSAGES = 1000;
const AT_ONCE = 32;

/** Sends until done or until the hub no longer answers; remembers what was acknowledged with a 2xx. */
async function sendAll(all: readonly Sent[], onEach: (count: number) => void): Promise<void> {
  const queue = [...all];
  let count = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let one = queue.shift(); one; one = queue.shift()) {
        one.acknowledged = (await postSms(world.sms, one).catch(() => undefined))?.ok ?? false;
        onEach(++count);
      }
    }),
  );
}

async function textsOf(desk: ConsoleClient, phone: string): Promise<string[]> {
  const { items } = await desk.find(phone);
  const threads = await Promise.all(items.map((item) => desk.thread(item.id)));
  return threads.flatMap((thread) => thread.items.filter((message) => message.from === phone).map((message) => message.text));
}

test('kill -9 in the middle of a thousand messages: every acknowledged one is there, and after redelivery every one is there once', async () => {
  const phones = Array.from({ length: 20 }, (_, i) => `+1555020${String(1000 + i)}`);
  const all: Sent[] = Array.from({ length: MESSAGES }, (_, i) => ({
    from: phones[i % phones.length]!,
    sid: `SM${randomBytes(16).toString('hex')}`,
    text: `message ${i}`,
    acknowledged: false,
  }));
  let killed: Promise<void> | undefined;
  await sendAll(all, (count) => {
    if (count === MESSAGES / 2) killed = world.crash();
  });
  await killed;
  const acknowledged = all.filter((one) => one.acknowledged);
  expect(acknowledged.length).toBeGreaterThan(100);
  expect(acknowledged.length).toBeLessThan(MESSAGES);

  // The vendor comes again with what it got no answer for, and, as vendors do, with some that it did.
  await sendAll(
    all.filter((one, i) => !one.acknowledged || i % 10 === 0),
    () => undefined,
  );
  const desk = await world.signIn('supervisor');
  for (const phone of phones) {
    const expected = all
      .filter((one) => one.from === phone)
      .map((one) => one.text)
      .sort();
    const texts = await until(`all messages of ${phone}`, async () => {
      const there = await textsOf(desk, phone);
      return there.length >= expected.length ? there : undefined;
    });
    expect(texts.sort()).toEqual(expected);
  }
}, 240_000);

test('SIGTERM in the middle of messages loses nothing and leaves in order', async () => {
  const phone = '+15550203001';
  const all: Sent[] = Array.from({ length: 200 }, (_, i) => ({
    from: phone,
    sid: `SM${randomBytes(16).toString('hex')}`,
    text: `last words ${i}`,
    acknowledged: false,
  }));
  let code: Promise<number | null> | undefined;
  await sendAll(all, (count) => {
    if (count === 100) code = world.hub.stop();
  });
  expect(await code).toBe(0);
  await world.hub.start();
  world.manifest = await world.hub.manifest();
  const desk = await world.signIn('supervisor');
  const expected = all.filter((one) => one.acknowledged).map((one) => one.text);
  const texts = await until('what was acknowledged', async () => {
    const there = await textsOf(desk, phone);
    return there.length >= Math.min(expected.length, 100) ? there : undefined;
  });
  const [item] = (await desk.find(phone)).items;
  expect(item!.position).toBe(expected.length);
  expect(new Set(texts).size).toBe(texts.length);
}, 240_000);

test('signed nonsense is kept for a person, once, and the provider is not told to come again', async () => {
  const supervisor = await world.signIn('supervisor');
  for (let i = 0; i < 3; i++) {
    const response = await postSms(world.sms, { from: '', text: 'who sent this?', sid: `SM${'0'.repeat(32)}` });
    expect(response.status).toBe(200);
  }
  const { items } = await until('the item', async () => {
    const page = await supervisor.get<{ items: { reason: string; excerpt: string }[] }>('/api/needs-look');
    return page.items.some((item) => item.excerpt.includes('who+sent+this')) ? page : undefined;
  });
  expect(items.filter((item) => item.excerpt.includes('who+sent+this'))).toHaveLength(1);
});
