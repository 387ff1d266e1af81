import { maskedAddress, stepUpAddress, type CodeAddress } from './step-up-address';
import { isVerified, mayChoosePayee } from './verified';

const AT = new Date('2026-11-22T08:00:00Z');
const daysAgo = (days: number): Date => new Date(AT.getTime() - days * 86_400_000);

test.each([
  ['proved yesterday', { level: 'verified', verified_at: daysAgo(1), unusable: null }, true],
  ['proved 89 days ago', { level: 'verified', verified_at: daysAgo(89), unusable: null }, true],
  ['proved 90 days ago', { level: 'verified', verified_at: daysAgo(90), unusable: null }, false],
  ['bounced since', { level: 'verified', verified_at: daysAgo(1), unusable: 'bounced' }, false],
  ['never proved', { level: 'claimed', verified_at: null, unusable: null }, false],
  ['proved before a merge', { level: 'claimed', verified_at: daysAgo(1), unusable: null }, false],
] as const)('an address that was %s is verified: %#', (_, address, verified) => {
  expect(isVerified(address, AT)).toBe(verified);
});

test.each([
  [13, null, false],
  [14, null, true],
  [400, 'dead', false],
])('an address of %i days (%s) may choose where money goes: %s', (days, unusable, may) => {
  expect(mayChoosePayee({ since: daysAgo(days), unusable }, AT)).toBe(may);
});

describe('the code of a link goes', () => {
  const address = (id: string, over: Partial<CodeAddress> = {}): CodeAddress => ({
    id,
    scheme: 'tel',
    value: '+15550101001',
    unusable: null,
    since: daysAgo(100),
    shared: false,
    ...over,
  });
  const goes = (addresses: CodeAddress[], linked: string | null) => stepUpAddress(addresses, linked, AT)?.id;

  test('to another address than the link', () =>
    expect(goes([address('phone'), address('mail', { scheme: 'email' })], 'phone')).toBe('mail'));
  test('to the same where there is no other', () => expect(goes([address('phone')], 'phone')).toBe('phone'));
  test('never to one that others use', () => expect(goes([address('phone'), address('family', { shared: true })], 'phone')).toBe('phone'));
  test('never to one that is new', () => expect(goes([address('new', { since: daysAgo(3) })], null)).toBeUndefined());
  test('never to one that is dead or cannot be read', () =>
    expect(goes([address('dead', { unusable: 'bounced' }), address('browser', { scheme: 'visitor' })], null)).toBeUndefined());
});

test.each([
  ['tel', '+8613812341002', '••••1002'],
  ['email', 'li.wei@example.com', 'l•••@example.com'],
  ['wechat', 'oX1abc', '••••'],
])('%s %s is shown as %s', (scheme, value, shown) => {
  expect(maskedAddress(scheme, value)).toBe(shown);
});
