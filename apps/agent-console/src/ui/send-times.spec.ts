import { sameTime, sendTimes } from './send-times';

const iso = (now: string, zone: string): Record<string, string> =>
  Object.fromEntries(sendTimes(Date.parse(now), zone).map(({ name, at }) => [name, new Date(at).toISOString()]));

describe('the usual times', () => {
  it('are those of the customer, not of this machine', () => {
    expect(iso('2026-11-18T02:00:00Z', 'Asia/Shanghai')).toEqual({
      evening: '2026-11-18T10:00:00.000Z',
      tomorrow: '2026-11-19T01:00:00.000Z',
      monday: '2026-11-23T01:00:00.000Z',
    });
    expect(iso('2026-11-18T02:00:00Z', 'America/Los_Angeles')).toMatchObject({ tomorrow: '2026-11-18T17:00:00.000Z' });
  });

  it('that are past are left out, and Monday is not said twice on a Sunday', () => {
    expect(iso('2026-11-22T12:00:00Z', 'Asia/Shanghai')).toEqual({ tomorrow: '2026-11-23T01:00:00.000Z' });
  });

  it('hold on the day on which the clocks change', () => {
    expect(iso('2026-03-28T12:00:00Z', 'Europe/Berlin')).toMatchObject({ tomorrow: '2026-03-29T07:00:00.000Z' });
  });
});

it('two zones agree or not, as the clock says', () => {
  const at = Date.parse('2026-11-18T02:00:00Z');
  expect(sameTime(at, 'Asia/Shanghai', 'Asia/Taipei')).toBe(true);
  expect(sameTime(at, 'Asia/Shanghai', 'Asia/Tokyo')).toBe(false);
});
