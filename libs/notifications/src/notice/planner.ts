import type { PrivacyClass, ReasonCode } from '@claimline/messages';
import { familyOf, isPrivateEnough, reaches, type Family, type OutgoingLine } from '../channel-family';
import type { ConsentEntry } from '../consent/consent.repository';
import type { ConsentPurpose } from '../consent/consent-scope';
import type { Preferences } from '../preference/preferences.repository';
import { quietUntil } from '../preference/quiet-hours';
import { recipientOf } from './recipient';
import { PURPOSE_OF, type NoticeRule } from './rules';
import type { NoticeAddress, NoticeParty, NoticePerson, NoticeSituation } from './situation';

/** One way to tell it. The first is taken, the next is the fallback. */
export interface PlanStep {
  readonly channel: string;
  readonly inboxId: string;
  readonly addressId: string;
  /** The address's value, as it is sent to. */
  readonly to: string;
  readonly purpose: ConsentPurpose;
  readonly privacy: PrivacyClass;
  /** How much this channel proves at best. */
  readonly receipts: OutgoingLine['receipts'];
}

/** A way that was not open, and why. */
export interface SkippedStep {
  readonly channel: string;
  readonly addressId: string;
  readonly reason: ReasonCode;
}

/** Why nobody is told. */
export type NotSentReason = ReasonCode | 'no-party' | 'ambiguous';

export type NoticePlan =
  | {
      readonly told: true;
      readonly party: NoticeParty;
      readonly person: NoticePerson;
      /** The party on whose behalf the person is told. */
      readonly representing: string | null;
      readonly steps: readonly PlanStep[];
      readonly skipped: readonly SkippedStep[];
      /** End of the quiet hours; null: now. */
      readonly heldUntil: Date | null;
      /** The person is talking to us at this moment. */
      readonly live: boolean;
    }
  | {
      readonly told: false;
      readonly party: NoticeParty | null;
      readonly person: NoticePerson | null;
      readonly reason: NotSentReason;
      readonly skipped: readonly SkippedStep[];
    };

/** What is known of the recipient beside the situation. */
export interface RecipientKnowledge {
  readonly preferences: Preferences;
  /** The latest entries of the ledger for the recipient's addresses. */
  readonly consents: readonly ConsentEntry[];
}

// Where the catalogue's chain ends, anything private enough is better than silence.
const REST: readonly Family[] = ['sms', 'wechat', 'whatsapp', 'email', 'messenger', 'web-chat', 'letter'];
// Somebody who acted this recently is awake (claims-and-sla.md §4.2).
const LIVE_MS = 5 * 60_000;
/** Set on a claim whose law wants written notices: mail and portal then need a consent of their own (corrections.md §7). */
export const ELECTRONIC_CONSENT_FLAG = 'electronic_consent_required';
const ELECTRONIC: readonly Family[] = ['email', 'web-chat'];

/** Decides how one notice reaches its party, or why it cannot. `privacy`: what the text needs. */
export function planNotice(
  rule: NoticeRule,
  situation: NoticeSituation,
  known: RecipientKnowledge,
  when: { readonly now: Date; readonly privacy: PrivacyClass },
): NoticePlan {
  const recipient = recipientOf(rule, situation);
  if ('reason' in recipient) return { told: false, party: recipient.party, person: null, reason: recipient.reason, skipped: [] };
  const { party, person, representing } = recipient;
  const written = situation.claim.flags.includes(ELECTRONIC_CONSENT_FLAG) && rule.class === 'C';
  const ways = waysTo(person, rule, { lines: situation.lines, preferences: known.preferences });
  const judged = ways.map((way) => ({ way, reason: obstacle(way, { person, known, rule, written, ...when }) }));
  const skipped = judged.flatMap(({ way, reason }) => (reason ? [{ channel: way.line.channel, addressId: way.address.id, reason }] : []));
  const steps = onePerChannel(judged.flatMap(({ way, reason }) => (reason ? [] : [stepOf(way, rule)])));
  if (steps.length === 0) return { told: false, party, person, reason: worstOf(skipped), skipped };
  const talks = person.lastInboundAt !== null && when.now.getTime() - person.lastInboundAt.getTime() <= LIVE_MS;
  const live = rule.quiet === 'by-person' || (rule.quiet === 'unless-live' && talks);
  const quiet = live ? undefined : quietUntil(when.now, person.timeZone ?? situation.brand.timeZone, known.preferences.quiet);
  return { told: true, party, person, representing, steps, skipped, heldUntil: quiet ?? null, live };
}

interface Way {
  readonly line: OutgoingLine;
  readonly address: NoticeAddress;
}

/** Every line to every address, in the order of the customer's preference, then the rule's chain, then the rest. */
function waysTo(
  person: NoticePerson,
  rule: NoticeRule,
  { lines, preferences }: { readonly lines: readonly OutgoingLine[]; readonly preferences: Preferences },
): Way[] {
  const last = lines.find((line) => line.channel === person.lastChannel);
  const chain = rule.chain.flatMap((step) => (step === 'last' ? (last ? [familyOf(last)] : []) : [step]));
  const preferred = preferences.channels.flatMap((channel) => lines.filter((line) => line.channel === channel).map(familyOf));
  const order = [...new Set([...preferred, ...chain, ...REST])];
  const written = lines.filter((line) => !line.calls);
  return order.flatMap((family) =>
    written
      .filter((line) => familyOf(line) === family)
      .flatMap((line) => person.addresses.filter((address) => reaches(line, address)).map((address) => ({ line, address }))),
  );
}

interface Judging {
  readonly person: NoticePerson;
  readonly known: RecipientKnowledge;
  readonly rule: NoticeRule;
  readonly written: boolean;
  readonly now: Date;
  readonly privacy: PrivacyClass;
}

/** Why this way is closed; undefined where it is open. The gate asks the same once more when the message leaves. */
function obstacle({ line, address }: Way, { person, known, rule, written, now, privacy }: Judging): ReasonCode | undefined {
  const consent = (purpose: ConsentPurpose): string | undefined =>
    known.consents.find((entry) => entry.addressId === address.id && entry.channel === line.channel && entry.purpose === purpose)?.state;
  if (address.unusable) return 'address-unusable';
  if (address.shared) return 'address-shared';
  if (consent(PURPOSE_OF[rule.class]) === 'opted-out') return 'opted-out';
  if (written && ELECTRONIC.includes(familyOf(line)) && consent('electronic_notices') !== 'granted') return 'no-consent';
  if (!isPrivateEnough(line.privacy, privacy)) return 'not-private-enough';
  const lastHere = person.lastChannel === line.channel ? person.lastInboundAt : null;
  const open = line.window === null ? line.proactive : lastHere !== null && now.getTime() - lastHere.getTime() < line.window;
  return open || line.templateOutsideWindow ? undefined : 'window-closed';
}

const stepOf = ({ line, address }: Way, rule: NoticeRule): PlanStep => ({
  channel: line.channel,
  inboxId: line.inboxId,
  addressId: address.id,
  to: address.value,
  purpose: PURPOSE_OF[rule.class],
  privacy: line.privacy,
  receipts: line.receipts,
});

/** The best address of each channel: a fallback is another channel, not another number. */
const onePerChannel = (steps: readonly PlanStep[]): PlanStep[] =>
  steps.filter((step, index) => steps.findIndex(({ channel }) => channel === step.channel) === index);

// What a person should hear first when every way is closed.
const WEIGHT: readonly ReasonCode[] = [
  'opted-out',
  'no-consent',
  'not-private-enough',
  'window-closed',
  'address-shared',
  'address-unusable',
];
const worstOf = (skipped: readonly SkippedStep[]): NotSentReason =>
  WEIGHT.find((reason) => skipped.some((one) => one.reason === reason)) ?? 'no-address';
