import { distance, parsedDay } from './dates';

const at = (hours: number): number => hours * 3_600_000;

describe('how far away a moment is', () => {
  it.each([
    [at(0.5), { value: 30, unit: 'minute' }],
    [at(-0.5), { value: -30, unit: 'minute' }],
    [at(5.9), { value: 5, unit: 'hour' }],
    [at(-49), { value: -2, unit: 'day' }],
  ])('%d ms away', (when, expected) => {
    expect(distance(when, 0)).toEqual(expected);
  });
});

describe('dates of the claim core', () => {
  it('keeps a day the same day in every time zone', () => {
    const read = parsedDay('2026-11-10');
    expect([read?.dayOnly, read?.date.getDate(), read?.date.getMonth()]).toEqual([true, 10, 10]);
  });

  it('reads a moment with its offset', () => {
    expect(parsedDay('2026-11-10T08:00:00+08:00')?.date.toISOString()).toBe('2026-11-10T00:00:00.000Z');
  });

  it('says that a text is no date', () => {
    expect(parsedDay('as soon as the garage answers')).toBeNull();
  });
});
