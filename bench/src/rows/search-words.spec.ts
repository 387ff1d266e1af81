import { commonAndRare } from './search-words';

test('the most frequent and the least frequent, never the same word as both', () => {
  const words = ['claim', 'claim', 'claim', 'car', 'car', 'rain', 'hail'];
  expect(commonAndRare(words, 2)).toEqual({ common: ['claim', 'car'], rare: ['hail', 'rain'] });
  expect(commonAndRare(['claim', 'car'], 2)).toEqual({ common: ['car', 'claim'], rare: [] });
});
