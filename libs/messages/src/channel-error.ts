import type { ReasonCode } from './delivery-state';

/**
 * The whole taxonomy of what can go wrong at a provider, by what must happen next:
 * `unauthentic` not from the provider · `malformed` from the provider, but not understood · `rejected` no, and no again ·
 * `unavailable` surely not taken, try again · `uncertain` bytes left and no answer came: ask, wait, or give to a person ·
 * `suppressed` policy of recipient or vendor · `window-closed` template or other channel · `misconfigured` stops the inbox.
 */
export type Fate =
  'unauthentic' | 'malformed' | 'rejected' | 'unavailable' | 'uncertain' | 'suppressed' | 'window-closed' | 'misconfigured';

/** What a channel throws, and nothing else. The message names what is wrong and what to do, and never holds a secret. */
export class ChannelError extends Error {
  override readonly name = 'ChannelError';
  readonly reason: ReasonCode;
  /** The vendor's own code. */
  readonly vendorCode: string | undefined;
  /** Milliseconds that the vendor asked us to wait. */
  readonly retryAfter: number | undefined;
  /** The configuration field that is wrong, for `misconfigured`. */
  readonly field: string | undefined;
  /** The recipient cannot be reached on this channel at all: the address is unusable, not just this message. */
  readonly addressUnusable: boolean;

  constructor(
    readonly fate: Fate,
    message: string,
    more: {
      reason?: ReasonCode;
      vendorCode?: string;
      retryAfter?: number;
      field?: string;
      addressUnusable?: boolean;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: more.cause });
    this.reason = more.reason ?? REASON_OF_FATE[fate];
    this.vendorCode = more.vendorCode;
    this.retryAfter = more.retryAfter;
    this.field = more.field;
    this.addressUnusable = more.addressUnusable ?? false;
  }
}

const REASON_OF_FATE: Record<Fate, ReasonCode> = {
  unauthentic: 'rejected',
  malformed: 'rejected',
  rejected: 'rejected',
  unavailable: 'unreachable',
  uncertain: 'uncertain',
  suppressed: 'opted-out',
  'window-closed': 'window-closed',
  misconfigured: 'misconfigured',
};
