import type { DeliveryState } from '@claimline/messages';
import { markOf } from './thread.view';

const row = (id: string, to_value: string, state: DeliveryState, more: { reason?: string; fallback_of?: string } = {}) => ({
  id,
  to_value,
  state,
  reason: more.reason ?? null,
  fallback_of: more.fallback_of ?? null,
});

test('a message to nobody has no mark', () => {
  expect(markOf([])).toBeNull();
});

test('an SMS that failed and the mail that took its place: delivered', () => {
  expect(
    markOf([
      row('a', '+15550101001', 'undeliverable', { reason: 'unreachable' }),
      row('b', 'mei@mail.test', 'delivered', { fallback_of: 'a' }),
    ]),
  ).toEqual({
    state: 'delivered',
  });
});

test('a retry that succeeds takes the failure away', () => {
  expect(markOf([row('a', '+15550101001', 'failed', { reason: 'unreachable' }), row('b', '+15550101001', 'sent')])).toEqual({
    state: 'sent',
  });
});

test('of two recipients the one who did not get it counts', () => {
  expect(markOf([row('a', 'a@mail.test', 'delivered'), row('b', 'b@mail.test', 'undeliverable', { reason: 'bounced' })])).toEqual({
    state: 'undeliverable',
    reason: 'bounced',
  });
});
