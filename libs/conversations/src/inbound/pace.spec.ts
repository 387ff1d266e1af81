import { Pace } from './pace';

/** Takes what may go at once, as the receiver does; the sizes of the statements. */
function started(pace: Pace, waiting: number): number[] {
  const sizes: number[] = [];
  for (let share; (share = pace.share(waiting, sizes.length)) > 0; waiting -= share) sizes.push(share);
  return sizes;
}

test('while pages are in memory two statements take everything, sixty-four at most', () => {
  const pace = new Pace();
  expect(started(pace, 32)).toEqual([32]);
  expect(started(pace, 200)).toEqual([64, 64]);
  expect(started(pace, 0)).toEqual([]);
});

test('while the disk is read eight statements go beside each other, each with an eighth of what waits', () => {
  const pace = new Pace();
  for (let n = 0; n < 3; n++) pace.took(800, 16, 2);
  expect(started(pace, 64)).toEqual([8, 7, 7, 6, 5, 4, 4, 3]);
  expect(started(pace, 3)).toEqual([1, 1, 1]);
  expect(started(pace, 2_000)).toEqual(Array(8).fill(64));
  expect(pace.share(57, 7)).toBe(8);
  expect(pace.share(57, 8)).toBe(0);
});

test('eight statements at a time get as much done as two when the processors are what is short: it is two again', () => {
  const pace = new Pace();
  for (let n = 0; n < 10; n++) pace.took(800, 16, 2);
  // 32 messages in flight at a thousand a second.
  for (let n = 0; n < 30; n++) pace.took(32, 4, 8);
  expect(started(pace, 32)).toEqual([32]);
});

test('one slow statement among many quick ones changes nothing for long', () => {
  const pace = new Pace();
  for (let n = 0; n < 30; n++) pace.took(16, 16, 2);
  pace.took(100, 4, 2);
  expect(started(pace, 32)).toEqual([32]);
});
