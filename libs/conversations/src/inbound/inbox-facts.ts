/** What receiving needs to know of an inbox. */
export interface InboxFacts {
  readonly id: string;
  readonly kind: string;
  readonly brandId: string;
  readonly teamId: string | null;
}

/** The raw bytes of one delivery from a provider, and through which door they came. */
export interface RawDelivery {
  readonly door: 'webhook' | 'mail' | 'stream' | 'socket' | 'backfill' | 'desk';
  readonly body: Buffer;
  readonly receivedAt: Date;
  /** Where a large body lies in the file store: the journal then keeps its beginning only. */
  readonly fileId?: string;
}
