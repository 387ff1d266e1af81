import { createHash } from 'node:crypto';
import type { Address, MediaRef } from '@claimline/messages';
import { simpleParser, type Attachment, type ParsedMail } from 'mailparser';
import { repairCharsets } from './charsets';
import { addressesOf } from './parties';
import { messageIds, referencesOf } from './threading';
import { isTnef, readTnef } from './tnef';

/** A mail as we work with it: everything decoded, nothing decided. */
export interface Mail {
  /** All values of a header, unfolded, in their order. */
  header(name: string): readonly string[];
  readonly headerNames: readonly string[];
  readonly from: readonly Address[];
  readonly sender: readonly Address[];
  readonly replyTo: readonly Address[];
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  readonly subject: string;
  readonly date?: Date;
  /** With its angle brackets; undefined where it is missing or empty. */
  readonly messageId?: string;
  readonly references: readonly string[];
  readonly text: string;
  readonly html?: string;
  readonly parts: readonly MediaRef[];
  /** A hash of what the sender wrote, blind to what relays add on the way. */
  readonly fingerprint: string;
}

// Beyond this the conversion to text would hold up everybody's mail; the HTML itself is kept whole.
const LONGEST_HTML = 2_000_000;
// RFC 5322 has 998 characters in a line; a longer subject is an attack or an accident, and the raw mail keeps it.
const LONGEST_SUBJECT = 2_000;

/** Parses a mail. Rejects only where the bytes make no mail at all. */
export async function readMail(raw: Buffer): Promise<Mail> {
  const parsed = await simpleParser(repairCharsets(raw), {
    keepCidLinks: true,
    skipTextToHtml: true,
    skipTextLinks: true,
    keepDeliveryStatus: true,
    ignoreEmbedded: true,
    checksumAlgo: 'sha256',
    maxHtmlLengthToParse: LONGEST_HTML,
  } as Parameters<typeof simpleParser>[1]);
  const headers = headersOf(parsed);
  const parts = parsed.attachments.flatMap(mediaOf);
  const text = (parsed.text ?? '').trimEnd() || textInTnef(parsed.attachments);
  const html = typeof parsed.html === 'string' && parsed.html ? parsed.html : undefined;
  return {
    header: (name) => headers.get(name.toLowerCase()) ?? [],
    headerNames: [...headers.keys()],
    from: addressesOf(parsed.from),
    sender: addressesOf(addressHeader(parsed, 'sender')),
    replyTo: addressesOf(parsed.replyTo),
    to: addressesOf(parsed.to),
    cc: addressesOf(parsed.cc),
    subject: (parsed.subject ?? '').slice(0, LONGEST_SUBJECT).replace(/\s+/g, ' ').trim(),
    date: dateOf(headers.get('date')?.[0]),
    messageId: messageIds(headers.get('message-id')?.[0] ?? '')[0],
    references: referencesOf(headers.get('in-reply-to') ?? [], headers.get('references') ?? []),
    text: text || (html ? roughText(html) : ''),
    html,
    parts: parts.map((part, index) => ({ ...part, key: String(index + 1) })),
    fingerprint: fingerprintOf(headers, parsed),
  };
}

function headersOf(parsed: ParsedMail): Map<string, string[]> {
  const all = new Map<string, string[]>();
  for (const { key, line } of parsed.headerLines ?? []) {
    const value = line
      .slice(line.indexOf(':') + 1)
      .replace(/\r?\n(?=[ \t])/g, '')
      .trim();
    all.set(key, [...(all.get(key) ?? []), value]);
  }
  return all;
}

function addressHeader(parsed: ParsedMail, name: string) {
  const value = parsed.headers?.get(name);
  return typeof value === 'object' && value !== null && 'value' in value && Array.isArray(value.value)
    ? (value as NonNullable<ParsedMail['from']>)
    : undefined;
}

/** The parser would say "now" for a date it cannot read. */
function dateOf(value: string | undefined): Date | undefined {
  const date = new Date(value ?? '');
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** One part as a file; what a winmail.dat holds comes out beside it, the container itself is kept. */
function mediaOf(part: Attachment): Omit<MediaRef, 'key'>[] {
  const own = {
    content: part.content,
    name: (part.filename ?? '').trim() || nameOf(part),
    contentType: part.contentType,
    size: part.content.length,
    ...(part.cid ? { contentId: part.cid } : {}),
  };
  if (!isTnef(part.contentType, own.name)) return [own];
  return [
    own,
    ...readTnef(part.content).files.map((file) => ({
      content: file.content,
      name: file.name,
      contentType: 'application/octet-stream',
      size: file.content.length,
    })),
  ];
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  'message/rfc822': 'mail.eml',
  'text/calendar': 'invite.ics',
  'application/ms-tnef': 'winmail.dat',
  'application/pdf': 'document.pdf',
  'image/jpeg': 'image.jpg',
  'image/png': 'image.png',
  'image/gif': 'image.gif',
  'image/heic': 'image.heic',
  'message/delivery-status': 'delivery-status.txt',
  'text/rfc822-headers': 'headers.txt',
};

const nameOf = (part: Attachment) => EXTENSIONS[part.contentType] ?? (part.contentType.startsWith('text/') ? 'text.txt' : 'attachment.bin');

function textInTnef(parts: readonly Attachment[]): string {
  const container = parts.find((part) => isTnef(part.contentType, part.filename ?? ''));
  return container ? (readTnef(container.content).text ?? '') : '';
}

/** Readable words from HTML that was too large or too deep for the parser. */
function roughText(html: string): string {
  return html
    .slice(0, LONGEST_HTML)
    .replace(/<(style|script)[^]*?<\/\1>/gi, '')
    .replace(/<(?:br|\/p|\/div|\/tr)[^>]{0,500}>/gi, '\n')
    .replace(/<[^<>]{0,2000}>/g, '')
    .replace(/&nbsp;/g, ' ')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function fingerprintOf(headers: ReadonlyMap<string, readonly string[]>, parsed: ParsedMail): string {
  const hash = createHash('sha256');
  for (const name of ['from', 'date', 'subject']) hash.update(`${name}:${(headers.get(name)?.[0] ?? '').replace(/\s+/g, ' ')}\n`);
  hash.update(`${(parsed.text ?? '').replace(/\s+/g, ' ').trim()}\n`);
  for (const part of parsed.attachments) hash.update(`${part.checksum}\n`);
  return hash.digest('hex').slice(0, 16);
}
