import type { Conversations } from '@claimline/conversations';
import type { Database } from '@claimline/database';
import type { Log } from '@claimline/messages';
import type { Clocks } from '@claimline/quality';
import type { ClockFactsView } from '../views/clock-facts.view';
import { FollowClocks } from './follow-clocks';
import { identified, oneByOne } from './one-by-one';

const errors: object[] = [];
const log: Log = { info: () => undefined, warn: () => undefined, error: (facts) => errors.push(facts) };
beforeEach(() => errors.splice(0));

test('one that fails is logged by its id, and the others are done', async () => {
  const done: string[] = [];
  const count = await oneByOne(identified(['a', 'b', 'c']), { name: 'test', log }, ({ id }) =>
    id === 'b' ? Promise.reject(new Error('broken')) : Promise.resolve(done.push(id)),
  );
  expect(done).toEqual(['a', 'c']);
  expect(count).toBe(3);
  expect(errors).toEqual([{ sweep: 'test', id: 'b', error: 'Error: broken' }]);
});

test('a clock that cannot be looked at keeps no other clock from its warning', async () => {
  const looked: string[] = [];
  const clocks = {
    due: () => Promise.resolve(identified(['a', 'b', 'c']).map((one) => ({ ...one, conversationId: null }))),
    look: (_tx: unknown, id: string) => (id === 'a' ? Promise.reject(new Error('broken')) : Promise.resolve(looked.push(id))),
  };
  const database = { transaction: (work: (tx: object) => Promise<unknown>) => work({}) };
  const follow = new FollowClocks(
    database as unknown as Database,
    {} as Conversations,
    {} as ClockFactsView,
    clocks as unknown as Clocks,
    log,
  );
  expect(await follow.sweep(new Date())).toBe(3);
  expect(looked).toEqual(['b', 'c']);
  expect(errors).toMatchObject([{ sweep: 'clocks', id: 'a' }]);
});
