import { absenceSpan, dayText, daysOf, lastDay } from './absence-dates';

const now = new Date(2026, 10, 22, 15, 30);

describe('the time of an absence', () => {
  it('lasts to the end of its last day', () => {
    const span = absenceSpan('2026-11-24', '2026-11-25', now);
    expect(span).toEqual({ starts: new Date(2026, 10, 24).toISOString(), ends: new Date(2026, 10, 26).toISOString() });
    expect(dayText(lastDay(span?.ends ?? ''))).toBe('2026-11-25');
    expect(daysOf(span?.starts ?? '', span?.ends ?? '')).toBe(2);
  });

  it('begins now when it begins today', () => {
    expect(absenceSpan('2026-11-22', '2026-11-22', now)?.starts).toBe(now.toISOString());
  });

  it.each([
    ['2026-11-25', '2026-11-24'],
    ['2026-11-20', '2026-11-21'],
    ['', '2026-11-25'],
    ['nonsense', 'nonsense'],
  ])('is none from %s to %s', (first, last) => {
    expect(absenceSpan(first, last, now)).toBeUndefined();
  });
});
