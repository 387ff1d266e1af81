import { EventEmitter } from 'node:events';
import { from, mergeAll } from 'rxjs';
import { HubSocketAdapter } from './socket-adapter';

const warned: unknown[] = [];
const log = { warn: (facts: unknown) => warned.push(facts) };
const adapter = new HubSocketAdapter(undefined as never, undefined as never, log as never);
// As Nest hands it over.
const answersOf = (outcome: unknown) => from(Promise.resolve(outcome).then((answer) => [answer])).pipe(mergeAll());

/** Says something to a handler; resolves with all that was acknowledged once everything has settled. */
async function said(handle: (data: unknown) => unknown, ...given: unknown[]): Promise<unknown[]> {
  const [socket, acknowledged] = [new EventEmitter(), [] as unknown[]];
  adapter.bindMessageHandlers(socket, [{ message: 'ask', methodName: 'ask', callback: handle } as never], answersOf);
  socket.emit('ask', ...given, (answer: unknown) => acknowledged.push(answer));
  await new Promise((resolve) => setImmediate(resolve));
  return acknowledged;
}

beforeEach(() => warned.splice(0));

test('what a handler answers is the acknowledgement', async () => {
  expect(await said(async (data) => ({ heard: data }), { position: 7 })).toEqual([{ heard: { position: 7 } }]);
});

test('a handler without an answer acknowledges nothing, and one without data is told of none', async () => {
  expect(await said(async () => undefined, 'typing')).toEqual([]);
  expect(await said(async (data) => [data])).toEqual([[undefined]]);
});

test('a message that nobody wants acknowledged is handled too', async () => {
  const [socket, heard] = [new EventEmitter(), [] as unknown[]];
  adapter.bindMessageHandlers(
    socket,
    [{ message: 'say', methodName: 'say', callback: (data: unknown) => heard.push(data) } as never],
    answersOf,
  );
  socket.emit('say', 'hello');
  await new Promise((resolve) => setImmediate(resolve));
  expect([heard, warned]).toEqual([['hello'], []]);
});

test('a handler that fails beyond what Nest could tell the client ends nothing and is logged', async () => {
  expect(await said(async () => Promise.reject(new RangeError('Maximum call stack size exceeded')), {})).toEqual([]);
  expect(warned).toEqual([{ message: 'ask', error: 'RangeError: Maximum call stack size exceeded' }]);
});
