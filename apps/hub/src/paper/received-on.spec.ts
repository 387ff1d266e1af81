import { momentOf } from './received-on';

const now = new Date('2026-11-22T01:00:00Z'); // 09:00 of the same day in Shanghai, 20:00 of the day before in New York

test.each([
  ['today', '2026-11-22', 'Asia/Shanghai', now.toISOString()],
  ['a day of last month', '2026-10-05', 'Asia/Shanghai', '2026-10-05T01:00:00.000Z'],
  ['today elsewhere', '2026-11-21', 'America/New_York', now.toISOString()],
  ['more than seven days ago', '2026-11-01', 'America/New_York', '2026-11-01T14:00:00.000Z'],
])('%s', (_name, day, zone, moment) => {
  expect(momentOf(day, now, zone).toISOString()).toBe(moment);
});

test.each([
  ['tomorrow', '2026-11-23', 'Asia/Shanghai'],
  ['a day that has not come there yet', '2026-11-22', 'America/New_York'],
  ['another century', '1926-11-22', 'Asia/Shanghai'],
])('%s is a slip of the pen', (_name, day, zone) => {
  expect(() => momentOf(day, now, zone)).toThrow('invalid');
});
