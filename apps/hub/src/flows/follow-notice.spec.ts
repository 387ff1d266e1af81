import type { LoggedEvent } from '@claimline/database';
import { FollowNotice } from './follow-notice';

/** Follows news and writes down which were followed together, and which conversations were held for it. */
async function followed(...news: readonly [delivery: string, state: string, purpose?: string][]): Promise<string[]> {
  const done: string[] = [];
  const flow = new FollowNotice(
    { lock: (_: unknown, id: string) => Promise.resolve(done.push(`hold ${id}`)) } as never,
    {
      followAll: async (_: unknown, all: readonly { deliveryId: string }[]) =>
        void (all[0] && done.push(all.map((one) => one.deliveryId).join('+'))),
      follow: async (_: unknown, messageId: string) => void done.push(`alone ${messageId}`),
    } as never,
    {} as never,
    {} as never,
    {} as never,
    { now: () => new Date(0) },
  );
  const events = news.map(([deliveryId, state, purpose = 'notice']) => ({
    ...{ conversationId: `c-${deliveryId}`, payload: { messageId: `m-${deliveryId}`, deliveryId, state, reason: null, purpose } },
  }));
  await flow.onDeliveriesChanged(undefined as never, events as unknown as LoggedEvent[]);
  return done;
}

test('news from which only a line in the notice follows is taken together and holds no conversation', async () => {
  expect(await followed(['a', 'accepted'], ['b', 'sent'], ['a', 'delivered'])).toEqual(['a+b+a']);
});

test('a failure is followed by itself in its place, with its conversation held', async () => {
  expect(await followed(['a', 'accepted'], ['b', 'failed'], ['a', 'sent'])).toEqual(['a', 'hold c-b', 'alone m-b', 'a']);
});

test('answers and broadcasts carry no notice, automatic words may', async () => {
  expect(await followed(['a', 'sent', 'reply'], ['b', 'sent', 'broadcast'], ['c', 'sent', 'automatic'])).toEqual(['c']);
});
