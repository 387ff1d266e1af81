import { untilNext } from './next-moment';

const NOW = Date.parse('2026-11-23T08:00:00Z');

test.each([
  ['nothing that ends', [null, null], false],
  ['what has ended', ['2026-11-23T07:59:59Z'], false],
  ['the nearest of several', ['2026-11-24T08:00:00Z', null, '2026-11-23T08:00:30Z', '2026-11-23T07:00:00Z'], 31_000],
  ['more than a timer holds', ['2027-11-23T08:00:00Z'], 2 ** 31 - 1],
])('%s', (_what, moments, milliseconds) => {
  expect(untilNext(moments, NOW)).toBe(milliseconds);
});
