import { createHmac } from 'node:crypto';
import { newId } from '@claimline/database';
import type { ConversationItem, Message } from '@claimline/protocol';
import { MESSAGES } from './visitor-limits';
import {
  IDENTITY_SECRET,
  openVisitorHub,
  SITE,
  until,
  type ChatVisitor,
  type VisitorHub,
  type VisitorOptions,
} from './testing/visitor-hub';

let hub: VisitorHub;

beforeAll(async () => {
  hub = await openVisitorHub();
}, 60_000);
afterAll(() => hub?.close());

/** A visitor who has said something, with the conversation that it made. */
async function chatting(options: VisitorOptions = {}, text = 'hello') {
  const chat = hub.visitor(options);
  const welcome = await chat.welcome;
  await chat.resume(0);
  await chat.send(text);
  const [conversation] = await hub.conversationsOf(welcome.visitor);
  return { chat, welcome, conversation: conversation! };
}

const answer = (conversation: string, text: string, more: object = {}) =>
  hub.call<Message>('POST', `/api/conversations/${conversation}/messages`, { text, ...more });
const hears = (chat: ChatVisitor, text: string) =>
  until(`the visitor to hear "${text}"`, () => chat.messages.find((message) => message.text === text));
const stateOf = async (conversation: string, text: string) =>
  (await hub.thread(conversation)).find((message) => message.text === text)?.delivery?.state;
const refusal = (options: VisitorOptions) =>
  hub.visitor(options).welcome.then(
    () => 'admitted',
    (error: Error) => error.message,
  );

describe('the door', () => {
  test.each<[string, VisitorOptions, string]>([
    ['a page that is not listed', { origin: 'https://evil.example' }, 'wrong-origin'],
    ['a page whose name only begins like ours', { origin: `${SITE}.evil.example` }, 'wrong-origin'],
    ['no page at all', { origin: null }, 'wrong-origin'],
    ['an unknown chat', { auth: { inbox: newId(new Date()) } }, 'not-found'],
    ['nonsense instead of an id', { auth: { inbox: { $ne: null } } }, 'malformed'],
    ['a forged identity', { auth: { identity: { userId: 'C-77', hash: 'f'.repeat(64) } } }, 'wrong-origin'],
  ])('%s is refused', async (_name, options, code) => {
    expect(await refusal(options)).toBe(code);
  });

  test('the console’s cookie is no way in, and a foreign token makes a new visitor', async () => {
    expect(await refusal({ origin: 'https://evil.example', cookie: 'claimline_session=AAAA' })).toBe('wrong-origin');
    const { welcome } = await chatting();
    const other = hub.visitor({ auth: { token: 'made-up' } });
    expect((await other.welcome).visitor).not.toBe(welcome.visitor);
    expect(await other.resume(0)).toEqual([]);
  });

  test('pages of the hub itself may show it, in the language they ask for', async () => {
    const own = hub.visitor({ origin: hub.urls[0], auth: { language: 'zh-HK' } });
    expect(await own.welcome).toMatchObject({
      title: 'Antu claims',
      brand: 'Antu',
      language: 'zh-CN',
      lastSeq: 0,
      online: true,
      replyMinutes: null,
      greeting: expect.stringContaining('理赔'),
    });
  });
});

test('a message sent twice over a broken socket, to two replicas, is one message with one answer', async () => {
  const first = hub.visitor();
  const { token, visitor } = await first.welcome;
  const clientMsgId = `c-${newId(new Date())}`;
  // The socket dies before the answer: the widget cannot know whether it was taken.
  first.socket.emit('chat:send', { clientMsgId, text: 'is anybody there?' });
  await until('the message', async () => (await hub.conversationsOf(visitor)).length > 0);
  first.socket.disconnect();
  const again = [hub.visitor({ auth: { token } }), hub.visitor({ auth: { token }, replica: 1 })];
  await Promise.all(again.map((chat) => chat.welcome));
  const answers = await Promise.all(
    again.flatMap((chat) => [chat.send('is anybody there?', { clientMsgId }), chat.send('is anybody there?', { clientMsgId })]),
  );
  expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
  expect(answers[0]).toEqual({ messageId: expect.any(String), seq: 1 });
  const [conversation, ...others] = await hub.conversationsOf(visitor);
  expect(others).toEqual([]);
  expect(await hub.thread(conversation!)).toHaveLength(1);
  expect(await again[1]!.resume(0)).toEqual([
    expect.objectContaining({ id: answers[0]!.messageId, seq: 1, mine: true, text: 'is anybody there?', clientMsgId }),
  ]);
});

test('an answer reaches every socket of the visitor, at whatever replica, with the name of who answers', async () => {
  const { chat, welcome, conversation } = await chatting();
  const elsewhere = hub.visitor({ auth: { token: welcome.token }, replica: 1 });
  await elsewhere.welcome;
  await elsewhere.resume(0);
  expect((await answer(conversation, 'We have your photo.')).status).toBe(201);
  for (const one of [chat, elsewhere]) {
    expect(await hears(one, 'We have your photo.')).toMatchObject({
      mine: false,
      author: 'Zhang Lei',
      seq: 2,
      read: false,
      attachments: [],
      clientMsgId: null,
    });
    expect(one.messages.filter(({ text }) => text === 'We have your photo.')).toHaveLength(1);
  }
  expect(await until('the receipt', async () => (await stateOf(conversation, 'We have your photo.')) === 'sent')).toBe(true);
});

test('what was said while the visitor was away comes with the resume, whole and once', async () => {
  const { chat, welcome, conversation } = await chatting();
  chat.socket.disconnect();
  for (const text of ['one', 'two', 'three']) await answer(conversation, text);
  await until('the answers to be sent', async () => (await stateOf(conversation, 'three')) === 'sent');
  const back = hub.visitor({ auth: { token: welcome.token }, replica: 1 });
  expect(await back.welcome).toMatchObject({ visitor: welcome.visitor, lastSeq: 4 });
  expect((await back.resume(1)).map(({ text, seq }) => [seq, text])).toEqual([
    [2, 'one'],
    [3, 'two'],
    [4, 'three'],
  ]);
  await answer(conversation, 'four');
  await hears(back, 'four');
  expect(back.messages.map(({ text }) => text)).toEqual(['four']);
});

test('a widget that knows more than there is gets everything', async () => {
  const { chat } = await chatting({}, 'the only words');
  expect((await chat.resume(4711)).map(({ text }) => text)).toEqual(['the only words']);
});

test('notes and other people’s words never come', async () => {
  const { chat, conversation } = await chatting();
  await answer(conversation, 'he may be lying', { kind: 'note' });
  const other = await chatting();
  await answer(other.conversation, 'for somebody else');
  await hears(other.chat, 'for somebody else');
  await answer(conversation, 'for you');
  await hears(chat, 'for you');
  const everything = JSON.stringify([chat.messages, await chat.resume(0)]);
  expect(everything).not.toMatch(/lying|somebody else/);
});

test('when the conversation behind was resolved, the visitor’s thread goes on and misses nothing', async () => {
  const { chat, welcome, conversation } = await chatting();
  await answer(conversation, 'done');
  await hears(chat, 'done');
  const { body } = await hub.call<ConversationItem>('GET', `/api/conversations/${conversation}`);
  expect((await hub.call('POST', `/api/conversations/${conversation}/resolve`, {})).status).toBeLessThan(300);
  expect(body.id).toBe(conversation);
  expect(await chat.send('one more thing')).toMatchObject({ seq: 3 });
  const [, second] = await hub.conversationsOf(welcome.visitor);
  await answer(second ?? conversation, 'go ahead');
  expect(await hears(chat, 'go ahead')).toMatchObject({ seq: 4 });
  expect((await chat.resume(2)).map(({ text }) => text)).toEqual(['one more thing', 'go ahead']);
});

test('reading is told both ways, and a thread is never read further than it is long', async () => {
  const { chat, conversation } = await chatting();
  const mine = await hub.thread(conversation);
  await hub.call('POST', `/api/conversations/${conversation}/read`, { position: mine.length });
  await until('the tick', () => chat.read.includes(1));
  await answer(conversation, 'please read');
  await hears(chat, 'please read');
  chat.socket.emit('chat:read', { seq: 2_000_000 });
  expect(await until('the read mark', async () => (await stateOf(conversation, 'please read')) === 'read')).toBe(true);
  await answer(conversation, 'and this');
  await hears(chat, 'and this');
  await until('the receipt', async () => (await stateOf(conversation, 'and this')) === 'sent');
  expect((await chat.resume(2))[0]).toMatchObject({ text: 'and this', read: false });
});

test('typing is seen on both sides', async () => {
  const { chat, conversation } = await chatting();
  const desk = hub.console();
  const seen: unknown[] = [];
  desk.on('typing', (who: unknown) => seen.push(who));
  await new Promise<void>((resolve) => desk.once('connect', () => resolve()));
  desk.emit('viewing', { conversationId: conversation });
  await new Promise<void>((resolve) => desk.once('viewers', () => resolve()));
  chat.socket.emit('chat:typing', { active: true });
  await until('the customer to type', () => seen.some((who) => (who as { side: string; active: boolean }).side === 'customer'));
  desk.emit('typing', { conversationId: conversation, active: true });
  expect(await until('the adjuster to type', () => chat.typing[0])).toEqual({ name: 'Zhang Lei', active: true });
});

test('a signed identity binds the visitor to that contact; without it the token opens nothing', async () => {
  const identity = { userId: 'C-4711', name: 'Li Wei', hash: createHmac('sha256', IDENTITY_SECRET).update('C-4711').digest('hex') };
  const { welcome, conversation } = await chatting({ auth: { identity } }, 'my own account');
  const rows = await hub.database.query<{ external_id: string; name: string; level: string }>({
    name: 'test-holder',
    text: `SELECT c.external_id, c.name, h.level FROM addresses a JOIN contacts c ON c.id = a.contact_id JOIN contact_addresses h ON h.contact_id = c.id AND h.address_id = a.id WHERE a.value = $1`,
    values: [welcome.visitor],
  });
  expect(rows).toEqual([{ external_id: 'C-4711', name: 'Li Wei', level: 'verified' }]);
  const same = hub.visitor({ auth: { identity, token: welcome.token } });
  expect((await same.welcome).visitor).toBe(welcome.visitor);
  const next = hub.visitor({ auth: { token: welcome.token } });
  expect((await next.welcome).visitor).not.toBe(welcome.visitor);
  expect(await next.resume(0)).toEqual([]);
  expect((await hub.thread(conversation))[0]).toMatchObject({ fromName: 'Li Wei' });
});

test('an address that somebody leaves behind is theirs when nobody else has it', async () => {
  const { chat, welcome } = await chatting();
  expect(await chat.send('Please go on by e-mail: new@example.org', { contact: { email: 'New@example.org' } })).not.toHaveProperty('error');
  const other = await chatting();
  await other.chat.send('Please go on by e-mail: new@example.org', { contact: { email: 'new@example.org' } });
  await other.chat.send('Please go on by SMS', { contact: { phone: '(415) 555-2671' } });
  const rows = await hub.database.query<{ value: string; holder: string; kind: string; level: string }>({
    name: 'test-claimed',
    text: `SELECT a.value, v.value AS holder, c.kind, h.level FROM addresses a JOIN contacts c ON c.id = a.contact_id JOIN contact_addresses h ON h.address_id = a.id
           JOIN addresses v ON v.contact_id = a.contact_id AND v.scheme = 'visitor' WHERE a.value IN ('new@example.org', '+14155552671') ORDER BY a.value`,
    values: [],
  });
  expect(rows).toEqual([
    { value: '+14155552671', holder: (await other.chat.welcome).visitor, kind: 'person', level: 'claimed' },
    { value: 'new@example.org', holder: welcome.visitor, kind: 'person', level: 'claimed' },
  ]);
  expect(await chat.send('x', { contact: { email: 'no address' } })).toEqual({ error: 'malformed' });
});

test('whoever writes faster than anybody types is told to wait, and a flood is cut off', async () => {
  const { chat } = await chatting();
  const answers = await Promise.all(Array.from({ length: MESSAGES.perWindow + 2 }, (_, n) => chat.send(`fast ${n}`)));
  expect(answers.filter(({ error }) => error === 'too-many-requests').length).toBeGreaterThan(0);
  const other = hub.visitor();
  await other.welcome;
  for (let n = 0; n < 200; n++) other.socket.emit('chat:typing', { active: true });
  await until('the flood to be cut off', () => other.socket.disconnected);
});

test('nonsense in every frame harms nobody', async () => {
  const { chat } = await chatting();
  for (const frame of [undefined, null, 7, 'x', [], { lastSeq: 'x' }, { seq: -1 }, { seq: 1e99 }]) {
    for (const event of ['chat:typing', 'chat:read']) chat.socket.emit(event, frame);
    expect(await chat.socket.timeout(5_000).emitWithAck('chat:send', frame)).toEqual({ error: 'malformed' });
    expect(await chat.socket.timeout(5_000).emitWithAck('chat:resume', frame)).toEqual({ messages: expect.any(Array) });
  }
  expect(chat.socket.connected).toBe(true);
});

describe('files', () => {
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  const door = () => `${hub.urls[0]}/visitor/${hub.inboxId}/files`;

  function hand(token: string, origin = SITE): Promise<Response> {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(png)], { type: 'image/png' }), 'bumper.png');
    return fetch(door(), { method: 'POST', headers: { authorization: `Bearer ${token}`, origin }, body: form });
  }

  test('a photo is handed in, sent, seen by the adjuster and shown to the visitor’s page only', async () => {
    const { chat, welcome, conversation } = await chatting();
    const handed = await hand(welcome.token);
    expect([handed.status, handed.headers.get('access-control-allow-origin')]).toEqual([201, SITE]);
    const { id } = (await handed.json()) as { id: string };
    await chat.send('', { attachments: [id] });
    const [, message] = await hub.thread(conversation);
    expect(message!.attachments).toEqual([expect.objectContaining({ id, name: 'bumper.png', contentType: 'image/png', state: 'stored' })]);
    const [shown] = (await chat.resume(1))[0]!.attachments;
    expect(shown).toMatchObject({ id, name: 'bumper.png', state: 'stored' });
    const got = await fetch(hub.urls[0] + shown!.url, { headers: { origin: SITE } });
    expect([got.status, got.headers.get('access-control-allow-origin'), Buffer.from(await got.arrayBuffer()).equals(png)]).toEqual([
      200,
      SITE,
      true,
    ]);
    expect((await fetch(hub.urls[0] + shown!.url, { headers: { origin: 'https://evil.example' } })).status).toBe(403);
    expect((await fetch(`${door()}/${id}`, { headers: { authorization: `Bearer ${welcome.token}` } })).status).toBe(200);
    expect((await fetch(`${door()}/${id}?key=made-up`)).status).toBe(401);
  });

  test('nobody sends or fetches another visitor’s file', async () => {
    const [mine, theirs] = [await chatting(), await chatting()];
    const { id } = (await (await hand(mine.welcome.token)).json()) as { id: string };
    expect(await theirs.chat.send('look', { attachments: [id] })).toEqual({ error: 'invalid' });
    await mine.chat.send('mine', { attachments: [id] });
    expect((await fetch(`${door()}/${id}`, { headers: { authorization: `Bearer ${theirs.welcome.token}` } })).status).toBe(404);
  });

  test('strangers, foreign pages and unknown chats are refused; a browser may ask first', async () => {
    const { welcome } = await chatting();
    expect((await hand('made-up')).status).toBe(401);
    expect((await hand(welcome.token, 'https://evil.example')).status).toBe(403);
    const asks = (origin: string) =>
      fetch(door(), {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
      });
    expect((await asks('https://evil.example')).status).toBe(403);
    const allowed = await asks(SITE);
    expect([
      allowed.status,
      allowed.headers.get('access-control-allow-origin'),
      allowed.headers.get('access-control-allow-headers'),
    ]).toEqual([204, SITE, 'authorization']);
  });
});
