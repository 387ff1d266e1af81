import { maskText } from './sensitive-numbers';

const masked = (text: string): string => maskText(text).text;

test.each([
  ['a Visa card', 'pay to 4111 1111 1111 1111 please', 'pay to •••• 1111 please'],
  ['a card with hyphens', '4111-1111-1111-1111', '•••• 1111'],
  ['a UnionPay card of 19 digits', '卡号6222021234567890128', '卡号•••• 0128'],
  ['an American Express card', 'amex 378282246310005', 'amex •••• 0005'],
  ['a card in full-width digits', '卡４１１１１１１１１１１１１１１１', '卡•••• １１１１'],
  ['a Chinese identity number', '身份证11010519491231002X。', '身份证••••••。'],
  ['one with a wrong check character', '我的身份证是110105194912310021', '我的身份证是••••••'],
  ['a social security number', 'SSN 123-45-6789', 'SSN ••••••'],
  ['one without hyphens that is called so', 'my social security number is 123456789', 'my social security number is ••••••'],
  ['an IBAN', 'IBAN GB82 WEST 1234 5698 7654 32 thanks', 'IBAN •••• 5432 thanks'],
  ['an account number that is called so', 'account no. 000123456789', 'account no. •••• 6789'],
  ['an account in Chinese', '收款账号：6001 2345 678', '收款账号：•••• 5678'],
  ['two at once', '4111111111111111 and 5555555555554444', '•••• 1111 and •••• 4444'],
])('%s is masked', (_, text, shown) => {
  expect(masked(text)).toBe(shown);
});

test.each([
  ['a card with a wrong check digit', '4111 1111 1111 1112'],
  ['a claim number', 'about CLM-2026-000123 please'],
  ['a policy number of ours', '保单号PDAA2026310000008812'],
  ['a policy number of twenty digits that passes the check', '41111111111111111116'],
  ['a mobile number', 'call +86 138 1234 1002'],
  ['a German number that passes the check', '+4915123456788'],
  ['a plate', '沪A·DEMO12'],
  ['a moment', '2026-11-22 16:00, 2026-11-23 17:30'],
  ['a sum', 'the estimate is 12,500.00 USD'],
  ['a long number that nobody calls an account', 'tracking 123456789012'],
  ['eighteen digits that are no date of birth', '110105194913310021'],
])('%s is not', (_, text) => {
  expect(masked(text)).toBe(text);
});

test('our own format stands before every check: a policy number may look like a card', () => {
  const own = [/\b4\d{15}\b/g];
  expect(maskText('policy 4111111111111111', own).text).toBe('policy 4111111111111111');
});

test('a text made to be slow is not: it ends', () => {
  for (const slow of [`${'1 '.repeat(50_000)}x`, '1-'.repeat(50_000), 'GB82 ' + 'WEST '.repeat(20_000)]) expect(masked(slow)).toBe(slow);
});
