/** By what the same loss is recognised when several people, or one by several ways, report it. */
export type LossMarkKind = 'policy' | 'plate' | 'phone';

/** One such mark; `value` in capitals, without the signs that people put between. */
export interface LossMark {
  readonly kind: LossMarkKind;
  readonly value: string;
}

const POLICY = [
  /\bpolicy\s*(?:no\.?|number|#)?\s*(?:is\s*)?[:#]?\s*([A-Z0-9][A-Z0-9-]{5,29})\b/gi,
  /保单(?:号码|号)?\s*(?:是|为)?[:：]?\s*([A-Z0-9][A-Z0-9-]{5,29})/gi,
];
const PLATE = [
  /\b(?:licen[cs]e plate|plate|registration)\s*(?:no\.?|number)?\s*(?:is\s*)?[:#]?\s*([A-Z0-9][A-Z0-9-]{3,9})\b/gi,
  /([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·\s]?[A-HJ-NP-Z0-9]{5,6})/gi,
];
const PHONE = [/(\+?\d(?:[\s().-]{0,2}\d){9,14})/g];
// Country codes are written or left out: the last ten digits tell a number.
const PHONE_DIGITS = 10;

const bare = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase();

/** A policy number or plate as it is compared; undefined where it is too short, or holds no digit, to tell one loss from another. */
export function markOf(kind: LossMarkKind, text: string): LossMark | undefined {
  if (kind === 'phone') {
    const digits = text.replace(/\D/g, '');
    return digits.length >= PHONE_DIGITS ? { kind, value: digits.slice(-PHONE_DIGITS) } : undefined;
  }
  const value = bare(text);
  return value.length >= (kind === 'policy' ? 6 : 4) && /\d/.test(value) ? { kind, value } : undefined;
}

/** The marks that somebody's words name. */
export function marksIn(text: string): LossMark[] {
  const named = (kind: LossMarkKind, patterns: readonly RegExp[]): LossMark[] =>
    patterns.flatMap((pattern) => [...text.matchAll(pattern)].flatMap(([, found]) => markOf(kind, found ?? '') ?? []));
  const codes = [...named('policy', POLICY), ...named('plate', PLATE)];
  const phones = named('phone', PHONE).filter(({ value }) => !codes.some((code) => code.value.includes(value)));
  return [...new Map([...codes, ...phones].map((mark) => [`${mark.kind} ${mark.value}`, mark])).values()];
}

/** As people may read it on a screen that others see too: only the end. */
export const shownMark = (value: string): string => (value.length > 4 ? `··${value.slice(-4)}` : value);
