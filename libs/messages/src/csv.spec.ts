import { csvText, type CsvValue } from './csv';

test.each<[CsvValue, string]>([
  ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
  ['+cmd|calc', `'+cmd|calc`],
  ['-2+3', `'-2+3`],
  ['@SUM(A1)', `'@SUM(A1)`],
  ['＝1+1', `'＝1+1`],
  ['+15550100200', '+15550100200'],
  [-4, '-4'],
  ['say "stop", please', '"say ""stop"", please"'],
  ['two\nlines', '"two\nlines"'],
  ['别再发了', '别再发了'],
  [true, 'true'],
  [null, ''],
])('%p is the cell %s', (value, cell) => {
  expect(csvText([['head'], [value]])).toBe(`\uFEFFhead\r\n${cell}\r\n`);
});
