import { looksLikeLawFirm } from './law-firm';

const letter = (text: string, from: { name?: string; address?: string; subject?: string } = {}) => ({
  senderName: from.name ?? null,
  senderAddress: from.address ?? 'someone@example.com',
  subject: from.subject ?? null,
  text,
});

describe('a letter looks like a law firm’s', () => {
  test.each([
    ['a firm in its name', letter('Please find attached.', { name: 'Hartley & Moss LLP' })],
    ['a Chinese firm in its name', letter('见附件', { name: '上海明正律师事务所' })],
    ['a firm in its address', letter('Please call me.', { address: 'j.moss@hartleylaw.test' })],
    ['words of representation on a letterhead', letter('Moss Law Firm\nWe represent Ms Chen in this matter.')],
    ['the same in Chinese', letter('我所（明正律师事务所）受陈女士委托，就本案致函。')],
    ['a letter of representation in the subject', letter('Moss, Attorney at Law', { subject: 'Letter of representation' })],
  ])('%s', (_, one) => expect(looksLikeLawFirm(one)).toBe(true));

  test.each([
    ['a customer who mentions a lawyer', letter('My lawyer told me to wait. Where is my claim?')],
    ['a customer who threatens with one', letter('再不处理我就找律师了')],
    ['a plain mail', letter('Here are the photos of the bumper.')],
    ['a shop for lawns', letter('Your mower is ready', { address: 'info@lawnmowers.test' })],
  ])('not: %s', (_, one) => expect(looksLikeLawFirm(one)).toBe(false));
});
