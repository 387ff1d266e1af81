import { age, dayName, duration, span, urgency } from './moments';

const now = new Date(2026, 10, 22, 15, 0).getTime();
const ago = (minutes: number) => now - minutes * 60_000;

it.each([
  [0.3, 'en', 'now'],
  [4, 'en', '4m'],
  [4, 'zh-CN', '4分钟'],
  [180, 'en', '3h'],
  [60 * 20, 'en', 'Sat'],
  [60 * 24 * 30, 'en', 'Oct 23'],
])('%s minutes ago in %s is %s', (minutes, locale, text) => {
  expect(age(ago(minutes), now, locale)).toBe(text);
});

it('gives a length of time in its largest unit and never zero', () => {
  expect([10_000, 59 * 60_000, 5 * 3_600_000, 72 * 3_600_000].map((ms) => span(ms, 'en'))).toEqual(['1m', '59m', '5h', '3d']);
});

it('knows what hurries', () => {
  expect([-1, 30, 120, 60 * 24].map((minutes) => urgency(ago(-minutes), now))).toEqual(['over', 'soon', 'today', 'later']);
});

it('names days by calendar, not by hours', () => {
  expect(dayName(new Date(2026, 10, 21, 23, 59).getTime(), now, 'en')).toBe('Yesterday');
  expect(dayName(now, now, 'zh-CN')).toBe('今天');
});

it('writes seconds as a player does', () => {
  expect([7, 65, 600].map(duration)).toEqual(['0:07', '1:05', '10:00']);
});
