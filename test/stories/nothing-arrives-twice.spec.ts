import { randomBytes } from 'node:crypto';
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

test('a webhook that is delivered three times, together or one after the other, is one message', async () => {
  const sms = { from: '+15550301001', text: 'only once please', sid: `SM${randomBytes(16).toString('hex')}` };
  const together = await Promise.all([postSms(world.sms, sms), postSms(world.sms, sms), postSms(world.sms, sms)]);
  const again = await postSms(world.sms, sms);
  const bodies = await Promise.all([...together, again].map((response) => response.text()));
  expect(new Set(bodies).size).toBe(1);
  const item = await until('the conversation', async () => (await desk.find(sms.from)).items[0]);
  expect((await desk.thread(item.id)).items).toHaveLength(1);
});

test('two webhooks at once from one stranger are one contact with one conversation', async () => {
  const from = '+15550301002';
  await Promise.all([postSms(world.sms, { from, text: 'first words' }), postSms(world.sms, { from, text: 'second words' })]);
  const { items } = await until('the conversation', async () => {
    const page = await desk.find(from);
    return page.items.length > 0 ? page : undefined;
  });
  expect(items).toHaveLength(1);
  expect((await desk.thread(items[0]!.id)).items).toHaveLength(2);
});

test('the same words twice, a minute apart, are two messages', async () => {
  const from = '+15550301003';
  await postSms(world.sms, { from, text: 'ok' });
  await postSms(world.sms, { from, text: 'ok' });
  const item = await until('the conversation', async () => (await desk.find(from)).items[0]);
  expect((await desk.thread(item.id)).items.map((message) => message.text)).toEqual(['ok', 'ok']);
});
