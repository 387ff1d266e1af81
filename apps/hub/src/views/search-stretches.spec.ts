import { firstLength, isHardlySaid, isWorthWalking, nextLength, WALK, type NewestSay } from './search-stretches';

const DAY = 24 * 3_600_000;
/** Three years with so many messages, of whose newest three thousand so many hold the words. */
const years = (messages: number, met: number): NewestSay => ({
  read: Math.min(WALK, messages),
  met,
  messages,
  oldest: 0,
  newest: 1095 * DAY,
});

test.each([
  [13, 51, true],
  [12, 51, false],
  [3, 11, true],
  [0, 11, false],
])('%i of the newest hold the words, %i are needed: worth walking %s', (met, need, is) => {
  expect(isWorthWalking(met, need)).toBe(is);
});

test.each([
  ['nobody has said it lately', 0, "'clm2026000123':*", true],
  ['a claim that somebody writes about just now', 2, "'clm2026000123':*", true],
  ['now and then', 3, "'garage':*", false],
  ['several words, anywhere', 0, "'shunrk':* & 'garage':*", true],
  ['words that stand together', 0, "'延安' <-> '安路'", false],
])('hardly said: %s', (_, met, asked, is) => {
  expect(isHardlySaid(met, asked)).toBe(is);
});

test('the first stretch holds what is needed and half as many again', () => {
  const length = firstLength(years(25_000_000, 12), 50);
  const messages = (length / (1095 * DAY)) * 25_000_000;
  expect((messages * 12) / WALK).toBeCloseTo(75, 0);
});

test.each([0, 1])('words that %i of the newest hold: a hundred and fifty thousand messages, however many there are', (met) => {
  for (const all of [25_000_000, 2_500_000]) expect((firstLength(years(all, met), 50) / (1095 * DAY)) * all).toBeCloseTo(150_000, -1);
});

test('a table that nobody has counted yet is asked as a whole', () => {
  expect(firstLength(years(2000, 0), 50)).toBeGreaterThan(1095 * DAY);
  expect(firstLength({ read: 0, met: 0, messages: 0, oldest: 0, newest: 0 }, 50)).toBeGreaterThan(0);
});

test.each([
  ['nothing was found: sixteen times', 0, 50, 16],
  ['little was found: sixteen times at most', 1, 50, 16],
  ['a tenth was found: fifteen times', 5, 50, 15],
  ['nearly all was found: half of it again', 50, 1, 0.5],
])('the next stretch where %s', (_, found, missing, times) => {
  expect(nextLength(1000, found, missing)).toBe(1000 * times);
});
