import type { Readable } from 'node:stream';

/** Bytes that lie in a storage, and the beginning of them for whoever wants to know what they are. */
export interface StoredBytes {
  /** The only name under which the storage knows them; made from the content, never from anything that came from outside. */
  readonly key: string;
  readonly sha256: Buffer;
  readonly size: number;
  /** At most {@link HEAD_BYTES} from the beginning. */
  readonly head: Buffer;
}

/** A stretch of a file, both ends included, counted from 0. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Where files lie. When `put` resolves, the bytes survive a power cut. */
export interface Storage {
  /**
   * Streams in at most `limit` bytes; the same content twice is kept once.
   * @throws TooLarge when there is more · StorageFull when there is no room · whatever the stream throws. Nothing half stays behind.
   */
  put(content: Readable, limit: number): Promise<StoredBytes>;
  /** @throws MissingFile when nothing lies there. */
  open(key: string, range?: ByteRange): Promise<Readable>;
}

/** How much of the beginning is handed to those who look at what a file is; office documents show their kind within this. */
export const HEAD_BYTES = 64 * 1024;

/** More bytes than are taken. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';

  constructor(readonly limit: number) {
    super(`the file is larger than ${limit} bytes`);
  }
}

/** No room: whoever sent the file has to come again, and an operator has to make some. */
export class StorageFull extends Error {
  override readonly name = 'StorageFull';
}

/** A row names bytes that are not there: a backup was restored without its files. */
export class MissingFile extends Error {
  override readonly name = 'MissingFile';
}
