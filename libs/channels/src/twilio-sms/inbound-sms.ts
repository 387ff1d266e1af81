import { tel, type DeliveryState, type InboundDelivery, type InboundMessage, type MediaRef } from '@claimline/messages';
import { TWILIO_ERRORS } from '../vendors/twilio/errors';
import { field, needed, type TwilioFields } from '../vendors/twilio/signature';

/** A customer's message, as Twilio posts it. Throws `malformed` where it has no id, sender or line. */
export function inboundMessage(fields: TwilioFields): InboundMessage {
  const text = field(fields, 'Body') ?? '';
  const from = needed(fields, 'From');
  return {
    kind: 'message',
    key: needed(fields, 'MessageSid'),
    to: needed(fields, 'To'),
    from: tel(from),
    text,
    media: mediaOf(fields),
    carrierHandled: carrierHandled(text, field(fields, 'OptOutType')),
    facts: factsOf(fields),
  };
}

/** News of a message of ours, as Twilio posts it; undefined for a state that says nothing yet. */
export function deliveryReport(fields: TwilioFields, line: string): InboundDelivery | undefined {
  const externalId = needed(fields, 'MessageSid');
  const status = needed(fields, 'MessageStatus');
  const vendorCode = field(fields, 'ErrorCode');
  const known = vendorCode ? TWILIO_ERRORS[vendorCode] : undefined;
  const failed = status === 'failed' || status === 'undelivered';
  const state = failed ? (known?.reported ?? FAILED[status]) : STATES[status];
  if (!state) return undefined;
  const reason = failed ? (known?.reason ?? 'unknown') : undefined;
  return {
    kind: 'delivery',
    key: `${externalId}:${status}`,
    to: line,
    externalId,
    deliveryId: field(fields, 'delivery'),
    state,
    reason,
    vendorCode,
    optedOut: known?.optedOut,
  };
}

/** The state that Twilio's word for a message of ours means (channel-contracts.md §3.0 rule 5). */
export const STATES: Readonly<Record<string, DeliveryState>> = {
  accepted: 'accepted',
  scheduled: 'accepted',
  queued: 'accepted',
  sending: 'accepted',
  sent: 'sent',
  delivered: 'delivered',
  partially_delivered: 'delivered',
  read: 'read',
  canceled: 'canceled',
};

// Without a code that says more: the carrier said no for good, or Twilio could not.
const FAILED = { undelivered: 'undeliverable', failed: 'failed' } as const;

// Words that Twilio answers and acts upon by itself on every long code (https://help.twilio.com/articles/223134027). YES is one of them where a
// person had opted out, but it is also what people answer to an adjuster: it is never taken for consent.
const WORDS: Readonly<Record<string, InboundMessage['carrierHandled']>> = {
  stop: 'opt-out',
  stopall: 'opt-out',
  unsubscribe: 'opt-out',
  cancel: 'opt-out',
  end: 'opt-out',
  quit: 'opt-out',
  revoke: 'opt-out',
  optout: 'opt-out',
  start: 'opt-in',
  unstop: 'opt-in',
  help: 'help',
  info: 'help',
};
const TYPES: Readonly<Record<string, InboundMessage['carrierHandled']>> = { STOP: 'opt-out', START: 'opt-in', HELP: 'help' };

/** What the carrier has already acted upon and answered: said by `OptOutType` (Advanced Opt-Out), else known from the word alone. */
export function carrierHandled(text: string, optOutType: string | undefined): InboundMessage['carrierHandled'] {
  const word = text.trim().toLowerCase();
  if (word === 'yes') return undefined;
  return optOutType ? TYPES[optOutType.toUpperCase()] : WORDS[word];
}

function mediaOf(fields: TwilioFields): MediaRef[] {
  const count = Number(field(fields, 'NumMedia') ?? 0);
  // Ten is Twilio's own limit; a larger number is nonsense that must not cost us memory.
  return Array.from({ length: Math.min(count || 0, 10) }, (_, at) => {
    const url = needed(fields, `MediaUrl${at}`);
    return { key: mediaKey(url, at), url, contentType: field(fields, `MediaContentType${at}`) };
  });
}

/** The `ME…` id at the end of a media address; its position where the address is of another form. */
export function mediaKey(url: string, at: number): string {
  return /\/(ME[0-9a-f]{32})$/.exec(url)?.[1] ?? String(at);
}

const FACTS = ['NumSegments', 'OptOutType', 'FromCountry', 'FromState', 'MessagingServiceSid'];

function factsOf(fields: TwilioFields): Record<string, string> {
  return Object.fromEntries(FACTS.flatMap((name) => (field(fields, name) ? [[name, field(fields, name)!]] : [])));
}
