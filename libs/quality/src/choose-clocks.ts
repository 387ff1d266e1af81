import type { LineOfBusiness } from '@claimline/messages';
import type { ClockPolicy } from './clock-policy';

/** What has happened to a conversation, as far as clocks care. */
export interface ClockOccasion {
  readonly at: Date;
  readonly work: 'chat' | 'async' | 'email';
  /** The customer waits for an answer, and no machine wrote for them. */
  readonly waits: boolean;
  /** A person has answered before. */
  readonly answeredBefore: boolean;
  /** They have told of a loss. */
  readonly statesLoss: boolean;
  readonly region: string | null;
  readonly line: LineOfBusiness | null;
}

/** A clock that is or was there for the same conversation or claim. */
export interface KnownClock {
  readonly policy: string;
  readonly isOver: boolean;
}

/** Which clocks begin now. A customer who writes three times before they are answered has one clock, from the first message. */
export function clocksToStart(occasion: ClockOccasion, policies: readonly ClockPolicy[], known: readonly KnownClock[]): ClockPolicy[] {
  const day = occasion.at.toISOString().slice(0, 10);
  const inForce = policies.filter(({ enabled, effectiveFrom }) => enabled && effectiveFrom <= day);
  return [...responseClocks(occasion, inForce, known), ...acknowledgementClocks(occasion, inForce, known)];
}

function responseClocks(occasion: ClockOccasion, policies: readonly ClockPolicy[], known: readonly KnownClock[]): ClockPolicy[] {
  if (!occasion.waits || known.some((clock) => isResponse(clock.policy) && !clock.isOver)) return [];
  const starts = occasion.answeredBefore ? 'next-message' : 'first-message';
  return policies.filter((policy) => policy.starts === starts && (!policy.work || policy.work === occasion.work)).slice(0, 1);
}

/** A loss is acknowledged once: the target of the house, and the law of the region or else the strictest one that is known. */
function acknowledgementClocks(occasion: ClockOccasion, policies: readonly ClockPolicy[], known: readonly KnownClock[]): ClockPolicy[] {
  const acknowledgements = known.filter((clock) => isAcknowledgement(clock.policy));
  if (!occasion.statesLoss || acknowledgements.some(({ isOver }) => isOver)) return [];
  const rows = policies.filter(({ starts }) => starts === 'loss-stated');
  const own = rows.filter((policy) => policy.region && concerns(policy, occasion));
  const general = rows.filter(({ id, region }) => !region && (own.length === 0 || id !== 'ack.strictest'));
  return [...general, ...own].filter(({ id }) => !acknowledgements.some(({ policy }) => policy === id));
}

function concerns({ region, lines }: ClockPolicy, occasion: ClockOccasion): boolean {
  const isThere = occasion.region === region || (occasion.region?.startsWith(`${region}-`) ?? false);
  return isThere && (!lines || (occasion.line !== null && lines.includes(occasion.line)));
}

/** Clocks that wait for a person's answer. */
export const isResponse = (policy: string): boolean => policy.startsWith('first_response.') || policy.startsWith('next_response.');
/** Clocks that wait for a receipt of the loss. */
export const isAcknowledgement = (policy: string): boolean => policy.startsWith('ack.');

// Notices that say what a receipt has to say: that the report is here, under which number, and who handles it.
const RECEIPTS = ['fnol_received', 'handler_assigned'];

/** Whether a notice of this code acknowledges a loss. */
export const isReceipt = (noticeCode: string | null): boolean => noticeCode !== null && RECEIPTS.includes(noticeCode);
