import type { Readable } from 'node:stream';
import type { Address } from './address';
import type { Language } from './language';

/** A file that goes out with a message. */
export interface OutboundAttachment {
  readonly name: string;
  readonly contentType: string;
  readonly size: number;
  /** Signed and expiring, for vendors that fetch (MMS). */
  readonly url: string;
  open(): Promise<Readable>;
}

/** One message for one recipient, ready to leave: everything a channel needs, nothing it has to look up. */
export interface OutboundMessage {
  /** Stable over retries of the same attempt; vendors that know an idempotency key get it. */
  readonly deliveryId: string;
  readonly messageId: string;
  readonly to: Address;
  readonly cc: readonly Address[];
  readonly text: string;
  readonly html?: string;
  readonly subject?: string;
  readonly language: Language;
  readonly attachments: readonly OutboundAttachment[];
  /** Outside a window: the provider's approved template instead of free text. */
  readonly template?: { readonly name: string; readonly language: string; readonly parameters: readonly string[] };
  /** Mail threading: our signed reply token and the ids of what it answers, oldest first. */
  readonly thread?: { readonly token: string; readonly references: readonly string[] };
  /** Set where no person wrote it: mail says so in its headers (RFC 3834). */
  readonly automatic?: 'notice' | 'reply';
  /** A call that bridges: first our own person's phone rings, then the customer's. */
  readonly bridge?: { readonly first: string };
  /** When we first tried; `find` looks from here. */
  readonly firstTriedAt: Date;
}

/** The provider has taken the message. */
export interface SendReceipt {
  /** The provider's id, under which receipts will speak of it. */
  readonly externalId: string;
  readonly state: 'accepted' | 'sent' | 'delivered';
  /** What replies will refer to, where it differs (mail: the Message-ID we wrote). */
  readonly reference?: string;
}
