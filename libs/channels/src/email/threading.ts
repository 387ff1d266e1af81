import { timingSafeEqual } from 'node:crypto';

/** Signs text with the hub's secret: lower-case base32, 16 characters (80 bits). */
export type Sign = (text: string) => string;

/** What a signed local part is for: a reply to a conversation, or the wish to get no more notices. */
export type TokenUse = 'reply' | 'unsub';

// RFC 5321 §4.5.3.1.1: a local part has at most 64 octets, of which five letters, "+", "." and the signature take 23. An UUID has 36.
const LONGEST_TOKEN = 41;
const TOKEN = /^[a-z0-9-]+$/;
// Thread ids beyond this many are of no use and a header may hold thousands.
const MOST_REFERENCES = 50;

/**
 * The address whose local part says, signed, what an answer belongs to: `reply+<token>.<mac>@domain`, all lower case because
 * relays fold case. Undefined where the token does not fit into a local part.
 */
export function signedAddress(use: TokenUse, token: string, domain: string, sign: Sign): string | undefined {
  const id = token.toLowerCase();
  if (!TOKEN.test(id) || id.length > LONGEST_TOKEN) return undefined;
  return `${use}+${id}.${sign(`${use}:${id}`)}@${domain}`;
}

/** The first token in these header values or addresses whose signature is ours. The domain is not looked at: it may have changed since. */
export function tokenIn(use: TokenUse, texts: readonly string[], sign: Sign): string | undefined {
  for (const text of texts) {
    for (const [, id = '', mac = ''] of text
      .toLowerCase()
      .matchAll(new RegExp(`(?<![a-z0-9.+_-])${use}\\+([a-z0-9-]{1,64})\\.([a-z2-7]{16})@`, 'g'))) {
      if (same(mac, sign(`${use}:${id}`))) return id;
    }
  }
  return undefined;
}

/** What a mail answers, newest first: In-Reply-To, then References from its end. Ids keep their angle brackets. */
export function referencesOf(inReplyTo: readonly string[], references: readonly string[]): string[] {
  const ids = [...inReplyTo.flatMap(messageIds), ...references.flatMap(messageIds).reverse()];
  return [...new Set(ids)].slice(0, MOST_REFERENCES);
}

/** The message ids in a header value. Empty ones (`<>`) are left out: they would join all mails that have none. */
export function messageIds(value: string): string[] {
  const bracketed = value.match(/<[^<>\s]+>/g);
  if (bracketed) return bracketed.filter((id) => id.length <= 512);
  return value
    .split(/[\s,]+/)
    .filter((id) => id.includes('@') && id.length <= 510)
    .map((id) => `<${id.replace(/[<>]/g, '')}>`);
}

function same(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
