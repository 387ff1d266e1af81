import { newId, Seal } from '@claimline/database';
import { FileLinks } from './file-links';

const AT = new Date('2026-11-22T08:00:00Z');
const soon = new Date(AT.getTime() + 3_600_000);
const SECRETS = ['the-first-secret-only-for-tests-0123456789', 'the-other-secret-only-for-tests-0123456789'];
const links = new FileLinks(new Seal(SECRETS.slice(0, 1)));
const file = { attachmentId: newId(AT), purpose: 'vendor' } as const;

test('opens the file it was made for, until its time is over', () => {
  const token = links.make(file, soon);
  expect(token).toMatch(/^[0-9a-z.]+$/);
  expect(links.read(token, AT)).toEqual(file);
  expect(links.read(token, new Date(soon.getTime() - 1000))).toEqual(file);
  expect(links.read(token, soon)).toBeUndefined();
  expect(links.read(links.make({ ...file, purpose: 'customer' }, soon), AT)).toEqual({ ...file, purpose: 'customer' });
});

test('no letter of it can be changed: not the file, not the time, not the purpose', () => {
  const token = links.make(file, soon);
  for (let at = 0; at < token.length; at++) {
    const changed = token.slice(0, at) + (token[at] === 'a' ? 'b' : 'a') + token.slice(at + 1);
    expect(links.read(changed, AT)).toBeUndefined();
  }
});

test.each(['', 'x', '../../x', 'v'.repeat(60), `${'v'}${'0'.repeat(32)}.${'a'.repeat(16)}`])('%p opens nothing', (token) => {
  expect(links.read(token, AT)).toBeUndefined();
});

test('a link outlives a change of the secret, and not one whose secret is gone', () => {
  const token = new FileLinks(new Seal([SECRETS[1]!])).make(file, soon);
  expect(new FileLinks(new Seal(SECRETS)).read(token, AT)).toEqual(file);
  expect(links.read(token, AT)).toBeUndefined();
});

test('a signature made for something else opens no file', () => {
  const seal = new Seal(SECRETS);
  const words = `v${file.attachmentId.replaceAll('-', '')}${Math.floor(soon.getTime() / 1000).toString(36)}`;
  expect(new FileLinks(seal).read(`${words}.${seal.sign(words)}`, AT)).toBeUndefined();
});
