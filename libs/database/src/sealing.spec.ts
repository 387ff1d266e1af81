import { Seal } from './sealing';

const OLD = 'the-old-secret-that-is-long-enough-0001';
const NEW = 'the-new-secret-that-is-long-enough-0002';

test('what was sealed is opened, and nobody reads it without the key', () => {
  const seal = new Seal([NEW]);
  const sealed = seal.seal(Buffer.from('我在延安路被追尾了'));
  expect(seal.open(sealed).toString()).toBe('我在延安路被追尾了');
  expect(sealed.sealed.includes(Buffer.from('延安路'))).toBe(false);
  expect(() => new Seal([OLD]).open(sealed)).toThrow('put the old secret back');
});

test('one changed byte is noticed', () => {
  const seal = new Seal([NEW]);
  const { keyId, sealed } = seal.seal(Buffer.from('amount 1250.00'));
  sealed[sealed.length - 1]! ^= 1;
  expect(() => seal.open({ keyId, sealed })).toThrow();
});

test('a new secret in front seals anew and still understands the old one', () => {
  const before = new Seal([OLD]);
  const after = new Seal([NEW, OLD]);
  expect(after.open(before.seal(Buffer.from('x'))).toString()).toBe('x');
  expect(after.isSignedBy('conversation', before.sign('conversation'))).toBe(true);
  expect(before.isSignedBy('conversation', after.sign('conversation'))).toBe(false);
});

test('a signature is sixteen characters that mail may fold', () => {
  expect(new Seal([NEW]).sign('anything')).toMatch(/^[a-z2-7]{16}$/);
  expect(new Seal([NEW]).isSignedBy('anything', 'aaaaaaaaaaaaaaaa')).toBe(false);
});

test('a short secret is refused with what to do', () => {
  expect(() => new Seal(['short'])).toThrow('openssl rand');
});
