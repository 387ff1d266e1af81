import { DEFAULT_REGULATORS, regulatorOf, withoutRegulators } from './regulators';

test.each([
  'tousu@nfra.gov.cn',
  'Mail@Shanghai.NFRA.gov.cn',
  'consumers@insurance.ca.gov',
  'help@doi.idaho.gov',
  'x@doi.utah',
  'a@tdi.texas.gov',
])('%s is a regulator', (address) => {
  expect(regulatorOf(address, DEFAULT_REGULATORS)).toBeDefined();
});

test.each(['li@insurance.com', 'nfra.gov.cn@mail.test', 'x@notnfra.gov.cn', 'me@ca.gov', '+8613800000000', 'nobody@', ''])(
  '%s is none',
  (address) => {
    expect(regulatorOf(address, DEFAULT_REGULATORS)).toBeUndefined();
  },
);

test('regulators are left out, everybody else stays in their order', () => {
  expect(withoutRegulators(['wife@mail.test', 'x@nfra.gov.cn', 'lawyer@law.test'], DEFAULT_REGULATORS)).toEqual({
    kept: ['wife@mail.test', 'lawyer@law.test'],
    leftOut: ['x@nfra.gov.cn'],
  });
});
