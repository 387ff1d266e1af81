import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a site puts beside its user's id: HMAC-SHA256 with the identity secret, in small hexadecimal letters. */
export const identityHash = (secret: string, userId: string): string => createHmac('sha256', secret).update(userId).digest('hex');

/** Whether the site has signed this user id. Takes the same time for every wrong answer of the right length. */
export function isSignedBySite(secret: string, userId: string, hash: string): boolean {
  const [ours, given] = [Buffer.from(identityHash(secret, userId)), Buffer.from(hash.toLowerCase())];
  return ours.length === given.length && timingSafeEqual(ours, given);
}
