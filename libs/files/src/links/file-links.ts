import type { Seal } from '@claimline/database';

/** For whom a link is: a provider that fetches what we send, or the customer who got it by message. */
export type LinkPurpose = 'vendor' | 'customer';

/** What a link opens. */
export interface LinkedFile {
  readonly attachmentId: string;
  readonly purpose: LinkPurpose;
}

const TOKEN = /^([vc])([0-9a-f]{32})([0-9a-z]{1,8})\.([a-z2-7]{16})$/;
const LETTER: Readonly<Record<LinkPurpose, string>> = { vendor: 'v', customer: 'c' };

/** Links that open one file for whoever holds them, until a moment. Nothing is stored: the token says it all, signed. */
export class FileLinks {
  constructor(private readonly seal: Pick<Seal, 'sign' | 'isSignedBy'>) {}

  /** The token for `GET /files/:token`. Seconds count; a moment's fraction is cut off. */
  make(file: LinkedFile, expiresAt: Date): string {
    const words = `${LETTER[file.purpose]}${file.attachmentId.replaceAll('-', '')}${Math.floor(expiresAt.getTime() / 1000).toString(36)}`;
    return `${words}.${this.seal.sign(signed(words))}`;
  }

  /** What a token opens now; undefined when it is not ours, was changed, or its time is over. */
  read(token: string, now: Date): LinkedFile | undefined {
    const [, letter = '', id = '', until = '', signature = ''] = TOKEN.exec(token) ?? [];
    if (!id || !this.seal.isSignedBy(signed(letter + id + until), signature)) return undefined;
    if (parseInt(until, 36) * 1000 <= now.getTime()) return undefined;
    return {
      attachmentId: id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
      purpose: letter === 'v' ? 'vendor' : 'customer',
    };
  }
}

// A signature for a link is worth nothing anywhere else that signs with the same secret.
const signed = (words: string): string => `file-link:${words}`;
