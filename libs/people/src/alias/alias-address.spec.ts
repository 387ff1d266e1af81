import { aliasProblem } from './alias-address';

const inbox = 'claims@anhe.example';

it.each([
  ['zhang.wei@anhe.example', null],
  ['z@anhe.example', null],
  ['zhang.wei@elsewhere.example', 'other-domain'],
  ['claims@anhe.example', 'is-the-inbox'],
  ['claims+zhang@anhe.example', 'not-an-address'],
  ['reply@anhe.example', 'is-signed'],
  ['zhang wei@anhe.example', 'not-an-address'],
  ['.zhang@anhe.example', 'not-an-address'],
  ['zhang.wei', 'not-an-address'],
])('%s as an alias of the inbox: %s', (address, problem) => {
  expect(aliasProblem(address, inbox)).toBe(problem);
});
