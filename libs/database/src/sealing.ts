import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

/** Bytes that only a holder of the key can read, and the id of that key. */
export interface Sealed {
  readonly keyId: string;
  readonly sealed: Buffer;
}

interface Key {
  readonly id: string;
  readonly cipher: Buffer;
  readonly mac: Buffer;
}

const IV = 12;
const TAG = 16;
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/**
 * Seals (AES-256-GCM) and signs (HMAC-SHA256) with the hub's secrets: the first one is used, all of them are understood.
 * That is how a secret is changed without losing what the old one sealed.
 */
export class Seal {
  private readonly keys: readonly Key[];

  /** @throws TypeError when there is no secret, or one shorter than 32 characters. */
  constructor(secrets: readonly string[]) {
    if (secrets.length === 0 || secrets.some((secret) => secret.length < 32)) {
      throw new TypeError('HUB_SECRET needs at least one secret of 32 characters or more; make one with: openssl rand -base64 48');
    }
    this.keys = secrets.map(derive);
  }

  seal(content: Buffer): Sealed {
    const key = this.keys[0]!;
    const iv = randomBytes(IV);
    const cipher = createCipheriv('aes-256-gcm', key.cipher, iv);
    const body = Buffer.concat([cipher.update(content), cipher.final()]);
    return { keyId: key.id, sealed: Buffer.concat([iv, cipher.getAuthTag(), body]) };
  }

  /** @throws Error when the key is not among ours or the bytes were changed. */
  open({ keyId, sealed }: Sealed): Buffer {
    const key = this.keys.find((candidate) => candidate.id === keyId);
    if (!key) throw new Error(`sealed with key ${keyId}, which HUB_SECRET no longer holds: put the old secret back behind the new one`);
    const decipher = createDecipheriv('aes-256-gcm', key.cipher, sealed.subarray(0, IV));
    decipher.setAuthTag(sealed.subarray(IV, IV + TAG));
    return Buffer.concat([decipher.update(sealed.subarray(IV + TAG)), decipher.final()]);
  }

  /** A short signature for addresses and links: 80 bits as 16 lower-case base32 characters, because mail may fold the case. */
  sign(text: string): string {
    return shortMac(this.keys[0]!, text);
  }

  /** Whether one of our secrets signed it. Constant time. */
  isSignedBy(text: string, signature: string): boolean {
    const given = Buffer.from(signature);
    return this.keys.some((key) => {
      const ours = Buffer.from(shortMac(key, text));
      return ours.length === given.length && timingSafeEqual(ours, given);
    });
  }
}

function derive(secret: string): Key {
  const part = (use: string): Buffer => Buffer.from(hkdfSync('sha256', secret, 'claimline', use, 32));
  return { id: createHash('sha256').update(part('id')).digest('hex').slice(0, 8), cipher: part('cipher'), mac: part('mac') };
}

function shortMac(key: Key, text: string): string {
  const bytes = createHmac('sha256', key.mac).update(text).digest().subarray(0, 10);
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  return Array.from({ length: 16 }, (_, i) => BASE32[Number((bits >> BigInt(75 - 5 * i)) & 31n)]).join('');
}
