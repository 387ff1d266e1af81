/** A policy as far as a report needs it. Days are ISO. */
export interface Policy {
  readonly number: string;
  readonly lineOfBusiness: string;
  readonly holder: string;
  readonly phone: string | null;
  readonly plate: string | null;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
}

/** By what a policy is looked for; any of it. */
export interface PolicyWish {
  /** The whole number or its end: "8812". */
  readonly number?: string;
  readonly plate?: string;
  readonly phone?: string;
}

/** What a policy was found by. */
export type PolicyReason = 'number' | 'plate' | 'phone';

/** A policy and why it may be the one. */
export interface FoundPolicy extends Policy {
  readonly reason: PolicyReason;
}

/** Finds policies, wherever they are kept: the one port for the claim core's own search and for imported lists. */
export abstract class PolicySearch {
  /** At most ten. @throws Error when the system behind does not answer */
  abstract find(wish: PolicyWish): Promise<FoundPolicy[]>;
}

const keyed = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** A number or plate without its marks: 沪A·12345 and 沪A12345 are one. */
export const policyKey = keyed;

/** The last eleven digits of a telephone number: with country code or without, it is the same phone. */
export const phoneKey = (phone: string): string => phone.replace(/\D/g, '').slice(-11);

/** Whether a text is a day of the calendar, written as 2026-01-31. */
export function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  // The thirtieth of February is read as a day of March.
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** What of a number may be shown beside somebody who is not known yet: its end. */
export const maskEnd = (text: string): string => `··${keyed(text).slice(-4)}`;

/** A name of which only the first letter is told. */
export const maskName = (name: string): string => {
  const [first = '', ...rest] = [...name.trim()];
  return rest.length === 0 ? first : `${first}${'*'.repeat(Math.min(rest.length, 3))}`;
};

/** Why a policy matches a wish; the number counts before the plate, and that before the phone. Undefined: it does not. */
export function reasonOf(policy: Policy, wish: PolicyWish): PolicyReason | undefined {
  const number = wish.number && keyed(wish.number);
  if (number && number.length >= 4 && keyed(policy.number).endsWith(number)) return 'number';
  if (wish.plate && policy.plate && keyed(policy.plate) === keyed(wish.plate)) return 'plate';
  if (wish.phone && policy.phone && phoneKey(policy.phone) === phoneKey(wish.phone)) return 'phone';
  return undefined;
}
