import type { ConversationItem, Message, TaskPage } from '@claimline/protocol';
import { Caller, toneFile } from '../world/caller';
import type { ConsoleClient } from '../world/console-client';
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
const callIn = async (id: string): Promise<Message> => (await desk.thread(id)).items.find(({ kind }) => kind === 'call')!;

test('a voicemail is heard and read in the thread, found by its words, and somebody is to call back', async () => {
  const phone = '+15550107101';
  const { file, bytes } = toneFile();
  const caller = await Caller.dial(world.sandbox, phone);
  expect(await caller.press('1')).toContain('leave a message');
  expect(await caller.press('1')).toContain('after the tone');
  expect((await caller.call()).awaits?.for).toBe('recording');
  await caller.speak(file, 7, 'My car was rear-ended on the Harbor Bridge, please call me back');
  expect(await caller.call()).toMatchObject({ state: 'ended' });

  const { id } = await conversationOf(phone);
  const entry = await until('the words', async () => {
    const one = await callIn(id);
    return one.text !== '' && one.attachments[0]?.state === 'stored' && one;
  });
  expect(entry).toMatchObject({
    direction: 'inbound',
    channel: 'twilio-voice',
    from: phone,
    text: 'My car was rear-ended on the Harbor Bridge, please call me back',
    call: { outcome: 'voicemail', missed: true },
    attachments: [{ duration: 7, transcript: 'My car was rear-ended on the Harbor Bridge, please call me back' }],
  });

  const address = `${world.hub.url}/api/attachments/${entry.attachments[0]!.id}`;
  const whole = await fetch(address, { headers: desk.signedIn });
  expect(whole.headers.get('content-type')).toMatch(/^audio\//);
  expect(whole.headers.get('accept-ranges')).toBe('bytes');
  expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true);
  const part = await fetch(address, { headers: { ...desk.signedIn, range: 'bytes=44-143' } });
  expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 44-143/${bytes.length}`]);
  expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(44, 144))).toBe(true);

  await until('its words in search', async () => (await desk.find('Harbor Bridge')).items.find((item) => item.id === id));
  const item = await until('what it is about', async () => {
    const one = await conversationOf(phone);
    return one.labels.includes('new-loss') && one.nextDue && one;
  });
  expect(item).toMatchObject({ awaitingReply: true, preview: expect.stringContaining('Harbor Bridge') });
  const { items: tasks } = await desk.get<TaskPage>(`/api/tasks?view=all&conversation=${id}`);
  expect(tasks).toEqual([expect.objectContaining({ kind: 'callback', reason: 'missed-call', state: 'open' })]);
});

test('a voicemail in Chinese waits to be heard: there are no words of it, and none are invented', async () => {
  const phone = '+15550107102';
  const caller = await Caller.dial(world.sandbox, phone);
  expect(await caller.press('2')).toContain('留言请按 1');
  expect(await caller.press('1')).toContain('请在提示音后留言');
  await caller.speak(toneFile().file, 12);
  const { id } = await conversationOf(phone);
  const entry = await until('the recording', async () => {
    const one = await callIn(id);
    return one.attachments[0]?.state === 'stored' && one;
  });
  expect(entry).toMatchObject({
    text: '',
    call: { outcome: 'voicemail', missed: true },
    attachments: [{ duration: 12, transcript: null }],
  });
  const { items: tasks } = await until('the callback', async () => {
    const page = await desk.get<TaskPage>(`/api/tasks?view=all&conversation=${id}`);
    return page.items.length > 0 && page;
  });
  expect(tasks[0]!.params).toMatchObject({ language: 'zh-CN' });
});

test('the hotline goes on while the hub was killed in the middle of another call', async () => {
  const phone = '+15550107103';
  const caller = await Caller.dial(world.sandbox, phone);
  await caller.press('1');
  const { id } = await conversationOf(phone);
  await world.crash();
  desk = await world.signIn('supervisor');
  expect(await callIn(id)).toMatchObject({ from: phone, call: { outcome: 'in-progress' } });
  const again = await Caller.dial(world.sandbox, phone);
  await again.press('1', '1');
  await again.speak(toneFile().file, 3, 'I was cut off');
  await until('the second call', async () => (await desk.thread(id)).items.find(({ text }) => text === 'I was cut off'));
}, 240_000);
