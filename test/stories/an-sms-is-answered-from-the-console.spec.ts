import type { ConversationItem } from '@claimline/protocol';
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

const conversationOf = (phone: string): Promise<ConversationItem> =>
  until(`a conversation of ${phone}`, async () => (await desk.find(phone)).items[0]);

test('webhook, thread, answer, phone: the whole way of one SMS', async () => {
  const phone = '+15550107001';
  const answered = await postSms(world.sms, { from: phone, text: 'My car was rear-ended on Main Street, nobody is hurt' });
  expect(answered.status).toBe(200);
  expect(await answered.text()).toContain('<Response');

  const { id } = await conversationOf(phone);
  const before = await desk.thread(id);
  expect(before.items.map((message) => [message.direction, message.channel, message.text])).toEqual([
    ['inbound', 'twilio-sms', 'My car was rear-ended on Main Street, nobody is hurt'],
  ]);

  const sent = await desk.reply(id, 'Glad nobody is hurt. Please send photos of the damage.', { seen: before.position });
  expect(sent.status).toBe(201);
  const received = await until('the answer on the phone', async () =>
    (await world.outbox(phone)).find((entry) => entry.text.includes('photos of the damage')),
  );
  expect(received.from).toBe(world.sms.address);
  await until('the receipt', async () => (await desk.thread(id)).items.at(-1)?.delivery?.state === 'delivered');
});

test('the words are found in English and in Chinese', async () => {
  await postSms(world.sms, { from: '+15550107002', text: '我的车在延安路被追尾了，请问定损进度怎么样' });
  const found = await until('the Chinese words', async () =>
    (await desk.find('定损进度')).items.find((item) => item.preview.includes('延安路')),
  );
  expect(found.channel).toBe('twilio-sms');
  expect(await until('the English words', async () => (await desk.find('rear-ended Main')).items[0])).toBeDefined();
});

test('a first message that states a loss is labelled and gets its clock', async () => {
  await postSms(world.sms, { from: '+15550107003', text: 'Someone hit my car in the parking lot, I want to report an accident' });
  const item = await until('labels and clock', async () => {
    const [one] = (await desk.find('+15550107003')).items;
    return one?.labels.includes('new-loss') && one.nextDue ? one : undefined;
  });
  expect(item.labels).toEqual(expect.arrayContaining(['motor', 'new-loss']));
});

test('"why me?" has an answer for every conversation', async () => {
  const { id } = await conversationOf('+15550107003');
  const { items } = await until('a decision', async () => {
    const history = await desk.get<{ items: { ring: string; reasons: unknown[] }[] }>(`/api/conversations/${id}/routing`);
    return history.items.length > 0 ? history : undefined;
  });
  expect(items[0]!.ring).toBeTruthy();
});
