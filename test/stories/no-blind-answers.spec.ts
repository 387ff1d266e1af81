import type { ConsoleEvent } from '@claimline/protocol';
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

test('after a disconnect a console hears everything that it missed, in order and once', async () => {
  const phone = '+15550304002';
  const id = await openConversation(phone);
  const socket = desk.socket();
  const heard: ConsoleEvent[] = [];
  socket.on('events', (batch: ConsoleEvent[]) => heard.push(...batch));
  await until('the socket', async () => socket.connected);
  let { position } = (await socket.emitWithAck('resume', { position: null })) as { position: number };
  await postSms(world.sms, { from: phone, text: 'while connected' });
  await until('the live event', async () => heard.some((event) => event.type === 'message.received' && event.conversationId === id));
  position = Math.max(position, ...heard.map((event) => event.position));

  socket.disconnect();
  for (let i = 0; i < 5; i++) await postSms(world.sms, { from: phone, text: `while away ${i}` });
  heard.length = 0;
  socket.connect();
  await until('the socket again', async () => socket.connected);
  await socket.emitWithAck('resume', { position });
  await until(
    'what was missed',
    async () => heard.filter((event) => event.type === 'message.received' && event.conversationId === id).length >= 5,
  );
  const positions = heard.map((event) => event.position);
  expect(positions).toEqual([...positions].sort((a, b) => a - b));
  expect(new Set(positions).size).toBe(positions.length);
  socket.close();
});

test('a restart of the hub heals the same way', async () => {
  const phone = '+15550304003';
  const id = await openConversation(phone);
  const socket = desk.socket();
  const heard: ConsoleEvent[] = [];
  socket.on('events', (batch: ConsoleEvent[]) => heard.push(...batch));
  await until('the socket', async () => socket.connected);
  const { position } = (await socket.emitWithAck('resume', { position: null })) as { position: number };
  await world.crash();
  await postSms(world.sms, { from: phone, text: 'after the crash' });
  await until('the socket again', async () => socket.connected);
  await socket.emitWithAck('resume', { position });
  await until('the message', async () => heard.some((event) => event.type === 'message.received' && event.conversationId === id));
  socket.close();
}, 240_000);
