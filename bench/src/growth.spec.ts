import { growthLines } from './growth';
import type { Line, Reading } from './rows/row';

const reading = (name: string, ...lines: Line[]): Reading => ({ name, what: '', target: '', method: '', lines });
const latency = (of: string, p50: number, p99: number): Line => ({ of, figures: { count: 100, p50, p99 }, isMet: true });
const verdict = (before: Line, after: Line): boolean | undefined =>
  growthLines([reading('row', before)], [reading('row', after)])[0]?.isMet;

test('each line is compared with the same line of the same row', () => {
  const tenth = [reading('inbox', latency('mine', 10, 20), latency('all', 10, 20)), reading('thread', latency('mine', 1, 1))];
  const whole = [reading('thread', latency('mine', 2, 3)), reading('inbox', latency('all', 11, 40), latency('mine', 12, 24))];
  expect(growthLines(tenth, whole).map(({ of, isMet }) => [of, isMet])).toEqual([
    ['inbox: mine', true],
    ['inbox: all', false],
    ['thread: mine', true],
  ]);
});

test('once and a half is allowed, more is not, at either percentile', () => {
  expect(verdict(latency('a', 10, 20), latency('a', 15, 30))).toBe(true);
  expect(verdict(latency('a', 10, 20), latency('a', 16, 20))).toBe(false);
  expect(verdict(latency('a', 10, 20), latency('a', 10, 31))).toBe(false);
});

test('two milliseconds more are noise however the ratio looks; that cannot hide growth of a slow thing', () => {
  expect(verdict(latency('a', 0.5, 1), latency('a', 1.5, 3))).toBe(true);
  expect(verdict(latency('a', 0.5, 1), latency('a', 1.5, 3.1))).toBe(false);
});

test('a rate grows when it falls', () => {
  const rate = (perSecond: number): Line => ({ of: 'hub', figures: { perSecond, p50: 1, p99: 2 }, isMet: true });
  expect(verdict(rate(3000), rate(2000))).toBe(true);
  expect(verdict(rate(3000), rate(1900))).toBe(false);
});

test('what is only there to compare with is not judged', () => {
  expect(verdict({ of: 'floor', figures: { perSecond: 9 } }, { of: 'floor', figures: { perSecond: 1 } })).toBeUndefined();
});

test('what came to nothing in the end is not met', () => {
  expect(verdict(latency('a', 10, 20), latency('a', NaN, NaN))).toBe(false);
});
