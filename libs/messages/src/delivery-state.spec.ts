import * as fc from 'fast-check';
import { advance, DELIVERY_STATES, deliveryRank } from './delivery-state';

const state = fc.constantFrom(...DELIVERY_STATES);

test('a delivery never moves backwards, in whatever order receipts arrive', () => {
  fc.assert(fc.property(state, state, (current, reported) => deliveryRank(advance(current, reported)) >= deliveryRank(current)));
});

test.each([
  ['read', 'delivered', 'read'],
  ['sent', 'read', 'read'],
  ['delivered', 'failed', 'delivered'],
  ['failed', 'delivered', 'delivered'],
  ['undeliverable', 'sent', 'undeliverable'],
] as const)('%s then a report of %s stays or becomes %s', (current, reported, next) => {
  expect(advance(current, reported)).toBe(next);
});
