import { randomUUID } from 'node:crypto';
import type { ConsoleClient } from '../world/console-client';
import { postSms } from '../world/twilio-sender';
import { until } from '../world/until';
import { World } from '../world/world';

let world: World;
let desk: ConsoleClient;

beforeAll(async () => {
  world = await World.open();
  desk = await world.signIn('supervisor');
}, 240_000);
afterAll(() => world?.close());

async function openConversation(from: string): Promise<string> {
  await postSms(world.sms, { from, text: `hello from ${from}` });
  return (await until('the conversation', async () => (await desk.find(from)).items[0])).id;
}

test('clicking send twice, or a browser that tries again, sends once', async () => {
  const phone = '+15550302001';
  const id = await openConversation(phone);
  const key = randomUUID();
  const [first, second] = await Promise.all([desk.reply(id, 'sent once', {}, key), desk.reply(id, 'sent once', {}, key)]);
  expect([first.status, second.status].sort()).toEqual(expect.arrayContaining([201]));
  expect([201, 409]).toContain(second.status);
  const again = await desk.reply(id, 'sent once', {}, key);
  expect(again.body.id).toBe((first.status === 201 ? first : second).body.id);
  expect((await desk.reply(id, 'other words', {}, key)).status).toBe(422);
  await until('it on the phone', async () => (await world.outbox(phone)).length > 0);
  expect((await world.outbox(phone)).filter((entry) => entry.text === 'sent once')).toHaveLength(1);
});

test('a reply goes to the one who wrote, whoever else is in the conversation list', async () => {
  const a = '+15550302003';
  const b = '+15550302004';
  const [idA] = await Promise.all([openConversation(a), openConversation(b)]);
  await desk.reply(idA, 'for A only');
  await until('A to have it', async () => (await world.outbox(a)).some((entry) => entry.text === 'for A only'));
  expect(await world.outbox(b)).toEqual([]);
});
