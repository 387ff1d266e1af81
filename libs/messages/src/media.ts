import type { Readable } from 'node:stream';

/** A file that a customer sent, as the provider speaks of it. Exactly one of `url`, `content` and `upload` is there. */
export interface MediaRef {
  /** Unique within its message: a provider's media id, or the position. */
  readonly key: string;
  /** Where the vendor keeps it; fetched later, and only from the vendor's hosts. */
  readonly url?: string;
  /** The bytes, where they came with the message (mail). */
  readonly content?: Uint8Array;
  /** The hub's own id of a file that the sender has already handed in at the line's door. */
  readonly upload?: string;
  readonly name?: string;
  /** What the sender says it is; what it really is, is sniffed when it is stored. */
  readonly contentType?: string;
  readonly size?: number;
  readonly durationSeconds?: number;
  /** Words that the provider heard in it. */
  readonly transcript?: string;
  /** `cid:` of an inline picture of a mail, without angle brackets. */
  readonly contentId?: string;
}

/** The bytes of a {@link MediaRef}, while they arrive. */
export interface MediaStream {
  readonly stream: Readable;
  readonly contentType?: string;
  readonly size?: number;
  readonly name?: string;
}
