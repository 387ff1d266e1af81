import type { Clock, Database } from '@claimline/database';
import { BEAT_SECONDS, type Presences } from '@claimline/routing';
import { SocketPresence } from './socket-presence';

const clock = { now: () => new Date('2026-11-22T08:00:00Z') } as Clock;

/** What the router is told, and a database that can be away. */
function office() {
  const told: string[] = [];
  const state: { away: boolean; known: string[] } = { away: false, known: ['ann'] };
  const database = {
    transaction: (work: (tx: unknown) => Promise<unknown>) => (state.away ? Promise.reject(new Error('Connection terminated')) : work({})),
  } as unknown as Database;
  const presences = {
    beat: (_tx: unknown, accountIds: string[]) =>
      Promise.resolve(void told.push(`${accountIds.join(' and ')} ${accountIds.length > 1 ? 'are' : 'is'} here`)),
    leave: (_tx: unknown, accountIds: string[]) => Promise.resolve(void told.push(`${accountIds.join(' and ')} left`)),
    renew: () => Promise.resolve(state.known),
  } as unknown as Presences;
  const presence = new SocketPresence(database, presences, clock);
  presence.onModuleInit();
  return { presence, told, state };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const nextBeat = () => jest.advanceTimersByTimeAsync(BEAT_SECONDS * 1000);

test('somebody who goes while the database is away is sent home at the next beat', async () => {
  const { presence, told, state } = office();
  await presence.connected('ann', 's1');
  state.away = true;
  await presence.disconnected('ann', 's1');
  expect(told).toEqual(['ann is here']);
  state.away = false;
  await nextBeat();
  expect(told).toEqual(['ann is here', 'ann left']);
  await nextBeat();
  expect(told).toHaveLength(2);
  await presence.onModuleDestroy();
});

test('somebody who comes while the database is away is at their desk at the next beat', async () => {
  const { presence, told, state } = office();
  state.away = true;
  await presence.connected('ann', 's1');
  state.away = false;
  await nextBeat();
  expect(told).toEqual(['ann is here']);
  await presence.onModuleDestroy();
});

test('who was taken for gone although connected is at their desk again at the next beat', async () => {
  const { presence, told, state } = office();
  await presence.connected('ann', 's1');
  await nextBeat();
  expect(told).toEqual(['ann is here']);
  state.known = [];
  await nextBeat();
  expect(told).toEqual(['ann is here', 'ann is here']);
  await presence.onModuleDestroy();
});

test('who comes back while their leaving is being written is here in the end', async () => {
  const { presence, told } = office();
  await presence.connected('ann', 's1');
  await Promise.all([presence.disconnected('ann', 's1'), presence.connected('ann', 's2')]);
  expect(told.at(-1)).toBe('ann is here');
  await presence.onModuleDestroy();
  expect(told.at(-1)).toBe('ann left');
});

test('a hub that ends says good-bye for all, and without a database ends all the same', async () => {
  const { presence, told, state } = office();
  await presence.connected('ann', 's1');
  await presence.connected('ben', 's2');
  await presence.onModuleDestroy();
  expect(told.slice(2)).toEqual(['ann and ben left']);
  const other = office();
  await other.presence.connected('ann', 's1');
  other.state.away = true;
  await expect(other.presence.onModuleDestroy()).resolves.toBeUndefined();
  expect(state.away).toBe(false);
});

test('a second console of somebody who is here is no news, and neither is its end', async () => {
  const { presence, told } = office();
  await presence.connected('ann', 's1');
  await presence.connected('ann', 's2');
  await presence.disconnected('ann', 's1');
  expect(told).toEqual(['ann is here']);
  await presence.onModuleDestroy();
});

test('all who come while something is being written are told of together', async () => {
  const { presence, told } = office();
  const first = presence.connected('ann', 's1');
  // Its writing has begun.
  await Promise.resolve();
  await Promise.all([first, ...['ben', 'cleo', 'dan'].map((one) => presence.connected(one, `socket of ${one}`))]);
  expect(told).toEqual(['ann is here', 'ben and cleo and dan are here']);
  await presence.onModuleDestroy();
});

test('who goes while their coming is being written has left in the end, though that could not be written', async () => {
  const { presence, told, state } = office();
  state.away = true;
  const coming = presence.connected('ann', 's1');
  await Promise.resolve();
  await Promise.all([coming, presence.disconnected('ann', 's1')]);
  state.away = false;
  await nextBeat();
  expect(told).toEqual(['ann left']);
  await presence.onModuleDestroy();
});
