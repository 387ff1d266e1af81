/** What kind of number somebody wrote that no thread may show. */
export type SensitiveKind = 'card' | 'account' | 'national-id';

/** Where it stands in the text. */
export interface SensitiveSpan {
  readonly kind: SensitiveKind;
  readonly from: number;
  readonly to: number;
}

/** Our own numbers, which are never masked: claim numbers, and policy numbers (letters before twelve or more digits, or twenty digits and more). */
export const OWN_FORMATS: readonly RegExp[] = [/\bCLM-\d{4}-\d{6}\b/gi, /\b[A-Z]{2,6}\d{12,22}\b/gi, /(?<!\d)\d{20,26}(?!\d)/g];

// Anything shorter than eight digits in a row is no number that this is about: nearly every message ends here.
const WORTH_A_LOOK = /[\d０-９](?:[ \-．.]?[\d０-９]){7}/;
const IBAN = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/g;
const DIGITS = /(?<![\d+])\d(?:[ -]?\d){6,18}(?:[ -]?[\dXx])?(?![\d])/g;
const SSN = /(?<![\d-])(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])/g;
// A number without a check digit of its own is what the words before it say.
const ACCOUNT_BEFORE = /(?:account|acct|a\/c|routing|账号|帐号|账户|帐户|收款号|银行卡号?)[^\d\n]{0,20}$/i;
const IDENTITY_BEFORE = /(?:\bssn\b|social security|passport|护照|身份证)[^\d\n]{0,20}$/i;
const BEFORE = 40;

/** The numbers of cards, accounts and people in a text, in their order. Our own formats are never among them. */
export function sensitiveNumbers(text: string, own: readonly RegExp[] = OWN_FORMATS): SensitiveSpan[] {
  if (!WORTH_A_LOOK.test(text) && !IBAN.test(text)) return [];
  IBAN.lastIndex = 0;
  const plain = text.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
  const ours = spansOf(plain, own);
  const found: SensitiveSpan[] = [];
  const add = (kind: SensitiveKind | undefined, from: number, to: number): void => {
    if (kind && ![...ours, ...found].some((span) => span.from < to && from < span.to)) found.push({ kind, from, to });
  };
  for (const { 0: iban, index } of plain.matchAll(IBAN)) add(isIban(iban) ? 'account' : undefined, index, index + iban.length);
  for (const { 0: ssn, index } of plain.matchAll(SSN)) add('national-id', index, index + ssn.length);
  for (const { 0: run, index } of plain.matchAll(DIGITS))
    add(kindOf(run.replace(/[ -]/g, ''), plain.slice(Math.max(0, index - BEFORE), index)), index, index + run.length);
  return found.sort((a, b) => a.from - b.from);
}

/** A text that everybody may read, and what was taken out of it. */
export interface MaskedText {
  readonly text: string;
  readonly kinds: readonly SensitiveKind[];
}

// The last four digits tell the owner which card is meant, and nobody else anything; of an identity number nothing is left.
const shown = (kind: SensitiveKind, number: string): string =>
  kind === 'national-id' ? '••••••' : `•••• ${number.replace(/[^\dA-Za-z０-９]/g, '').slice(-4)}`;

/** Takes account, card and identity numbers out of a text. The same text comes back where there are none, which is nearly always. */
export function maskText(text: string, own: readonly RegExp[] = OWN_FORMATS): MaskedText {
  const spans = sensitiveNumbers(text, own);
  if (spans.length === 0) return { text, kinds: [] };
  let masked = '';
  let place = 0;
  for (const { kind, from, to } of spans) {
    masked += text.slice(place, from) + shown(kind, text.slice(from, to));
    place = to;
  }
  return { text: masked + text.slice(place), kinds: [...new Set(spans.map(({ kind }) => kind))] };
}

const spansOf = (text: string, patterns: readonly RegExp[]): { from: number; to: number }[] =>
  patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(({ 0: whole, index }) => ({ from: index, to: index + whole.length })));

function kindOf(digits: string, before: string): SensitiveKind | undefined {
  if (isNationalId(digits)) return 'national-id';
  if (/X/i.test(digits)) return undefined;
  if (IDENTITY_BEFORE.test(before)) return 'national-id';
  if (isCard(digits)) return 'card';
  return digits.length >= 8 && ACCOUNT_BEFORE.test(before) ? 'account' : undefined;
}

// 13 to 19 digits, beginning as the card schemes do (ISO/IEC 7812), with the right check digit.
const isCard = (digits: string): boolean =>
  /^(?:3[0-9]|4|5[0-9]|6|22[2-9]|2[3-7])\d{11,18}$/.test(digits) && digits.length <= 19 && luhn(digits);

/** The check digit of cards (ISO/IEC 7812-1, annex B). */
function luhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place]);
    const weighed = place % 2 === 0 ? digit : digit * 2;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}

// A resident identity card of China (GB 11643): region, date of birth, sequence, check character. One with a wrong check character is a typing
// error of somebody's own number and just as private: region and date decide. (corrections.md §11)
function isNationalId(digits: string): boolean {
  const parts = /^([1-8][1-7]|91)\d{4}((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dXx]$/.exec(digits);
  return parts !== null && Number(parts[2]) >= 1900 && Number(parts[2]) <= 2100;
}

/** Check digits of an IBAN (ISO 13616: the rearranged number modulo 97 is 1). */
function isIban(text: string): boolean {
  const iban = text.replaceAll(' ', '');
  if (iban.length < 15 || iban.length > 34) return false;
  const numbers = [...(iban.slice(4) + iban.slice(0, 4))].map((one) => parseInt(one, 36)).join('');
  let rest = 0;
  for (const digit of numbers) rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1;
}
