import fc from 'fast-check';
import { byTurn, placeOf, priorityOf, type QueuedWork } from './queue-order';
import { after, NOON } from './testing/department';

const queued = (id: string, change: Partial<QueuedWork> = {}): QueuedWork => ({
  id,
  priority: 0,
  enqueuedAt: NOON,
  dueAt: null,
  ...change,
});
const order = (...items: QueuedWork[]): string[] => [...items].sort(byTurn()).map(({ id }) => id);
const pointsAt = (item: QueuedWork, now: Date): number => item.priority + (now.getTime() - item.enqueuedAt.getTime()) / 60_000;

describe('the order of the queue', () => {
  it('lets a boost of ten points pass what is up to ten minutes older, and what is eleven minutes older goes first', () => {
    const boosted = queued('boosted', { priority: 10, enqueuedAt: after(11 * 60) });
    expect(order(queued('routine'), boosted)).toEqual(['routine', 'boosted']);
    expect(order(queued('routine', { enqueuedAt: after(2 * 60) }), boosted)).toEqual(['boosted', 'routine']);
  });

  it('breaks ties by deadline, then by first come, then by id', () => {
    expect(order(queued('b'), queued('a'), queued('due', { dueAt: after(60) }))).toEqual(['due', 'a', 'b']);
    expect(order(queued('late', { enqueuedAt: after(60), priority: 1 }), queued('early'))).toEqual(['early', 'late']);
  });

  it('is the order of points at any moment: the stored place never has to be computed again', () => {
    const work = fc.record({ priority: fc.integer({ min: 0, max: 90 }), minutes: fc.integer({ min: 0, max: 500 }) });
    fc.assert(
      fc.property(work, work, fc.integer({ min: 500, max: 5000 }), (a, b, later) => {
        const [first, second] = [a, b].map(({ priority, minutes }) => queued('x', { priority, enqueuedAt: after(minutes * 60) }));
        const now = after(later * 60);
        const byPlace = placeOf(first!.priority, first!.enqueuedAt).getTime() - placeOf(second!.priority, second!.enqueuedAt).getTime();
        return Math.sign(byPlace) === Math.sign(pointsAt(second!, now) - pointsAt(first!, now));
      }),
    );
  });
});

describe('priority', () => {
  it('puts a death before a routine call, and nobody for being a better customer', () => {
    expect(priorityOf('async', ['fatality'])).toBeGreaterThan(priorityOf('voice', []));
    expect(priorityOf('email', ['vip'])).toBe(priorityOf('email', []));
  });

  it('is capped, so that ageing always wins', () => {
    expect(priorityOf('voice', ['fatality', 'injury', 'safety', 'vulnerable', 'complaint', 'breaching'])).toBe(90);
  });
});
