import { Pace } from './pace';

/** Takes what may go at once, as the receiver does; the sizes of the statements. */
function started(pace: Pace, waiting: number): number[] {
  const sizes: number[] = [];
  for (let share; (share = pace.share(waiting, sizes.length)) > 0; waiting -= share) sizes.push(share);
  return sizes;
}

/** So many customers who each wait for their answer, in rounds of what may go at once, where a round of statements takes so long; how many statements each round had. */
function rounds(count: number, pace: Pace, ms: (sizes: readonly number[]) => number): number[] {
  return Array.from({ length: count }, () => {
    const sizes = started(pace, 32);
    for (const size of sizes) pace.took(ms(sizes), size, sizes.length);
    return sizes.length;
  });
}

test('while pages are in memory two statements take everything, sixty-four at most', () => {
  const pace = new Pace();
  expect(started(pace, 32)).toEqual([32]);
  expect(started(pace, 200)).toEqual([64, 64]);
  expect(started(pace, 0)).toEqual([]);
});

test('while the disk is read six statements go beside each other, each with a sixth of what waits', () => {
  const pace = new Pace();
  for (let n = 0; n < 3; n++) pace.took(800, 16, 2);
  expect(started(pace, 64)).toEqual([11, 9, 8, 6, 5, 5]);
  expect(started(pace, 3)).toEqual([1, 1, 1]);
  expect(started(pace, 2_000)).toEqual(Array(6).fill(64));
  expect(pace.share(57, 5)).toBe(10);
  expect(pace.share(57, 6)).toBe(0);
});

test('a disk that serves many at once is read by many to the end: their success is no reason to go back', () => {
  const pace = new Pace();
  // Ten milliseconds a message, one after the other within a statement.
  const statements = rounds(200, pace, (sizes) => 10 * Math.max(...sizes));
  expect(statements.slice(2)).toEqual(Array(198).fill(6));
});

test('processors that are short are not taken for a disk: once pages are in memory it is large statements again', () => {
  const pace = new Pace();
  for (let n = 0; n < 10; n++) pace.took(800, 16, 2);
  // A thousand messages a second, however they are cut.
  const statements = rounds(100, pace, (sizes) => sizes.reduce((sum, size) => sum + size, 0));
  expect(statements[0]).toBe(6);
  expect(statements.at(-1)).toBe(1);
});

test('a lone message that waited for a lock changes nothing', () => {
  const pace = new Pace();
  for (let n = 0; n < 5; n++) pace.took(2_000, 1, 1);
  expect(started(pace, 32)).toEqual([32]);
});
