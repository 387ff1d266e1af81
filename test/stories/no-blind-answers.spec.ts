import type { ConsoleClient } from '../world/console-client';
import { postSms } from '../world/twilio-sender';
import { until } from '../world/until';
import { World } from '../world/world';

let world: World;
let desk: ConsoleClient;
let colleague: ConsoleClient;

beforeAll(async () => {
  world = await World.open();
  [desk, colleague] = await Promise.all([world.signIn('adjuster'), world.signIn('supervisor')]);
}, 240_000);
afterAll(() => world?.close());

async function openConversation(from: string): Promise<string> {
  await postSms(world.sms, { from, text: 'hello' });
  return (await until('the conversation', async () => (await desk.find(from)).items[0])).id;
}

test('a reply written on a stale view is refused until the writer has seen what is new', async () => {
  const phone = '+15550304001';
  const id = await openConversation(phone);
  const { position } = await desk.thread(id);
  await colleague.reply(id, 'I have already answered this');
  const stale = await desk.reply(id, 'a blind answer', { seen: position });
  expect(stale.status).toBe(409);
  expect((stale.body as unknown as { code: string }).code).toBe('thread-moved');
  const news = await desk.get<{ items: { text: string }[] }>(`/api/conversations/${id}/messages?after=${position}`);
  expect(news.items.map((message) => message.text)).toEqual(['I have already answered this']);
  const fresh = await desk.reply(id, 'an answer that knows', { seen: (await desk.thread(id)).position });
  expect(fresh.status).toBe(201);
});
