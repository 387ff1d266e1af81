import { inParts } from './side-by-side';

const numbers = (length: number): number[] => Array.from({ length }, (_, n) => n);

test.each([
  [0, []],
  [5, [5]],
  [13, [13]],
  [30, [13, 13, 4]],
  [52, [13, 13, 13, 13]],
  [101, [26, 26, 26, 23]],
  [1000, [250, 250, 250, 250]],
])('%i in parts of thirteen at least, four at most: %p', (length, sizes) => {
  const parts = inParts(numbers(length), 13);
  expect(parts.map((part) => part.length)).toEqual(sizes);
  expect(parts.flat()).toEqual(numbers(length));
});
