import type { Address } from './address';
import type { CallPhase } from './call';
import type { DeliveryState, ReasonCode } from './delivery-state';
import type { MediaRef } from './media';

interface InboundBase {
  /** The provider's id of this event, unique per (inbox, kind): a redelivery has the same. */
  readonly key: string;
  /** The line it was sent to, as the vendor names it (E.164 number, mailbox, `gh_…`). The hub finds the inbox by it. */
  readonly to: string;
  /** The provider's time, where it tells one. */
  readonly occurredAt?: Date;
}

/** Why a mail was made by a machine; such a mail is never answered automatically (RFC 3834). */
export type AutomaticMail = 'auto-submitted' | 'null-sender' | 'list' | 'bulk' | 'autoreply' | 'daemon' | 'own-address';

/** What a message answers: our signed token, or the ids of earlier messages (mail: In-Reply-To, then References, newest first). */
export interface ReplyReference {
  readonly token?: string;
  readonly references: readonly string[];
}

/** Words or files from outside. `text` is what the person wrote; quoted history stays in `quoted`, never lost. */
export interface InboundMessage extends InboundBase {
  readonly kind: 'message';
  readonly from: Address;
  /** Everybody else whom the sender addressed, own lines left out. */
  readonly cc?: readonly Address[];
  readonly subject?: string;
  readonly text: string;
  readonly quoted?: string;
  /** As it came, unsanitised; sanitised where it is shown. */
  readonly html?: string;
  readonly media: readonly MediaRef[];
  readonly reply?: ReplyReference;
  /** The id under which others will refer to it (mail: its Message-ID), where it differs from `key`. */
  readonly reference?: string;
  readonly automatic?: AutomaticMail;
  readonly language?: string;
  /** An opt-out, opt-in or help word that the carrier recognised and has already answered (Twilio `OptOutType`). */
  readonly carrierHandled?: 'opt-out' | 'opt-in' | 'help';
  /** Numbers and codes of the vendor that a person may want to see; never words or secrets. */
  readonly facts?: Readonly<Record<string, string>>;
}

/** News of a message of ours. */
export interface InboundDelivery extends InboundBase {
  readonly kind: 'delivery';
  /** The id that the provider gave our message when it took it. */
  readonly externalId: string;
  /** Our own id of the delivery, where the vendor echoes it: settles an uncertain send whose `externalId` never reached us. */
  readonly deliveryId?: string;
  readonly state: DeliveryState;
  readonly reason?: ReasonCode;
  /** The vendor's own code, for people who look it up. */
  readonly vendorCode?: string;
  /** The carrier said that this person has opted out (Twilio 21610): the ledger learns it. */
  readonly optedOut?: boolean;
}

/** The customer has seen our messages up to a time or a message. */
export interface InboundRead extends InboundBase {
  readonly kind: 'read';
  readonly from: Address;
  readonly upTo?: Date;
  readonly externalId?: string;
}

/** The customer is typing, or has stopped. Not journalled, not stored. */
export interface InboundTyping extends InboundBase {
  readonly kind: 'typing';
  readonly from: Address;
  readonly active: boolean;
}

/** Something happened in a phone call; the hub answers with {@link CallStep}s where the call waits for them. */
export interface InboundCall extends InboundBase {
  readonly kind: 'call';
  readonly callId: string;
  readonly direction: 'inbound' | 'outbound';
  readonly from: Address;
  readonly phase: CallPhase;
  /** The hub's own mark for where the call is, as the last step carried it. */
  readonly mark?: string;
  /** For a call that we placed: our own id of the send, where the provider gives it back. It may come before the answer to our send does. */
  readonly deliveryId?: string;
}

/** The person no longer wants, or again wants, messages on this line, said outside of a message (a carrier's notice, an unsubscribe link). */
export interface InboundConsent<Kind extends 'opt-out' | 'opt-in' = 'opt-out' | 'opt-in'> extends InboundBase {
  readonly kind: Kind;
  readonly from: Address;
  readonly evidence: string;
}

/** A mail of ours came back (RFC 3464). */
export interface InboundBounce extends InboundBase {
  readonly kind: 'bounce';
  /** Our Message-ID or envelope token that it speaks of. */
  readonly externalId?: string;
  readonly recipient?: Address;
  readonly permanent: boolean;
  /** Enhanced status code, e.g. `5.1.1` (RFC 3463). */
  readonly status?: string;
  readonly diagnostic?: string;
}

export type InboundEvent =
  | InboundMessage
  | InboundDelivery
  | InboundRead
  | InboundTyping
  | InboundCall
  | InboundConsent<'opt-out'>
  | InboundConsent<'opt-in'>
  | InboundBounce;
export type InboundKind = InboundEvent['kind'];
