import type { ConsoleEvent } from '@claimline/protocol';
import { effectsOf, unseen } from './event-effects';

const event = (position: number, type: string, conversationId: string | null, payload: Record<string, unknown> = {}): ConsoleEvent => ({
  position,
  type,
  conversationId,
  payload,
});
const names = (batch: readonly ConsoleEvent[]) => effectsOf(batch).stale.map((one) => one.join('/'));

it('reads a conversation again when the customer wrote: row, thread, counts and what may be answered', () => {
  expect(names([event(1, 'message.received', 'c1', { messageId: 'm1', contactId: 'p1' })])).toEqual(
    expect.arrayContaining(['conversations', 'thread/c1', 'conversation/c1', 'counts', 'composer/c1']),
  );
});

it('names a thing once, however many events spoke of it', () => {
  const batch = Array.from({ length: 50 }, (_, index) => event(index, 'delivery.changed', 'c1', { messageId: `m${index}` }));
  expect(names(batch)).toEqual(['conversations', 'thread/c1', 'conversation/c1']);
});

it('remembers which messages changed after they were written, so that a receipt on an old page is seen', () => {
  const { changedMessages } = effectsOf([
    event(1, 'delivery.changed', 'c1', { messageId: 'old' }),
    event(2, 'message.received', 'c1', { messageId: 'new' }),
    event(3, 'attachment.changed', 'c2', { messageId: 'photo' }),
  ]);
  expect([...changedMessages]).toEqual([
    ['c1', ['old']],
    ['c2', ['photo']],
  ]);
});

it('reads a claim, its timeline and the rows again when the claim moved', () => {
  expect(names([event(1, 'claim.changed', null, { claimNumber: 'CLM-1' })])).toEqual(
    expect.arrayContaining(['claim/CLM-1', 'timeline/CLM-1', 'conversations']),
  );
});

it('applies what a reconnect brings twice only once, in order', () => {
  const batch = [event(7, 'b', null), event(5, 'a', null), event(9, 'c', null)];
  expect(unseen(batch, 5).map((one) => one.position)).toEqual([7, 9]);
  expect(unseen(batch, null).map((one) => one.position)).toEqual([5, 7, 9]);
});
