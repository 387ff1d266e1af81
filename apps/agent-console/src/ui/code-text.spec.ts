import { isCode } from './code-text';

it.each([
  ['opted-out', true],
  ['no_loss', true],
  ['claim', true],
  ['The mail server refuses the password', false],
  ['核对维修厂估损单', false],
  ['e.g. this', false],
])('%s is a code: %s', (text, expected) => {
  expect(isCode(text)).toBe(expected);
});
