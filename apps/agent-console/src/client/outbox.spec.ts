import type { Message } from '@claimline/protocol';
import { QueryClient } from '@tanstack/react-query';
import { closeOutbox, flushOutbox, openOutbox, outgoingOf, sendReply, takeBack } from './outbox';

const shelf = new Map<string, string>();
const asked: { key: string; body: unknown }[] = [];
let answer: () => Promise<Response> = () => Promise.reject(new TypeError('no network'));

const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
const message = (text: string): Message => ({
  id: '01930000-0000-7000-8000-000000000001',
  direction: 'outbound',
  kind: 'text',
  channel: 'twilio-sms',
  from: '+1',
  fromName: null,
  to: ['+2'],
  cc: [],
  subject: null,
  text,
  quoted: null,
  html: false,
  attachments: [],
  delivery: { state: 'due' },
  attempts: [],
  author: null,
  call: null,
  notice: null,
  at: '2026-11-22T10:00:00Z',
});
const settled = async () => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};
const states = () => outgoingOf('c1').map((one) => `${one.body.text} ${one.state}`);

beforeEach(() => {
  shelf.clear();
  asked.length = 0;
  answer = () => Promise.reject(new TypeError('no network'));
  Object.assign(globalThis, {
    localStorage: {
      getItem: (name: string) => shelf.get(name) ?? null,
      setItem: (name: string, value: string) => shelf.set(name, value),
      removeItem: (name: string) => shelf.delete(name),
    },
    fetch: (_url: string, init: RequestInit) => {
      asked.push({ key: (init.headers as Record<string, string>)['idempotency-key']!, body: JSON.parse(String(init.body)) });
      return answer();
    },
  });
  openOutbox(new QueryClient(), 'me');
});
afterEach(closeOutbox);

it('keeps a reply through a lost network and repeats it with the same key, so that it is never said twice', async () => {
  sendReply('c1', { text: 'hello' });
  await settled();
  expect(states()).toEqual(['hello waiting']);
  answer = () => Promise.resolve(json(201, message('hello')));
  await flushOutbox();
  await settled();
  expect(states()).toEqual([]);
  expect(asked).toHaveLength(2);
  expect(asked[1]).toEqual(asked[0]);
});

it('survives a reload: what was written goes out with its old key', async () => {
  const key = sendReply('c1', { text: 'before the crash' });
  await settled();
  answer = () => Promise.resolve(json(201, message('before the crash')));
  openOutbox(new QueryClient(), 'me');
  await settled();
  expect(asked.map((one) => one.key)).toEqual([key, key]);
  expect(shelf.size).toBe(0);
});

it('does not let a later reply of the same conversation overtake', async () => {
  sendReply('c1', { text: 'first' });
  sendReply('c1', { text: 'second' });
  await settled();
  asked.length = 0;
  await flushOutbox();
  expect(asked.map((one) => (one.body as { text: string }).text)).toEqual(['first']);
});

it('sends what was written meanwhile after the one that is on its way', async () => {
  const arrived: (() => void)[] = [];
  answer = () => new Promise((resolve) => arrived.push(() => resolve(json(201, message('x')))));
  sendReply('c1', { text: 'first' });
  sendReply('c1', { text: 'second' });
  sendReply('c2', { text: 'elsewhere' });
  await settled();
  const texts = () => asked.map((one) => (one.body as { text: string }).text);
  expect(texts()).toEqual(['first', 'elsewhere']);
  arrived.shift()?.();
  await settled();
  expect(texts()).toEqual(['first', 'elsewhere', 'second']);
  arrived.forEach((arrive) => arrive());
  await settled();
});

it('leaves a refusal to a person and does not repeat it', async () => {
  answer = () => Promise.resolve(json(409, { type: 'about:blank', title: '', status: 409, code: 'thread-moved', requestId: 'r' }));
  const key = sendReply('c1', { text: 'stale', seen: 3 });
  await settled();
  expect(states()).toEqual(['stale refused']);
  await flushOutbox();
  expect(asked).toHaveLength(1);
  expect(takeBack(key)?.body).toEqual({ text: 'stale', seen: 3 });
  expect(states()).toEqual([]);
});

it('can be taken back while it is held, and then never leaves', async () => {
  const key = sendReply('c1', { text: 'a mail' }, 40);
  expect(states()).toEqual(['a mail held']);
  takeBack(key);
  await new Promise((resolve) => setTimeout(resolve, 80));
  expect(asked).toHaveLength(0);
});
