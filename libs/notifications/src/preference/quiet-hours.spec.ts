import { quietUntil, USUAL_QUIET_HOURS } from './quiet-hours';

const until = (iso: string, zone: string, hours = USUAL_QUIET_HOURS) => quietUntil(new Date(iso), zone, hours)?.toISOString();

describe('quiet hours', () => {
  it.each([
    ['2026-11-22T13:00:00Z', 'Asia/Shanghai', '2026-11-23T00:00:00.000Z'],
    ['2026-11-22T12:59:59Z', 'Asia/Shanghai', undefined],
    ['2026-11-22T23:59:00Z', 'Asia/Shanghai', '2026-11-23T00:00:00.000Z'],
    ['2026-11-23T00:00:00Z', 'Asia/Shanghai', undefined],
    ['2026-11-22T13:00:00Z', 'America/New_York', undefined],
    // Clocks go forward at two: seven hours from eleven in the evening are eight by the clock.
    ['2026-03-08T04:00:00Z', 'America/New_York', '2026-03-08T12:00:00.000Z'],
    ['2026-11-22T22:00:00Z', 'Nowhere/Atlantis', '2026-11-23T08:00:00.000Z'],
  ])('%s in %s: %s', (iso, zone, expected) => expect(until(iso, zone)).toBe(expected));

  it('may lie within a day, or not be at all', () => {
    expect(until('2026-11-22T05:00:00Z', 'Asia/Shanghai', { anyHour: false, from: '12:30', to: '14:00' })).toBe('2026-11-22T06:00:00.000Z');
    expect(until('2026-11-22T13:00:00Z', 'Asia/Shanghai', { anyHour: false, from: '08:00', to: '08:00' })).toBeUndefined();
    expect(until('2026-11-22T13:00:00Z', 'Asia/Shanghai', { ...USUAL_QUIET_HOURS, anyHour: true })).toBeUndefined();
  });
});
