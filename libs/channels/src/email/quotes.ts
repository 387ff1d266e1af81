import EmailReplyParser from 'email-reply-parser';

/** A mail's text in two: what the person wrote now, and the history below or above it. */
export interface SplitText {
  readonly text: string;
  readonly quoted?: string;
}

const HEADER_LABEL =
  /^\s*[*_]{0,2}(?:from|sent|date|to|cc|subject|发件人|发送时间|发送日期|日期|时间|收件人|抄送(?:人)?|主题|寄件者|寄件日期|收件者|主旨|副本|發件人|發送時間|發送日期|收件人|主題|von|gesendet|an|betreff)[*_]{0,2}\s*[:：]/i;
const FROM_LABEL = /^\s*[*_]{0,2}(?:from|发件人|寄件者|發件人|von)[*_]{0,2}\s*[:：]/i;
const SEPARATORS: readonly RegExp[] = [
  /^\s*[-_—=]{2,}\s*(?:original message|原始邮件|原始郵件|邮件原件|原邮件|回复的原邮件|replied message|original appointment|原始信件|ursprüngliche nachricht|message d['’]origine)\s*[-_—=]{2,}\s*$/i,
];
const WROTE: readonly RegExp[] = [
  /^\s*(?:on\s.{4,200}\s)?.{0,200}\bwrote\s*[:：]\s*$/i,
  /^\s*在\s*.{4,300}写(?:道|到)?\s*[:：]\s*$/,
  /^\s*(?:於|于)\s*.{4,300}(?:寫道|写道|写到)\s*[:：]\s*$/,
  /^\s*.{0,200}<[^<>\s]+@[^<>\s]+>\s*(?:于|於|在)\s*.{4,100}(?:写道|寫道)\s*[:：]\s*$/,
  /^\s*(?:at|在)\s*20\d\d[-/年]\d{1,2}[-/月]\d{1,2}.{0,200}(?:wrote|写道)\s*[:：]\s*$/i,
];
const WROTE_START = /^\s*(?:on\s|at\s*20\d\d|在\s*\S|於\s*\S|于\s*\S)/i;
const FORWARD = /^\s*-{2,}\s*(?:forwarded message|转发(?:的)?邮件(?:信息)?|轉寄郵件|begin forwarded message)\s*[:：]?\s*-*\s*$/i;

/**
 * Folds the history away from a plain text. Nothing is lost: every line is in `text` or in `quoted`, in its order.
 * A text that is history only (an unchanged forward) stays whole, because it is all that the person sent.
 */
export function splitQuoted(source: string): SplitText {
  const full = source.replace(/\r\n?/g, '\n');
  const lines = full.split('\n');
  const start = historyStart(lines) ?? earlier(trailingMarks(lines), libraryStart(full, lines));
  if (start === undefined) return { text: full.trim() };
  const above = lines.slice(0, start).join('\n').trim();
  if (above) return { text: above, quoted: trimLines(lines.slice(start)) };
  return answerBelow(lines, start) ?? { text: full.trim() };
}

/** The line at which everything that follows is history, by the marks of the usual mail programs. */
function historyStart(lines: readonly string[]): number | undefined {
  for (const [at, line] of lines.entries()) {
    if (line.length > 1000 || !line.trim()) continue;
    // Below a forward stands what the person wants us to read, with separators of its own.
    if (FORWARD.test(line)) return undefined;
    if (SEPARATORS.some((mark) => mark.test(line)) || isHeaderBlock(lines, at)) return outlookRule(lines, at);
    if (isWroteLine(lines, at) && onlyHistoryFrom(lines, at)) return at;
  }
  return undefined;
}

const earlier = (a: number | undefined, b: number | undefined) => (a === undefined || b === undefined ? (a ?? b) : Math.min(a, b));

/** Outlook and Foxmail repeat the mail's headers: a From line with two more of them right below. */
function isHeaderBlock(lines: readonly string[], at: number): boolean {
  if (!FROM_LABEL.test(lines[at] ?? '')) return false;
  const below = lines.slice(at + 1, at + 9).filter((line) => line.trim());
  return below.slice(0, 5).filter((line) => line.length < 1000 && HEADER_LABEL.test(line)).length >= 2;
}

/** Outlook draws a rule above its block; it belongs to the history. */
function outlookRule(lines: readonly string[], at: number): number {
  let above = at - 1;
  while (above > 0 && !lines[above]?.trim()) above--;
  return above > 0 && /^\s*[_—-]{5,}\s*$/.test(lines[above] ?? '') ? above : at;
}

/** "On … wrote:", which programs break over up to three lines. */
function isWroteLine(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? '';
  if (!WROTE_START.test(line) && !/(?:wrote|写道|寫道)\s*[:：]\s*$/i.test(line)) return false;
  return [1, 2, 3].some((count) => {
    const joined = lines
      .slice(at, at + count)
      .join(' ')
      .slice(0, 800);
    return WROTE.some((mark) => mark.test(joined));
  });
}

/** Whether answers stand between the quoted lines: such a mail is left as it is, because its parts explain each other. */
function onlyHistoryFrom(lines: readonly string[], at: number): boolean {
  const below = lines.slice(at + 1).filter((line) => line.trim());
  const marked = below.filter((line) => line.startsWith('>')).length;
  if (marked === 0) return true;
  const last = below.findLastIndex((line) => line.startsWith('>'));
  const first = below.findIndex((line) => line.startsWith('>'));
  const between = below.slice(first, last).filter((line) => !line.startsWith('>')).length;
  const answersBelow = below.length - 1 > last;
  const startsMail = lines.slice(0, at).every((line) => !line.trim());
  return between === 0 && (!answersBelow || startsMail);
}

/** The start of an unbroken run of `>` lines at the end. */
function trailingMarks(lines: readonly string[]): number | undefined {
  let at = lines.length;
  while (at > 0 && (!lines[at - 1]?.trim() || lines[at - 1]?.startsWith('>'))) at--;
  return lines.slice(at).some((line) => line.startsWith('>')) ? at : undefined;
}

/** Nothing above the history: the answer may stand below its last `>` line. */
function answerBelow(lines: readonly string[], start: number): SplitText | undefined {
  const last = lines.findLastIndex((line) => line.startsWith('>'));
  if (last < start) return undefined;
  const below = trimLines(lines.slice(last + 1));
  return below ? { text: below, quoted: trimLines(lines.slice(0, last + 1)) } : undefined;
}

// The library's patterns backtrack: a long line or a long text costs minutes. What is longer is left unfolded, never cut.
const LIBRARY_LIMIT = { text: 20_000, line: 400 };

/** The same by email-reply-parser, for the languages that are not above. Its own text is not used, because it changes spaces. */
function libraryStart(full: string, lines: readonly string[]): number | undefined {
  if (
    full.length > LIBRARY_LIMIT.text ||
    lines.some((line) => line.length > LIBRARY_LIMIT.line) ||
    lines.some((line) => FORWARD.test(line))
  )
    return undefined;
  const fragments = new EmailReplyParser().read(full.replace(/\n{3,}/g, '\n\n')).getFragments();
  let letters = 0;
  for (const fragment of fragments.toReversed()) {
    if (!fragment.isQuoted() && !fragment.isEmpty()) break;
    letters += count(fragment.getContent());
  }
  return letters > 0 ? lineLeaving(lines, letters) : undefined;
}

/** The line from which exactly so many visible characters follow. */
function lineLeaving(lines: readonly string[], letters: number): number | undefined {
  let left = letters;
  for (let at = lines.length - 1; at >= 0; at--) {
    left -= count(lines[at] ?? '');
    if (left === 0) return at;
    if (left < 0) return undefined;
  }
  return undefined;
}

const count = (text: string) => text.replace(/\s/g, '').length;
const trimLines = (lines: readonly string[]) =>
  lines
    .join('\n')
    .replace(/^\s*\n/, '')
    .trimEnd();
