import { fileTypeFromBuffer } from 'file-type';

const UNKNOWN = 'application/octet-stream';

// One container holds sound or pictures that move; only its sender knows which. Both are as harmless.
const SAME_CONTAINER: Readonly<Record<string, readonly string[]>> = {
  'video/webm': ['audio/webm'],
  'video/mp4': ['audio/mp4', 'audio/x-m4a'],
  'video/3gpp': ['audio/3gpp'],
  'application/ogg': ['audio/ogg', 'video/ogg'],
  'video/ogg': ['audio/ogg'],
  'image/heif': ['image/heic'],
};
// Families whose members differ deep inside only. None of them is ever shown in a browser.
const SAME_FAMILY: Readonly<Record<string, RegExp>> = {
  'application/zip': /^application\/(vnd\.openxmlformats-officedocument|vnd\.oasis\.opendocument|epub\+zip)/,
  'application/x-cfb': /^application\/(msword|vnd\.ms-(excel|powerpoint|outlook))/,
};
// Kinds of plain text that have no mark of their own. HTML and its relatives are not among them.
const PLAIN_TEXTS = new Set([
  'text/csv',
  'text/calendar',
  'text/vcard',
  'text/markdown',
  'text/rtf',
  'application/json',
  'message/rfc822',
  'message/delivery-status',
  'text/rfc822-headers',
]);
const MARKUP: readonly (readonly [RegExp, string])[] = [
  [/^<\?xml[^>]*>\s*(<!--[^]*?-->\s*)*(<!doctype svg|<svg)/i, 'image/svg+xml'],
  [/^(<!--[^]*?-->\s*)*<svg[\s>]/i, 'image/svg+xml'],
  [/^<(!doctype html|html|head|body|script|iframe|style|title|table|div|p|a|img|form|meta|link)[\s>/]/i, 'text/html'],
  [/^<\?xml/i, 'application/xml'],
];

/**
 * What a file really is, from the beginning of its bytes (at least 4 kB of it, or all). What the sender declared counts only where
 * the bytes allow it; a name counts never.
 */
export async function sniff(head: Buffer, declared?: string): Promise<string> {
  const claimed = bare(declared);
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  const real = bare(found?.mime);
  if (real === 'application/xml') return markup(head) ?? real;
  if (real) return claimed && (SAME_CONTAINER[real]?.includes(claimed) || SAME_FAMILY[real]?.test(claimed)) ? claimed : real;
  if (head.length === 0 || !isText(head)) return UNKNOWN;
  return markup(head) ?? (claimed && PLAIN_TEXTS.has(claimed) ? claimed : 'text/plain');
}

const bare = (type: string | undefined): string | undefined => type?.split(';')[0]!.trim().toLowerCase() || undefined;

function markup(head: Buffer): string | undefined {
  const text = head
    .subarray(0, 4096)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  return MARKUP.find(([pattern]) => pattern.test(text))?.[1];
}

/** Whether bytes read as text: no control characters but those that texts have. Any charset: a GBK letter is no program. */
function isText(head: Buffer): boolean {
  return !head.subarray(0, 4096).some((byte) => byte < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d, 0x1b].includes(byte));
}

const SHOWN = new Set([
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'image/avif',
  'audio/mpeg',
  'audio/mp4',
  'audio/x-m4a',
  'audio/aac',
  'audio/ogg',
  'audio/opus',
  'audio/wav',
  'audio/x-wav',
  'audio/webm',
  'audio/amr',
  'audio/flac',
  'audio/3gpp',
  'application/pdf',
]);

/** Whether a browser may show it in place. Everything else is only ever downloaded: it could run, or be taken for a page of ours. */
export const mayBeShown = (contentType: string): boolean => SHOWN.has(contentType);
