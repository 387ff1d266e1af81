import { cluesIn } from './clues';

test.each([
  ['a claim number in any case', 'Re: clm-2026-000123 invoice', 'numbers', 'CLM-2026-000123'],
  ['a policy number', '保单号PDAA2026310000008812，请核', 'codes', 'PDAA2026310000008812'],
  ['a policy number with spaces', 'Policy PDAA2026 3100', 'codes', 'PDAA20263100'],
  ['a Chinese plate', '车牌：沪A·12345', 'codes', '沪A12345'],
  ['a plate after a word', '车牌沪A12345', 'codes', '沪A12345'],
  ['another plate', 'car HX-12345 rear bumper', 'codes', 'HX12345'],
  ['a patient', '患者：刘洋 男', 'names', '刘洋'],
  ['a name on a form in capitals', 'PATIENT NAME: NOAH BENNETT', 'names', 'Noah Bennett'],
  ['a name in a sentence', 'We treated Noah Bennett on Monday', 'names', 'Noah Bennett'],
  ['a Chinese date', '出生日期：1988年3月9日', 'days', '1988-03-09'],
  ['a date', 'DOB 1988-03-09', 'days', '1988-03-09'],
] as const)('%s is found', (_name, text, where, clue) => {
  expect(cluesIn(text)[where]).toContain(clue);
});

test.each([
  ['no number', '您好，附件请查收', { numbers: [], codes: [], days: [] }],
  ['a telephone number is a code like any other and the mirror knows none', 'call 021 5555 0101', { numbers: [], days: [] }],
  ['no such day', '2026-02-31', { days: [] }],
])('%s', (_name, text, clues) => {
  expect(cluesIn(text)).toMatchObject(clues);
});

test('a book of a thousand names stays a handful of questions', () => {
  const book = Array.from({ length: 1_000 }, (_, n) => `Person Nr${String.fromCharCode(97 + (n % 26))}${n} A${n}B${n}`).join('\n');
  expect(cluesIn(book).codes.length).toBeLessThanOrEqual(200);
});
