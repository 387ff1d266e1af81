import type { Readable } from 'node:stream';
import type { Address, Language } from '@claimline/messages';

/** A file of a message as it lies with us. */
export interface OutgoingFile {
  readonly attachmentId: string;
  readonly fileId: string | null;
  readonly name: string;
  readonly contentType: string;
  readonly size: number;
  readonly state: 'stored' | 'pending' | 'failed' | 'quarantined';
}

/** The words of one delivery and everything around them: all that a channel needs and the row of the delivery does not have. */
export interface OutboundContent {
  readonly deliveryId: string;
  /** Undefined where the scheme has to be guessed from the channel: an address that nobody is known to hold. */
  readonly address: Address | undefined;
  readonly addressId: string | null;
  readonly cc: readonly string[];
  /** The known addresses among those in CC. */
  readonly copies: readonly string[];
  readonly text: string;
  readonly html: string | undefined;
  readonly subject: string;
  readonly language: Language;
  readonly files: readonly OutgoingFile[];
  /** Signed into reply addresses: the conversation. */
  readonly replyToken: string;
  /** Ids of the mails that it answers, oldest first. */
  readonly references: readonly string[];
  /** The phone of our own person, for a call that bridges. */
  readonly bridgeFirst: string | undefined;
}

/** What leaves, read just before it leaves. */
export abstract class MessageContent {
  abstract load(deliveryIds: readonly string[]): Promise<ReadonlyMap<string, OutboundContent>>;
}

/** The bytes of our files for channels, and links to them for vendors that fetch. Bound to the files room. */
export abstract class OutgoingFiles {
  abstract open(fileId: string): Promise<Readable>;
  /** Absolute, signed, expiring after a vendor has surely fetched it. */
  abstract link(attachmentId: string): string;
}
