import { latencyLine, type Reading } from './rows/row';
import { rowText, summaryText, verdictOf } from './table';

const reading = (more: Partial<Reading>): Reading => ({
  name: 'thread',
  what: 'thread open',
  target: 'p99 ≤ 30 ms',
  method: 'GET',
  lines: [],
  ...more,
});
const line = (p99: number, missing = 0) => latencyLine('open', { count: 10, p50: 1, p99 }, { ms: 30, missing });

test('a row holds when all its judged lines do', () => {
  const told = { of: 'size', figures: { MB: 3 } };
  expect(verdictOf(reading({ lines: [line(30), told] }))).toBe(true);
  expect(verdictOf(reading({ lines: [line(30), line(31)] }))).toBe(false);
  expect(verdictOf(reading({ lines: [told] }))).toBeUndefined();
});

test('what never came, was never measured or could not be is missed, not left out', () => {
  expect(line(5, 1).isMet).toBe(false);
  expect(line(5, 1).figures.missing).toBe(1);
  expect(line(NaN).isMet).toBe(false);
  expect(verdictOf(reading({ failed: 'the hub ended with 1' }))).toBe(false);
});

test('a row is printed with its target, its method and every figure', () => {
  expect(rowText(reading({ lines: [line(12), line(45)] }))).toBe(
    [
      '',
      'thread · thread open   MISSED',
      '  target: p99 ≤ 30 ms',
      '  method: GET',
      '    open   count 10   p50 1   p99 12   met',
      '    open   count 10   p50 1   p99 45   MISSED',
    ].join('\n'),
  );
});

test('the summary names what is missed', () => {
  const readings = [reading({ name: 'a', lines: [line(1)] }), reading({ name: 'b', lines: [line(99)] }), reading({ name: 'c' })];
  expect(summaryText(readings)).toBe('\n1 of 2 targets met; missed: b');
});
