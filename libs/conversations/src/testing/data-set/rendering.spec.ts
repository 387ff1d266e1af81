import { idOf } from './chance';
import { moment } from './rendering';

const DAY_MS = 86_400_000;
const NEW_YEAR = Date.UTC(2026, 0, 1);

test.each([
  ['the last millisecond of a year', NEW_YEAR - 1],
  ['the first of the next', NEW_YEAR],
  ['a leap day', Date.UTC(2024, 1, 29, 23, 59, 59, 7)],
  ['the day before, asked for after it', Date.UTC(2024, 1, 28, 1, 2, 3, 40)],
  ['a part of a millisecond', NEW_YEAR + DAY_MS * 200.123456789],
])('a moment is written as every program reads it: %s', (_, ms) => {
  expect(moment(ms)).toBe(new Date(ms).toISOString());
});

test('an id holds its time, its kind and its number, so that ids stand in the order of time', () => {
  expect(idOf('message', 0x0198_abcd_ef01, 0x0203_0405)).toBe('0198abcd-ef01-7606-8000-000002030405');
  expect(idOf('event', 0x0198_abcd_ef01 + 0.9, 1)).toBe('0198abcd-ef01-7808-8000-000000000001');
  expect(idOf('claim', NEW_YEAR + 1, 0) > idOf('claim', NEW_YEAR, 9_999_999)).toBe(true);
});
