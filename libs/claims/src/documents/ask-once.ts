import { isHeld, type DocumentState } from './document-item';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Asked again within this time is the same request (claims-and-sla.md §4.2, `documents_needed`). */
export const MERGE_MS = 10 * MINUTE_MS;
/** So long a request or a rejection can be taken back before the customer hears of it. */
export const GRACE_MS = 5_000;
/** When a customer is reminded, counted from the request. */
export const REMINDER_DAYS = [3, 7, 14] as const;

/** A request as the rule sees it. */
export interface EarlierRequest {
  readonly id: string;
  readonly kind: 'request' | 'rejection';
  readonly state: 'waiting' | 'told' | 'not-sent' | 'canceled';
  readonly round: number;
  readonly toldAt: Date | null;
}

/** What somebody wants to ask of one party. */
export interface Asking {
  readonly items: readonly { readonly code: string; readonly state: DocumentState }[];
  /** Requests to the same party, oldest first. */
  readonly earlier: readonly EarlierRequest[];
  readonly jurisdiction: string;
  readonly overrideReason: string | null;
  readonly now: Date;
}

/** What comes of it: joins a request that has not left, becomes a request of its own, or is refused. */
export type AskDecision =
  | { readonly then: 'join'; readonly requestId: string }
  | { readonly then: 'ask'; readonly tellAt: Date; readonly round: number }
  | { readonly then: 'refuse'; readonly code: 'already-held' | 'supplement-once'; readonly items: readonly string[] };

/** The law allows one supplement notice only (Insurance Law of China, Article 22: once and completely). */
export const asksOnce = (jurisdiction: string): boolean => jurisdiction === 'CN' || jurisdiction.startsWith('CN-');

/** Decides how documents are asked for: never what we hold, in one message, and in China once. */
export function decideAsking({ items, earlier, jurisdiction, overrideReason, now }: Asking): AskDecision {
  const held = items.filter(({ state }) => isHeld(state) || state === 'waived').map(({ code }) => code);
  if (held.length > 0) return { then: 'refuse', code: 'already-held', items: held };
  const requests = earlier.filter(({ kind }) => kind === 'request');
  const waiting = requests.find(({ state }) => state === 'waiting');
  if (waiting) return { then: 'join', requestId: waiting.id };
  const last = requests.findLast(({ state }) => state === 'told');
  const mergesUntil = last?.toldAt ? last.toldAt.getTime() + MERGE_MS : 0;
  // The list behind the link grows at once; one message tells of all that was added.
  if (mergesUntil > now.getTime()) return { then: 'ask', tellAt: new Date(mergesUntil), round: last!.round };
  if (last && asksOnce(jurisdiction) && !overrideReason)
    return { then: 'refuse', code: 'supplement-once', items: items.map(({ code }) => code) };
  const told = earlier.filter(({ state }) => state === 'told');
  return { then: 'ask', tellAt: new Date(now.getTime() + GRACE_MS), round: 1 + Math.max(0, ...told.map(({ round }) => round)) };
}

/** When the next reminder is due: undefined after the last one. `sent`: how many have gone. */
export function nextReminder(toldAt: Date, sent: number): Date | undefined {
  const days = REMINDER_DAYS[sent];
  return days === undefined ? undefined : new Date(toldAt.getTime() + days * DAY_MS);
}

/** How many reminders are due by now; after a long silence of ours the customer still gets one, not three. */
export const remindersDue = (toldAt: Date, now: Date): number =>
  REMINDER_DAYS.filter((days) => toldAt.getTime() + days * DAY_MS <= now.getTime()).length;
