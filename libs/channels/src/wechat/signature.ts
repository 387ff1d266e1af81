import { createCipheriv, createDecipheriv, createHash, timingSafeEqual } from 'node:crypto';

/** WeChat's signature: the SHA-1 of the sorted parts. Over (token, timestamp, nonce), in safe mode with the encrypted text as well. */
export function signatureOf(...parts: readonly string[]): string {
  return createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex');
}

/** Compares in constant time. */
export function sameSignature(a: string | null | undefined, b: string): boolean {
  return typeof a === 'string' && a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

// WeChat pads to blocks of 32 where AES itself has 16 (PKCS#7 as its own documents describe it).
const BLOCK = 32;

/** Opens an encrypted push; throws where it is broken or for another app. Plaintext: 16 random bytes, length, message, app id. */
export function decrypt(encodingAesKey: string, encrypted: string, appId: string): string {
  const key = keyOf(encodingAesKey);
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()]);
  const padding = padded[padded.length - 1] ?? 0;
  if (padding < 1 || padding > BLOCK || padded.length < 20 + padding) throw new Error('the padding is wrong (-40007)');
  const plain = padded.subarray(0, padded.length - padding);
  const end = 20 + plain.readUInt32BE(16);
  if (end > plain.length) throw new Error('the length is wrong (-40008)');
  if (plain.subarray(end).toString('utf8') !== appId) throw new Error('the message is for another app (-40005)');
  return plain.subarray(20, end).toString('utf8');
}

/** What {@link decrypt} opens. `random` are 16 bytes. */
export function encrypt(encodingAesKey: string, message: string, appId: string, random: Buffer): string {
  const key = keyOf(encodingAesKey);
  const body = Buffer.from(message, 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const plain = Buffer.concat([random, length, body, Buffer.from(appId, 'utf8')]);
  const padding = BLOCK - (plain.length % BLOCK);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(Buffer.concat([plain, Buffer.alloc(padding, padding)])), cipher.final()]).toString('base64');
}

const keyOf = (encodingAesKey: string) => Buffer.from(`${encodingAesKey}=`, 'base64');
