import { afterLineFailure, afterLineSuccess, allow, HEALTHY, isTripped, spend } from './circuit';

const NOW = new Date('2026-11-22T08:00:00Z');
const later = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000);
const failing = (times: number) =>
  Array.from({ length: times }).reduce<typeof HEALTHY>((circuit) => afterLineFailure(circuit, NOW), HEALTHY);
/** Down, and still down whenever it is tried. */
const failingProbes = (times: number) =>
  Array.from({ length: times }).reduce<typeof HEALTHY>((circuit) => {
    const now = circuit.openUntil ?? NOW;
    return afterLineFailure(allow({ ...circuit, openUntil: null }, { wanted: 8, rate: null, now }).circuit, now);
  }, failing(5));
const pauseOf = (circuit: typeof HEALTHY, from: Date): number => (circuit.openUntil!.getTime() - from.getTime()) / 1000;

test('four failures are borne, the fifth pauses the line', () => {
  expect(allow(failing(4), { wanted: 8, rate: null, now: NOW }).count).toBe(8);
  expect(allow(failing(5), { wanted: 8, rate: null, now: NOW }).count).toBe(0);
});

test('after the pause one message tries, and the others wait for its news', () => {
  const probe = allow(failing(5), { wanted: 8, rate: null, now: later(15) });
  expect(probe.count).toBe(1);
  expect(allow(probe.circuit, { wanted: 8, rate: null, now: later(16) }).count).toBe(0);
  expect(allow(afterLineSuccess(probe.circuit), { wanted: 8, rate: null, now: later(16) }).count).toBe(8);
});

test('pauses grow, and end at five minutes', () => {
  const pauses = [0, 1, 2, 20].map((times) => pauseOf(failingProbes(times), times === 0 ? NOW : failingProbes(times - 1).openUntil!));
  expect(pauses).toEqual([15, 30, 60, 300]);
});

test('messages that were out already when the line was paused do not lengthen the pause', () => {
  expect(pauseOf(failing(12), NOW)).toBe(15);
});

test('a vendor that names a time is believed at the first failure', () => {
  const circuit = afterLineFailure(HEALTHY, NOW, 40_000);
  expect(isTripped(circuit)).toBe(false);
  expect(allow(circuit, { wanted: 1, rate: null, now: later(39) }).count).toBe(0);
  expect(allow(circuit, { wanted: 1, rate: null, now: later(40) }).count).toBe(1);
});

test('a line of two a second sends two a second over any time, after one full bucket', () => {
  let circuit = HEALTHY;
  let sent = 0;
  for (let tenth = 0; tenth < 600; tenth++) {
    const answer = allow(circuit, { wanted: 8, rate: 2, now: later(tenth / 10) });
    circuit = spend(answer.circuit, answer.count);
    sent += answer.count;
  }
  expect(sent).toBeGreaterThanOrEqual(120);
  expect(sent).toBeLessThanOrEqual(124);
});

test('a rate below one a second still lets one leave', () => {
  expect(allow(HEALTHY, { wanted: 8, rate: 0.1, now: NOW }).count).toBe(1);
});
