import { advance, isFailure, type DeliveryState, type Fate, type PrivacyClass, type ReasonCode } from '@claimline/messages';

/** Why we write: a person's answer, an automatic answer, news of a claim, the same words to many. */
export type Purpose = 'reply' | 'automatic' | 'notice' | 'broadcast';

/** The smaller, the sooner it leaves. A person's answer never waits behind a broadcast. */
export const PRIORITY: Readonly<Record<Purpose, number>> = { reply: 10, automatic: 20, notice: 30, broadcast: 90 };

/** Answers to many at once: behind what somebody wrote to one person and behind news of a claim, before a broadcast. */
export const BULK_PRIORITY = 40;

/** A provider's approved template with what goes into its blanks. */
export interface DeliveryTemplate {
  readonly name: string;
  readonly language: string;
  readonly parameters: readonly string[];
}

/** A delivery's row: one message to one recipient through one inbox, one attempt. */
export interface DeliveryRow {
  readonly id: string;
  readonly message_id: string;
  readonly conversation_id: string;
  readonly inbox_id: string;
  readonly channel: string;
  readonly address_id: string | null;
  readonly to_value: string;
  readonly attempt: number;
  readonly purpose: Purpose;
  readonly priority: number;
  readonly state: DeliveryState;
  readonly reason: ReasonCode | null;
  readonly vendor_code: string | null;
  readonly external_id: string | null;
  readonly template: DeliveryTemplate | null;
  readonly privacy: PrivacyClass | null;
  readonly fallback_of: string | null;
  readonly due_at: Date;
  readonly expires_at: Date | null;
  readonly tries: number;
  readonly asks: number;
  readonly lease_until: Date | null;
  readonly lease_holder: string | null;
  readonly first_tried_at: Date | null;
  readonly settled_at: Date | null;
  readonly created_at: Date;
  readonly changed_at: Date;
}

/** How a send failed, as a channel's error says it. */
export interface Failure {
  readonly fate: Fate;
  readonly reason: ReasonCode;
  readonly vendorCode?: string;
  /** Milliseconds that the vendor asked us to wait. */
  readonly retryAfter?: number;
  /** The recipient cannot be reached on this channel at all. */
  readonly addressUnusable?: boolean;
}

/** What becomes of a delivery after a try: where it stands, why, and when something is to be done next. */
export interface Verdict {
  readonly state: DeliveryState;
  readonly reason: ReasonCode | null;
  readonly vendorCode?: string | null;
  /** For `due` and `held` the next try, for `uncertain` the next question to the vendor. */
  readonly dueAt?: Date;
  /** The try did not count: nothing was asked of the vendor, or the line itself is at fault. */
  readonly isFree?: boolean;
  /** The provider's id, where it took the message. */
  readonly externalId?: string;
  /** The recipient's address, where it was not known yet when the message was written: a person typed it. */
  readonly addressId?: string;
}

/** What a verdict on a try may depend on. `random` is in [0, 1). */
export interface Tried {
  readonly tries: number;
  readonly now: Date;
  readonly random: number;
}

// Eight tries spread over some ten minutes outlast a vendor's restart; what fails longer is better told another way.
export const MOST_TRIES = 8;
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 15 * 60_000;
// A stopped line is looked at again when it is mended; this is only the net below the wake-up.
const STOPPED_WAIT_MS = 60_000;
const FIRST_ASK_MS = 5_000;

/** How long to wait before the next try: doubling from five seconds, a fifth more or less so that a crowd does not come back at once, never sooner than the vendor asked. */
export function backoff({ tries, random }: Pick<Tried, 'tries' | 'random'>, retryAfter = 0): number {
  const wait = Math.min(FIRST_WAIT_MS * 2 ** Math.max(0, tries - 1), LONGEST_WAIT_MS);
  return Math.max(retryAfter, Math.round(wait * (0.8 + 0.4 * random)));
}

/** What a failed try means, by its fate. Only `unavailable` (surely not taken) is tried again by us; `uncertain` never is. */
export function afterFailure(failure: Failure, tried: Tried): Verdict {
  const { reason, vendorCode = null } = failure;
  const later = (ms: number): Date => new Date(tried.now.getTime() + ms);
  switch (failure.fate) {
    case 'unavailable':
      if (tried.tries >= MOST_TRIES) return { state: 'failed', reason: 'attempts-exhausted', vendorCode };
      return { state: 'due', reason, vendorCode, dueAt: later(backoff(tried, failure.retryAfter)) };
    case 'misconfigured':
      return { state: 'due', reason: 'inbox-stopped', vendorCode, dueAt: later(STOPPED_WAIT_MS), isFree: true };
    case 'uncertain':
      return { state: 'uncertain', reason: null, vendorCode, dueAt: later(FIRST_ASK_MS) };
    case 'suppressed':
      return { state: 'suppressed', reason, vendorCode };
    default:
      return { state: failure.addressUnusable ? 'undeliverable' : 'failed', reason, vendorCode };
  }
}

// Vendors list a message within seconds; before two minutes "absent" proves nothing.
const ABSENCE_COUNTS_AFTER_MS = 2 * 60_000;
const UNCERTAIN_PATIENCE_MS = 10 * 60_000;

/** An uncertain delivery and what its vendor said when asked; `unknown`: cannot be asked, or gave no answer. */
export interface Asked {
  readonly firstTriedAt: Date;
  readonly asks: number;
  readonly now: Date;
}

/**
 * What an uncertain delivery comes to when the vendor does not have it or does not say. Absent twice and long enough: it surely never left, so
 * it has failed and a person may send it again. No word within ten minutes: a person decides; the row stays uncertain, for a receipt may still come.
 */
export function afterAsking(answer: 'absent' | 'unknown', { firstTriedAt, asks, now }: Asked): Verdict {
  const age = now.getTime() - firstTriedAt.getTime();
  if (answer === 'absent' && asks >= 2 && age >= ABSENCE_COUNTS_AFTER_MS) return { state: 'failed', reason: 'unreachable' };
  if (age >= UNCERTAIN_PATIENCE_MS) return { state: 'uncertain', reason: 'uncertain' };
  const wait = Math.min(FIRST_ASK_MS * 2 ** asks, ABSENCE_COUNTS_AFTER_MS);
  return { state: 'uncertain', reason: null, dueAt: new Date(now.getTime() + wait) };
}

/** News of a delivery from outside. */
export interface Report {
  readonly state: DeliveryState;
  readonly reason?: ReasonCode;
  readonly vendorCode?: string;
}

/** The state after a report; undefined where it is nothing new. Never backwards (channel-contracts.md §3.0 rule 4). */
export function report(current: DeliveryState, reported: Report): Verdict | undefined {
  const state = advance(current, reported.state);
  if (state === current) return undefined;
  return { state, reason: isFailure(state) ? (reported.reason ?? 'unknown') : null, vendorCode: reported.vendorCode ?? null };
}

/** A report that came before the id it speaks of was known, as it was kept. */
export interface KeptReport {
  readonly state: DeliveryState;
  readonly reason: ReasonCode | null;
  readonly vendor_code: string | null;
}

/** What kept reports make of a delivery, in whatever order they came: the furthest of them counts. Undefined: nothing new. */
export function fromKept(current: DeliveryState, kept: readonly KeptReport[]): Verdict | undefined {
  return kept.reduce<Verdict | undefined>(
    (so, { state, reason, vendor_code: code }) =>
      report(so?.state ?? current, { state, reason: reason ?? undefined, vendorCode: code ?? undefined }) ?? so,
    undefined,
  );
}

/** A delivery that goes on from one state to another. */
export interface Move {
  readonly id: string;
  readonly from: DeliveryState;
  readonly verdict: Verdict;
}

/** One step of a delivery: how it stands now, and how it stood before. */
export interface DeliveryStep {
  readonly row: DeliveryRow;
  readonly was: DeliveryState;
}

/** What reports that came together make of their deliveries, one after the other: every step, and where each delivery ends. */
export function reportAll(
  rows: readonly DeliveryRow[],
  reported: readonly { readonly deliveryId: string; readonly said: Report }[],
): { readonly steps: readonly DeliveryStep[]; readonly moves: readonly Move[] } {
  const begun = new Map(rows.map((row) => [row.id, row]));
  const standing = new Map(begun);
  const steps: DeliveryStep[] = [];
  for (const { deliveryId, said } of reported) {
    const before = standing.get(deliveryId);
    const news = before && report(before.state, said);
    if (!news) continue;
    const row = { ...before, state: news.state, reason: news.reason, vendor_code: news.vendorCode ?? before.vendor_code };
    standing.set(deliveryId, row);
    steps.push({ row, was: before.state });
  }
  const ends = new Map(steps.map(({ row }) => [row.id, row]));
  const moves = [...ends.values()].map(({ id, state, reason, vendor_code: vendorCode }) => {
    return { id, from: begun.get(id)!.state, verdict: { state, reason, vendorCode } };
  });
  return { steps, moves };
}

/** The state after a mail came back for good: also after a proof of delivery, because mail servers take first and refuse later. Only what was read stays read. */
export function bounced(current: DeliveryState, status: string | undefined): Verdict | undefined {
  if (current === 'read' || isFailure(current)) return undefined;
  return { state: 'undeliverable', reason: 'bounced', vendorCode: status ?? null };
}

/** Whether the vendor has it, as far as is known. */
export const hasLeft = (state: unknown): boolean => state === 'accepted' || state === 'sent' || state === 'delivered' || state === 'read';

/** News of a delivery, as its event tells them. */
export type DeliveryNews = Readonly<Partial<Record<'state' | 'was' | 'again', unknown>>>;

/** Whether this is the news that it has left. Events of before `was` was told may be. */
export const leavesNow = ({ state, was }: DeliveryNews): boolean => hasLeft(state) && !hasLeft(was);

/** Whether a person may have been asked about a message of which this is the news: not where the first attempt has left as planned, nor where it had left before. */
export const mayEndTrouble = (news: DeliveryNews): boolean => leavesNow(news) && !(news.was === 'sending' && news.again === false);

/** Whether the hub is at its end with a delivery and a person has to look: what a person wrote did not arrive, or nobody knows. */
export function needsPerson(purpose: Purpose, { state, reason }: Pick<Verdict, 'state' | 'reason'>): boolean {
  if (state === 'uncertain') return reason === 'uncertain';
  return purpose === 'reply' && isFailure(state) && state !== 'canceled';
}

/** Whether a person may ask for one more try of this delivery. An uncertain one only when the hub has given it to a person. */
export function mayRetry({ state, reason }: Pick<DeliveryRow, 'state' | 'reason'>): boolean {
  return isFailure(state) || (state === 'uncertain' && reason === 'uncertain');
}
