import type { Capabilities, DeliveryState, PrivacyClass, ReasonCode } from '@claimline/messages';
import type { Purpose } from './delivery';

/** Everything that the gate judges by, gathered just before a message leaves. */
export interface GateFacts {
  readonly purpose: Purpose;
  readonly capabilities: Capabilities;
  readonly inboxState: 'active' | 'stopped';
  /** What the ledger says of this address, channel and purpose. */
  readonly consent: 'granted' | 'opted-out' | 'unknown';
  /** The recipient is a party who is represented: only the representative may be written to. */
  readonly represented: boolean;
  readonly deceased: boolean;
  /** A complaint is open in the conversation, and this is none of the words that are owed all the same. */
  readonly complaintOpen: boolean;
  /** Why the address is dead; null: it is not. */
  readonly unusable: string | null;
  /** The customer's last message on this channel from this address. */
  readonly lastInboundAt: Date | null;
  /** Until when the recipient is not to be disturbed; null: may be told now. */
  readonly quietUntil: Date | null;
  /** The privacy class that the words need; null: any channel will do. */
  readonly privacy: PrivacyClass | null;
  readonly hasTemplate: boolean;
  readonly text: string;
  readonly files: readonly {
    readonly contentType: string;
    readonly size: number;
    readonly state: 'stored' | 'pending' | 'failed' | 'quarantined';
  }[];
  readonly expiresAt: Date | null;
}

/**
 * What the gate says: go, as free text or as the provider's template · wait until then · no, with the state in which it ends.
 * Every no is a reason code on the row.
 */
export type GateAnswer =
  | { readonly go: 'text' | 'template' }
  | { readonly hold: Date; readonly reason: ReasonCode }
  | { readonly no: ReasonCode; readonly state: Extract<DeliveryState, 'suppressed' | 'undeliverable' | 'failed' | 'canceled'> };

type No = Extract<GateAnswer, { no: ReasonCode }>;

const suppressed = (no: ReasonCode): No => ({ no, state: 'suppressed' });
const failed = (no: ReasonCode): No => ({ no, state: 'failed' });

const MINUTE = 60_000;
const FILE_WAIT_MS = 10_000;

/** Decides whether a message may leave now. The law comes first (who may be written to at all), then what the channel can do, then the hour. */
export function gate(facts: GateFacts, now: Date): GateAnswer {
  return mayNot(facts, now) ?? canNot(facts) ?? notYet(facts, now) ?? { go: windowIsOpen(facts, now) ? 'text' : 'template' };
}

function mayNot(facts: GateFacts, now: Date): No | undefined {
  if (facts.expiresAt && facts.expiresAt <= now) return failed('expired');
  if (facts.deceased) return suppressed('deceased');
  if (facts.represented) return suppressed('represented');
  if (facts.consent === 'opted-out') return suppressed('opted-out');
  // Whoever complains is written to by people alone: a cheerful automatic text or a survey makes it worse. Answers and owed notices pass.
  if (facts.complaintOpen && facts.purpose !== 'reply') return suppressed('complaint-open');
  // News of somebody's own claim and answers to what they wrote need no consent; the same words to many do.
  if (facts.purpose === 'broadcast' && facts.consent !== 'granted') return suppressed('no-consent');
  if (facts.privacy && facts.privacy > facts.capabilities.privacy) return suppressed('not-private-enough');
  if (facts.unusable !== null) return { no: 'address-unusable', state: 'undeliverable' };
  return undefined;
}

function canNot({ capabilities, text, files, ...facts }: GateFacts): No | undefined {
  const { media } = capabilities;
  if (text.length > capabilities.maxText) return failed('not-capable');
  if (files.some(({ state }) => state === 'failed' || state === 'quarantined')) return failed('not-capable');
  if (files.length > (media?.maxCount ?? 0)) return failed('not-capable');
  if (files.some((file) => media && !carries(media.types, file.contentType))) return failed('not-capable');
  if (media && files.reduce((sum, { size }) => sum + size, 0) > media.maxBytes) return failed('not-capable');
  if (!capabilities.proactive && !facts.lastInboundAt && !(facts.hasTemplate && capabilities.templateOutsideWindow))
    return failed('window-closed');
  return undefined;
}

function notYet(facts: GateFacts, now: Date): GateAnswer | undefined {
  const open = windowIsOpen(facts, now);
  if (!open && !facts.capabilities.templateOutsideWindow) return failed('window-closed');
  if (!open && !facts.hasTemplate) return failed('window-closed');
  if (facts.inboxState === 'stopped') return { hold: new Date(now.getTime() + MINUTE), reason: 'inbox-stopped' };
  if (facts.files.some(({ state }) => state === 'pending')) return { hold: new Date(now.getTime() + FILE_WAIT_MS), reason: 'unknown' };
  // Whoever has just written to us is awake: answers pass at any hour.
  const isNews = facts.purpose === 'notice' || facts.purpose === 'broadcast';
  if (isNews && facts.quietUntil && facts.quietUntil > now) return { hold: facts.quietUntil, reason: 'quiet-hours' };
  return undefined;
}

/** Whether free text may be sent: there is no window, or the customer wrote within it. */
function windowIsOpen({ capabilities, lastInboundAt }: GateFacts, now: Date): boolean {
  if (capabilities.window === null) return true;
  return lastInboundAt !== null && now.getTime() - lastInboundAt.getTime() < capabilities.window;
}

/** Whether a list of media types (`image/jpeg`, `image/*`, any) has this one. */
function carries(types: readonly string[], contentType: string): boolean {
  const plain = contentType.split(';')[0]!.trim().toLowerCase();
  return types.some((type) => type === '*/*' || type === plain || (type.endsWith('/*') && plain.startsWith(type.slice(0, -1))));
}
