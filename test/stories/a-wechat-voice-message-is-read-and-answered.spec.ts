import { randomBytes } from 'node:crypto';
import type { Composer, ConversationItem, Message } from '@claimline/protocol';
import type { ConsoleClient } from '../world/console-client';
import { until } from '../world/until';
import { followWechat, postWechat, signWechat, type WechatLine } from '../world/wechat-sender';
import { World } from '../world/world';

let world: World;
let desk: ConsoleClient;
let line: WechatLine;

beforeAll(async () => {
  world = await World.open();
  desk = await world.signIn('supervisor');
  line = world.inbox('wechat') as unknown as WechatLine;
}, 240_000);
afterEach(() => world.shiftClock(0));
afterAll(() => world?.close());

const HOUR = 3_600_000;
let counter = 0;
const somebody = (): string => `oStory${(counter += 1)}${randomBytes(8).toString('hex')}`;
const conversationOf = (openId: string): Promise<ConversationItem> =>
  until(`a conversation of ${openId}`, async () => (await desk.find(openId)).items[0]);
const threadOf = async (openId: string): Promise<Message[]> => (await desk.thread((await conversationOf(openId)).id)).items;

test('a voice message stands as words in the thread, can be heard, and is answered within the window', async () => {
  const openId = somebody();
  const sound = Buffer.from('#!AMR\n simulated voice');
  const acted = await world.sandbox.act(
    { kind: 'wechat' },
    {
      do: 'voice-message',
      from: openId,
      media: { name: 'voice.amr', contentType: 'audio/amr', base64: sound.toString('base64') },
      seconds: 7,
      transcript: '我的车在延安高架上被追尾了，没有人受伤',
    },
  );
  expect([acted.status, acted.body]).toEqual([200, 'success']);
  const { id } = await conversationOf(openId);
  const [message] = await threadOf(openId);
  expect(message).toMatchObject({ channel: 'wechat', from: openId, text: '我的车在延安高架上被追尾了，没有人受伤' });
  const stored = await until('the sound', async () => (await threadOf(openId))[0]!.attachments.find(({ state }) => state === 'stored'));
  expect(stored.transcript).toContain('延安高架');
  const heard = await fetch(`${world.hub.url}/api/attachments/${stored.id}`, { headers: desk.signedIn });
  expect(Buffer.from(await heard.arrayBuffer())).toEqual(sound);
  expect(await until('its words in search', async () => (await desk.find('延安高架')).items.find((item) => item.id === id))).toBeDefined();

  expect((await desk.reply(id, '没有受伤就好，请拍几张照片。')).status).toBe(201);
  const answer = await world.sandbox.waitFor(openId, ({ text }) => text.includes('拍几张照片'));
  expect(answer).toMatchObject({ channel: 'wechat', from: line.appId });
});

test('a push that WeChat delivers three times is one message, and each is answered in time', async () => {
  const openId = somebody();
  const id = String(Date.now()) + '01';
  for (let i = 0; i < 3; i++) {
    const answered = await postWechat(line, openId, { MsgType: 'text', Content: '三次', MsgId: id });
    expect([answered.status, await answered.text()]).toEqual([200, 'success']);
  }
  await Promise.all([1, 2, 3].map(() => postWechat(line, openId, { MsgType: 'text', Content: '同时', MsgId: `${id}9` })));
  expect((await threadOf(openId)).map(({ text }) => text).sort()).toEqual(['三次', '同时']);
});

test('the address is confirmed to WeChat only; what WeChat did not sign is refused and leaves no trace', async () => {
  const openId = somebody();
  const verified = await fetch(`${line.webhook}?${signWechat(line)}&echostr=5577006791947779410`);
  expect([verified.status, await verified.text()]).toEqual([200, '5577006791947779410']);
  const foreign = { ...line, token: 'not-the-token' };
  expect((await fetch(`${line.webhook}?${signWechat(foreign)}&echostr=1`)).status).toBe(401);
  expect((await postWechat(foreign, openId, { MsgType: 'text', Content: 'let me in', MsgId: '1' })).status).toBe(401);
  // Signed for the plain mode, where the line is in safe mode: the body would be anybody's.
  expect((await postWechat(line, openId, { MsgType: 'text', Content: 'let me in', MsgId: '2' }, { plain: true })).status).toBe(401);
  const old = await postWechat(line, openId, { MsgType: 'text', Content: 'let me in', MsgId: '3' }, { at: Date.now() - HOUR });
  expect(old.status).toBe(401);
  expect((await desk.find(openId)).items).toEqual([]);
});

test('a line in plain mode is served as well', async () => {
  const administrator = await world.signIn('administrator');
  const address = 'wxSTORYplain0000001';
  const { config, secrets } = await world.sandbox.newLine('wechat', address);
  const made = await administrator.call<{ id: string; webhookUrl: string }>('POST', '/api/inboxes', {
    kind: 'wechat',
    name: 'plain',
    region: 'CN',
    config: { ...config, mode: 'plain' },
    secrets,
  });
  expect(made.status).toBe(201);
  const plain: WechatLine = {
    webhook: `${world.hub.url}/webhooks/${made.body.id}`,
    appId: address,
    token: secrets.token!,
    encodingAesKey: '',
  };
  const openId = somebody();
  const answered = await postWechat(plain, openId, { MsgType: 'text', Content: '明文模式', MsgId: '88' }, { plain: true });
  expect([answered.status, await answered.text()]).toEqual([200, 'success']);
  expect((await threadOf(openId)).map(({ text }) => text)).toEqual(['明文模式']);
});

test('after forty-eight hours free text is refused with the reason before anything leaves; the customer’s next word opens the window again', async () => {
  const openId = somebody();
  await postWechat(line, openId, { MsgType: 'text', Content: '请问进度', MsgId: `${Date.now()}77` });
  const { id } = await conversationOf(openId);
  await world.shiftClock(49 * HOUR);
  const composer = await desk.get<Composer>(`/api/conversations/${id}/composer`);
  const { windowUntil } = composer.channels.find(({ channel }) => channel === 'wechat')!;
  expect(Date.parse(windowUntil!)).toBeLessThan(Date.now() + 49 * HOUR);
  await desk.reply(id, '已经进入定损阶段', { channel: 'wechat' });
  const mark = await until('the no of the gate', async () => {
    const last = (await desk.thread(id)).items.at(-1);
    return last?.delivery?.state === 'failed' ? last.delivery : undefined;
  });
  expect(mark.reason).toBe('window-closed');
  expect(await world.outbox(openId)).toEqual([]);

  await world.sandbox.act({ kind: 'wechat' }, { do: 'message', from: openId, text: '还在吗' });
  await until('the new word', async () => (await desk.thread(id)).items.some(({ text }) => text === '还在吗'));
  expect((await desk.reply(id, '在的', { channel: 'wechat' })).status).toBe(201);
  await world.sandbox.waitFor(openId, ({ text }) => text === '在的');
});

test('whoever unsubscribes is not written to by WeChat any more', async () => {
  const openId = somebody();
  await postWechat(line, openId, { MsgType: 'text', Content: '你好', MsgId: `${Date.now()}55` });
  const { id } = await conversationOf(openId);
  expect((await followWechat(line, openId, 'unsubscribe')).status).toBe(200);
  await until('the consent to be known', async () => {
    const composer = await desk.get<Composer>(`/api/conversations/${id}/composer`);
    return composer.channels.find(({ channel }) => channel === 'wechat')?.consent === 'opted-out';
  });
  await desk.reply(id, '您好', { channel: 'wechat' });
  const mark = await until('the no', async () => {
    const delivery = (await desk.thread(id)).items.at(-1)?.delivery;
    return delivery?.state === 'suppressed' ? delivery : undefined;
  });
  expect(mark.reason).toBe('opted-out');
  expect(await world.outbox(openId)).toEqual([]);
});
