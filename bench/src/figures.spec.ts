import fc from 'fast-check';
import { latencyOf, median, quantile } from './figures';

test('a hundred readings: the ninety-ninth is the 99th percentile, not the worst one', () => {
  const times = Array.from({ length: 100 }, (_, n) => n + 1).reverse();
  expect(latencyOf(times)).toEqual({ count: 100, p50: 50, p99: 99 });
});

test('one reading is all of them; none is not a number and never a good figure', () => {
  expect(latencyOf([7])).toEqual({ count: 1, p50: 7, p99: 7 });
  expect(latencyOf([]).p99).toBeNaN();
});

test('a disturbed round does not move the median of three', () => {
  expect(median([1.31, 0.2, 1.29])).toBe(1.29);
});

test('a quantile is one of the readings, and at least so many of them lie at or below it', () => {
  const readings = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1 });
  fc.assert(
    fc.property(readings, fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
      const sorted = [...values].sort((a, b) => a - b);
      const at = quantile(sorted, share);
      expect(sorted).toContain(at);
      expect(sorted.filter((value) => value <= at).length).toBeGreaterThanOrEqual(Math.floor(sorted.length * share));
    }),
  );
});
