import { clockOf } from './clock-of';

it.each([
  [0, '0:00'],
  [5_000, '0:05'],
  [245_000, '4:05'],
  [-59_000, '0:59'],
  [3_600_000, '1:00 h'],
  [7_800_000, '2:10 h'],
  [3 * 86_400_000, '3 d'],
])('%d ms reads %s', (length, text) => {
  expect(clockOf(length)).toBe(text);
});
