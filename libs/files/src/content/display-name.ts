// Control characters, and those that turn the direction of reading: `photo\u202Egpj.exe` reads as `photoexe.jpg`.
const INVISIBLE = /[\p{Cc}\p{Cs}\u061C\u200B\u200E\u200F\u2028-\u202E\u2060\u2066-\u2069\uFEFF]/gu;
const LONGEST = 120;

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/heic': 'heic',
  'image/heif': 'heif',
  'image/avif': 'avif',
  'image/tiff': 'tiff',
  'image/svg+xml': 'svg',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/x-m4a': 'm4a',
  'audio/amr': 'amr',
  'audio/ogg': 'ogg',
  'audio/wav': 'wav',
  'audio/webm': 'webm',
  'audio/aac': 'aac',
  'video/mp4': 'mp4',
  'video/3gpp': '3gp',
  'video/quicktime': 'mov',
  'video/webm': 'webm',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'text/plain': 'txt',
  'text/html': 'html',
  'text/csv': 'csv',
  'text/calendar': 'ics',
  'text/vcard': 'vcf',
  'message/rfc822': 'eml',
};

/** A name as people may see it and browsers may save it: no path, nothing invisible, not endless. A file without one is called by what it is. */
export function displayName(name: string | undefined, contentType: string): string {
  const plain = (name ?? '')
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .split(/[/\\]/)
    .at(-1)!
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  return plain
    ? shorten(plain)
    : `${contentType.split('/')[0] === 'application' ? 'file' : wordOf(contentType)}.${EXTENSIONS[contentType] ?? 'bin'}`;
}

const WORDS: Readonly<Record<string, string>> = { image: 'picture', audio: 'sound', video: 'video', text: 'text', message: 'mail' };
const wordOf = (contentType: string): string => WORDS[contentType.split('/')[0]!] ?? 'file';

// The extension stays: it says what opens the file.
function shorten(name: string): string {
  const letters = [...name];
  if (letters.length <= LONGEST) return name;
  const extension = /\.[\p{L}\p{N}]{1,10}$/u.exec(name)?.[0] ?? '';
  return `${letters.slice(0, LONGEST - extension.length - 1).join('')}…${extension}`;
}

/** `Content-Disposition` (RFC 6266): the name in ASCII for old readers, and whole for all others. */
export function contentDisposition(how: 'inline' | 'attachment', name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const whole = encodeURIComponent(name).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${how}; filename="${ascii}"; filename*=UTF-8''${whole}`;
}
