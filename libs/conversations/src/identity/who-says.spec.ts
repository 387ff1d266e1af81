import { codeAlone, namedHolder } from './who-says';

const SIBLINGS = [
  { id: 'wei', name: '李伟' },
  { id: 'na', name: '李娜' },
  { id: 'olivia', name: 'Olivia Hart' },
  { id: 'oliver', name: 'Oliver Hart' },
];

test.each([
  ['我是李伟', 'wei'],
  ['李娜，案件号CLM-2026-000005', 'na'],
  ['This is Olivia Hart.', 'olivia'],
  ['Hart Oliver', 'oliver'],
  ['I am olivia HART!', 'olivia'],
])('%s is from %s', (text, who) => {
  expect(namedHolder(text, SIBLINGS)?.id).toBe(who);
});

test.each(['Olivia', '我姓李', '李伟让我替李娜问', 'Hart', 'what about my claim?', '', 'OliviaHarting'])(
  '%s is from nobody in particular',
  (text) => {
    expect(namedHolder(text, SIBLINGS)).toBeUndefined();
  },
);

test.each([
  ['480125', '480125'],
  ['the code is 480 125', '480125'],
  ['验证码４８０１２５。', '480125'],
  ['my claim CLM-2026-480125', undefined],
  ['48012', undefined],
  ['480125 and 123456', undefined],
])('in %s the code is %s', (text, code) => {
  expect(codeAlone(text)).toBe(code);
});
