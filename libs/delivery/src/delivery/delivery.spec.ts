import { DELIVERY_STATES, deliveryRank, type Fate } from '@claimline/messages';
import * as fc from 'fast-check';
import {
  afterAsking,
  afterFailure,
  backoff,
  bounced,
  mayRetry,
  MOST_TRIES,
  needsPerson,
  report,
  reportAll,
  type DeliveryRow,
  type Failure,
} from './delivery';

const NOW = new Date('2026-11-22T08:00:00Z');
const failure = (fate: Fate, over: Partial<Failure> = {}): Failure => ({ fate, reason: 'rejected', ...over });
const tried = (tries: number, random = 0.5) => ({ tries, now: NOW, random });

const FATES: readonly [Fate, Partial<Failure>, object][] = [
  ['rejected', {}, { state: 'failed', reason: 'rejected' }],
  ['rejected', { addressUnusable: true, reason: 'undeliverable' }, { state: 'undeliverable', reason: 'undeliverable' }],
  ['suppressed', { reason: 'opted-out', vendorCode: '21610' }, { state: 'suppressed', reason: 'opted-out', vendorCode: '21610' }],
  ['window-closed', { reason: 'window-closed' }, { state: 'failed', reason: 'window-closed' }],
  ['uncertain', { reason: 'uncertain' }, { state: 'uncertain', reason: null }],
  ['unavailable', { reason: 'unreachable' }, { state: 'due', reason: 'unreachable', dueAt: new Date(NOW.getTime() + 5000) }],
  ['misconfigured', { reason: 'misconfigured' }, { state: 'due', reason: 'inbox-stopped', isFree: true }],
  ['malformed', {}, { state: 'failed' }],
];

test.each(FATES)('%s %o', (fate, over, verdict) => expect(afterFailure(failure(fate, over), tried(1))).toMatchObject(verdict));

test('only what was surely not taken is tried again by itself', () => {
  for (const [fate] of FATES) {
    const { state } = afterFailure(failure(fate), tried(1));
    expect([fate, state === 'due']).toEqual([fate, fate === 'unavailable' || fate === 'misconfigured']);
  }
});

test('the tries are bounded', () => {
  expect(afterFailure(failure('unavailable'), tried(MOST_TRIES))).toMatchObject({ state: 'failed', reason: 'attempts-exhausted' });
});

test('waits grow, stay bounded, and are never shorter than the vendor asked', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      fc.nat(3_600_000),
      (tries, random, retryAfter) => {
        const wait = backoff({ tries, random }, retryAfter);
        expect(wait).toBeGreaterThanOrEqual(retryAfter);
        expect(wait).toBeLessThanOrEqual(Math.max(retryAfter, 18 * 60_000));
        expect(backoff({ tries: tries + 1, random })).toBeGreaterThanOrEqual(backoff({ tries, random }));
      },
    ),
  );
});

test('reports in any order never take a delivery backwards, and what arrived stays arrived', () => {
  const reports = fc.array(fc.constantFrom('accepted', 'sent', 'delivered', 'read', 'failed', 'undeliverable', 'suppressed'), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(fc.constantFrom(...DELIVERY_STATES), reports, (start, states) => {
      let state = start;
      for (const reported of states) {
        const next = report(state, { state: reported as (typeof DELIVERY_STATES)[number] })?.state ?? state;
        expect(deliveryRank(next)).toBeGreaterThanOrEqual(deliveryRank(state));
        state = next;
      }
      if (states.includes('read')) expect(state).toBe('read');
      else if (states.includes('delivered')) expect(['delivered', 'read']).toContain(state);
    }),
  );
});

test('a failed report without a reason still says that it failed', () => {
  expect(report('accepted', { state: 'undeliverable', vendorCode: '30005' })).toEqual({
    state: 'undeliverable',
    reason: 'unknown',
    vendorCode: '30005',
  });
});

test('a mail that comes back ends also what was delivered, not what was read', () => {
  expect(bounced('delivered', '5.1.1')).toMatchObject({ state: 'undeliverable', reason: 'bounced' });
  expect(bounced('read', '5.1.1')).toBeUndefined();
});

test('an uncertain send is never due again, whatever the vendor says', () => {
  fc.assert(
    fc.property(fc.constantFrom('absent', 'unknown'), fc.nat(20), fc.nat(3_600_000), (answer, asks, age) => {
      const { state } = afterAsking(answer as 'absent', { firstTriedAt: new Date(NOW.getTime() - age), asks, now: NOW });
      expect(['uncertain', 'failed']).toContain(state);
    }),
  );
});

test('absent counts only when asked twice and late enough; silence ends with a person', () => {
  const at = (minutes: number, asks: number) => ({ firstTriedAt: new Date(NOW.getTime() - minutes * 60_000), asks, now: NOW });
  expect(afterAsking('absent', at(1, 5))).toMatchObject({ state: 'uncertain', reason: null });
  expect(afterAsking('absent', at(3, 1))).toMatchObject({ state: 'uncertain', reason: null });
  expect(afterAsking('absent', at(3, 2))).toEqual({ state: 'failed', reason: 'unreachable' });
  expect(afterAsking('unknown', at(9, 9))).toMatchObject({ state: 'uncertain', reason: null });
  expect(afterAsking('unknown', at(10, 9))).toEqual({ state: 'uncertain', reason: 'uncertain' });
});

test('a person is asked when an answer did not arrive or nobody knows, and may try again only then', () => {
  expect(needsPerson('reply', { state: 'failed', reason: 'rejected' })).toBe(true);
  expect(needsPerson('reply', { state: 'canceled', reason: 'superseded' })).toBe(false);
  expect(needsPerson('notice', { state: 'failed', reason: 'rejected' })).toBe(false);
  expect(needsPerson('notice', { state: 'uncertain', reason: 'uncertain' })).toBe(true);
  expect(needsPerson('reply', { state: 'uncertain', reason: null })).toBe(false);
  expect(mayRetry({ state: 'uncertain', reason: null })).toBe(false);
  expect(mayRetry({ state: 'uncertain', reason: 'uncertain' })).toBe(true);
  expect(mayRetry({ state: 'delivered', reason: null })).toBe(false);
});

test('reports that come together end where they would one by one, with a step for each that was news', () => {
  const states = fc.array(fc.constantFrom(...DELIVERY_STATES), { maxLength: 12 });
  fc.assert(
    fc.property(fc.constantFrom(...DELIVERY_STATES), states, (start, said) => {
      const rows = ['a', 'b'].map((id) => ({ id, state: start, reason: null, vendor_code: null }) as DeliveryRow);
      const { steps, moves } = reportAll(
        rows,
        said.map((state) => ({ deliveryId: 'a', said: { state } })),
      );
      let state = start;
      const told = said.flatMap((reported) => {
        const was = state;
        state = report(state, { state: reported })?.state ?? state;
        return state === was ? [] : [[was, state]];
      });
      expect(steps.map(({ was, row }) => [was, row.state])).toEqual(told);
      expect(moves.map(({ id, verdict }) => [id, verdict.state])).toEqual(told.length > 0 ? [['a', state]] : []);
    }),
  );
});

test('a vendor’s code that came with an earlier report is kept', () => {
  const row = { id: 'a', state: 'accepted', reason: null, vendor_code: null } as DeliveryRow;
  const { moves } = reportAll(
    [row],
    [
      { deliveryId: 'a', said: { state: 'failed', reason: 'rejected', vendorCode: '30003' } },
      { deliveryId: 'a', said: { state: 'delivered' } },
    ],
  );
  expect(moves).toEqual([{ id: 'a', from: 'accepted', verdict: { state: 'delivered', reason: null, vendorCode: '30003' } }]);
});
