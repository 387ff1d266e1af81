import { visitor, type InboundMessage, type SocketHello } from '@claimline/messages';
import type { Misbehaviour } from '../simulator';
import { describeChannelContract, Stage, type ContractHarness, type SendTrouble, type Trouble } from '../testing';
import { identityHash } from './identity';
import { startWebChatSimulator } from './simulator';
import { webChatKind } from './web-chat.channel';

const customer = visitor('3f0c9a1e5b7d4c2f8a6e0d1b2c3a4f5e');
const nobody: Trouble = { cannot: 'nothing stands between the hub and a visitor that could go wrong so' };
const TROUBLES: readonly Misbehaviour['how'][] = [
  'answer-429',
  'answer-500',
  'hang',
  'close-mid-answer',
  'accept-then-die',
  'refuse',
  'opted-out',
  'undeliverable',
  'unauthorized',
  'window-closed',
];

const harness: ContractHarness = {
  start: startWebChatSimulator,
  line: 'www-example',
  customer,
  actions: [
    { do: 'message', from: customer, text: '我的车昨天被追尾了，理赔到哪一步了？' },
    { do: 'message', from: customer, text: 'and the estimate?', id: 'a-second-one' },
  ],
  troubles: Object.fromEntries(TROUBLES.map((how) => [how, nobody])) as Partial<Record<SendTrouble, Trouble>>,
  wrong: { field: 'allowedOrigins', config: { allowedOrigins: [] } },
  skip: [
    { reason: 'there is no vendor that could be off the net: the thread is the hub’s own', rules: ['unreachable'] },
    { reason: 'a message is put into the thread by its id, so an uncertain one is put there again and is still one', rules: ['finds'] },
    { reason: 'only the visitor’s own "read" comes back, see below', rules: ['receipts'] },
    {
      reason: 'nothing is signed: a visitor is known by a token that the hub checks before the door',
      rules: ['refuses-unsigned', 'refuses-tampered', 'refuses-stale', 'malformed'],
    },
    { reason: 'frames come by socket, not by webhook; their keys are tested below', rules: ['redelivery'] },
    { reason: 'what was not acknowledged is sent again by the widget, so there is nobody to ask', rules: ['backfill'] },
    { reason: 'files are handed in at the hub’s own door and never fetched', rules: ['media', 'vendor-hosts-only'] },
    { reason: 'no stream is held open', rules: ['stream-stops', 'stream-redelivers'] },
  ],
};

describeChannelContract(webChatKind, harness);

describe('a chat on a website', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await Stage.set(webChatKind, harness);
  });
  afterEach(() => stage.close());

  const hears = (frame: unknown, who = customer.value) => stage.door('socket').receive(frame, who);
  const send = (over: object = {}) => ({ is: 'send', clientMsgId: 'c-00000001', text: 'hello', ...over });
  const admits = (over: Partial<SocketHello> = {}) =>
    stage.door('socket').admit({ origin: stage.simulatorOrigin, ownPage: false, ...over });

  test('the same clientMsgId is the same message, of this visitor only', async () => {
    const [first, again, other] = await Promise.all([hears(send()), hears(send()), hears(send(), 'somebody-else')]);
    expect(again.events[0]?.key).toBe(first.events[0]?.key);
    expect(other.events[0]?.key).not.toBe(first.events[0]?.key);
  });

  test('a message is from the visitor’s address, with uploads by their ids and the identity that the hub knows', async () => {
    const upload = '0194f3a0-0000-7000-8000-000000000001';
    const { events } = await hears(send({ text: ' 你好 ', attachments: [upload], language: 'en', user: 'C-77', name: '李薇' }));
    const message = events[0] as InboundMessage;
    expect(message).toMatchObject({
      kind: 'message',
      from: { ...customer, name: '李薇' },
      to: 'www-example',
      text: '你好',
      language: 'zh-CN',
    });
    expect(message.media).toEqual([{ key: upload, upload }]);
    expect(message.facts).toEqual({ clientMsgId: 'c-00000001', user: 'C-77', identity: 'verified' });
  });

  test.each([
    ['no frame', null],
    ['an unknown frame', { is: 'delete' }],
    ['no id', { is: 'send', text: 'hello' }],
    ['a short id', send({ clientMsgId: 'x' })],
    ['nothing said', send({ text: '  ' })],
    ['too long a text', send({ text: 'x'.repeat(5_001) })],
    ['files that are no ids', send({ attachments: ['../../etc/passwd'] })],
  ])('%s is malformed', async (_name, frame) => {
    expect((await stage.failure(hears(frame))).fate).toBe('malformed');
  });

  test('typing is typing, and reading names the message once', async () => {
    expect((await hears({ is: 'typing', active: true })).events).toEqual([
      expect.objectContaining({ kind: 'typing', active: true, from: customer }),
    ]);
    const read = (await hears({ is: 'read', externalId: 'd-1' })).events[0];
    expect(read).toMatchObject({ kind: 'read', externalId: 'd-1', from: customer });
    expect((await hears({ is: 'read', externalId: 'd-1' })).events[0]?.key).toBe(read?.key);
  });

  test('only allowed pages and the hub’s own may show the chat', async () => {
    expect((await admits()).face).toMatchObject({ language: 'en', greeting: expect.stringContaining('claim') });
    expect((await admits({ origin: 'https://evil.example', ownPage: true, language: 'zh-TW' })).face.language).toBe('zh-CN');
    for (const origin of ['https://evil.example', `${stage.simulatorOrigin}.evil.example`, 'null', undefined]) {
      expect((await stage.failure(admits({ origin }))).fate).toBe('unauthentic');
    }
  });

  test('a signed identity is believed, a forged one refused, and none is believed while that is switched off', async () => {
    const secret = stage.line.secrets.identitySecret!;
    const signed = { userId: 'C-77', name: '李薇', hash: identityHash(secret, 'C-77') };
    expect((await admits({ identity: signed })).user).toBeUndefined();
    const on = stage.open({ ...stage.line, config: { ...stage.line.config, identityVerification: true } });
    const door = on.doors.find((one) => one.via === 'socket')!;
    const hello = { origin: stage.simulatorOrigin, ownPage: false };
    expect((await door.admit({ ...hello, identity: signed })).user).toEqual({ id: 'C-77', name: '李薇' });
    expect((await door.admit(hello)).user).toBeUndefined();
    for (const forged of [
      { ...signed, userId: 'C-78' },
      { ...signed, hash: '' },
      { ...signed, hash: signed.hash.slice(0, 63) },
    ]) {
      expect((await stage.failure(door.admit({ ...hello, identity: forged }))).fate).toBe('unauthentic');
    }
  });

  test('an answer is put into the visitor’s thread under its own id; a thread that cannot be written to is tried again', async () => {
    const message = stage.message();
    const receipt = await stage.channel.send(message);
    expect(receipt).toEqual({ externalId: message.deliveryId, state: 'sent' });
    expect(stage.outbox[0]).toMatchObject({ to: customer.value, text: message.text, raw: { event: 'chat:message' } });
    const broken = webChatKind.open(
      { config: webChatKind.config.parse(stage.line.config), secrets: webChatKind.secrets.parse(stage.line.secrets) },
      { ...stage.deps('www-example'), push: () => Promise.reject(new Error('the database is away')) },
    );
    expect((await stage.failure(broken.send(message))).fate).toBe('unavailable');
  });
});
