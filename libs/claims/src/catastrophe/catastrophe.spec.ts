import { namesCatastrophe, type Peril } from './catastrophe';

test.each<[string, Peril, string[], boolean]>([
  ['The hail broke my windshield', 'hail', [], true],
  ['昨晚冰雹把车顶砸坏了', 'hail', [], true],
  ['台风把屋顶掀了', 'windstorm', [], true],
  ['地下车库进水，车泡水了', 'flood', [], true],
  ['Any news about my claim?', 'hail', [], false],
  ['I hailed a taxi', 'hail', [], false],
  ['Our roof went in Ida', 'windstorm', ['ida'], true],
  ['something else', 'other', [' '], false],
])('"%s" and a %s with the words %j: %s', (text, peril, words, names) => {
  expect(namesCatastrophe(text, { peril, words })).toBe(names);
});
