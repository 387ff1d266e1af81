import { calledOff, overlaps, problemOf } from './absence-rules';

const day = (number: number): Date => new Date(Date.UTC(2026, 10, number));
const span = (from: number, to: number) => ({ starts: day(from), ends: day(to) });
const absence = (from: number, to: number, delegateId: string | null = 'b') => ({ accountId: 'a', delegateId, ...span(from, to) });

describe('two absences', () => {
  it.each([
    [span(1, 3), span(2, 4), true],
    [span(1, 5), span(2, 3), true],
    [span(1, 3), span(1, 3), true],
    [span(1, 3), span(3, 5), false],
    [span(1, 2), span(3, 4), false],
  ])('%j and %j overlap: %s', (a, b, expected) => {
    expect(overlaps(a, b)).toBe(expected);
    expect(overlaps(b, a)).toBe(expected);
  });
});

describe('an absence', () => {
  it.each([
    [absence(3, 3), 'ends-before-it-starts'],
    [absence(1, 2), 'lies-in-the-past'],
    [absence(3, 5, 'a'), 'delegate-is-oneself'],
    [absence(8, 10), 'overlaps'],
    [absence(1, 5), null],
    [absence(10, 12, null), null],
  ])('%j has the problem %s', (entered, problem) => {
    expect(problemOf(entered, [span(9, 10)], day(2))).toBe(problem);
  });

  it('that has begun ends when it is called off, one that has not never was', () => {
    expect(calledOff(span(3, 9), day(5))).toEqual({ ends: day(5) });
    expect(calledOff(span(3, 9), day(2))).toEqual({ canceledAt: day(2) });
  });
});
