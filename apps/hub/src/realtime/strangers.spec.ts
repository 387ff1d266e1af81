import 'reflect-metadata';
import { ModulesContainer } from '@nestjs/core';
import { io, type Socket } from 'socket.io-client';
import { serveHub, type ServedHub } from '../http/testing/served-hub';

let served: ServedHub;
let cookie: string;
const open: Socket[] = [];

beforeAll(async () => {
  served = await serveHub();
  cookie = await served.cookieOf('adjuster');
}, 60_000);
afterEach(() => open.splice(0).forEach((socket) => socket.close()));
afterAll(() => served?.close());

interface Gateway {
  readonly namespace: string;
  readonly events: readonly string[];
}

/** Every gateway of the hub with the events that it answers, as Nest has read them from the decorators. */
function gateways(): Gateway[] {
  const classes = [...served.hub.app.get(ModulesContainer).values()]
    .flatMap((module) => [...module.providers.values()])
    .flatMap(({ metatype }) =>
      typeof metatype === 'function' && Reflect.getMetadata('websockets:is_gateway', metatype) ? [metatype] : [],
    );
  return [...new Set(classes)].map((gateway) => ({
    namespace: Reflect.getMetadata('websockets:gateway_options', gateway).namespace as string,
    events: Object.getOwnPropertyNames(gateway.prototype)
      .filter((method) => typeof gateway.prototype[method] === 'function')
      .filter((method) => Reflect.getMetadata('websockets:message_mapping', gateway.prototype[method]))
      .map((method) => Reflect.getMetadata('message', gateway.prototype[method]) as string),
  }));
}

/** Undefined where the socket opened, else the reason it was given. */
function knock(namespace: string, headers: Record<string, string>, auth: object = {}): Promise<string | undefined> {
  const socket = io(served.url + namespace, {
    transports: ['websocket'],
    extraHeaders: headers,
    auth,
    reconnection: false,
    forceNew: true,
  });
  open.push(socket);
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(undefined));
    socket.once('connect_error', (error) => resolve(error.message));
  });
}

test('there is no namespace but those of the gateways', async () => {
  expect(
    gateways()
      .map(({ namespace }) => namespace)
      .sort(),
  ).toEqual(['/console', '/visitor']);
  expect(await knock('', { origin: served.url, cookie })).toBe('not-found');
  expect(await knock('/nobody-made-this', { origin: served.url, cookie })).toBe('Invalid namespace');
});

test('every namespace refuses a stranger', async () => {
  for (const { namespace } of gateways()) {
    const answers = [
      await knock(namespace, { origin: served.url }),
      await knock(namespace, {}),
      await knock(namespace, { origin: served.url, cookie: 'claimline_session=AAAA' }),
      await knock(namespace, { origin: served.url }, { token: 'AAAA', inbox: '01890000-0000-7000-8000-000000000000' }),
    ];
    expect({ namespace, admitted: answers.filter((answer) => answer === undefined).length }).toEqual({ namespace, admitted: 0 });
  }
});

test('the console opens for a session, and only from a page of ours', async () => {
  expect(await knock('/console', { origin: 'https://evil.example', cookie })).toBe('not-signed-in');
  expect(await knock('/console', { cookie })).toBe('not-signed-in');
  expect(await knock('/console', { origin: served.url, cookie })).toBeUndefined();
});

test('a key of a program opens no console', async () => {
  const authorization = `Bearer ${await served.keyOf('administrator')}`;
  expect(await knock('/console', { origin: served.url, authorization })).toBe('not-signed-in');
});

test('nonsense in every event, and events that nobody answers, harm nobody', async () => {
  expect(await knock('/console', { origin: served.url, cookie })).toBeUndefined();
  const socket = open.at(-1)!;
  const { events } = gateways().find(({ namespace }) => namespace === '/console')!;
  expect([...events].sort()).toEqual(['resume', 'typing', 'viewing']);
  const answered: string[] = [];
  socket.emit('drop-everything', { now: true }, () => answered.push('drop-everything'));
  for (const event of events)
    for (const nonsense of [undefined, null, 7, 'x', [], { conversationId: {}, position: 'x' }]) socket.emit(event, nonsense);
  const answer: { position: number } = await socket.timeout(5000).emitWithAck('resume', { position: null });
  expect(answer.position).toBeGreaterThanOrEqual(0);
  expect(answered).toEqual([]);
  expect(socket.connected).toBe(true);
});
