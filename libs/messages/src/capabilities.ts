import type { AddressScheme } from './address';

/** How well a channel keeps a secret (claims-and-sla.md §4.3): P0 lock screen … P4 posted letter. */
export type PrivacyClass = 'P0' | 'P1' | 'P2' | 'P3' | 'P4';

/** What a channel can do. Drives the composer, the gate and the fallback. */
export interface Capabilities {
  /** The schemes it reaches. */
  readonly schemes: readonly AddressScheme[];
  readonly privacy: PrivacyClass;
  /** Characters of one message; longer text is refused by the composer, never cut. */
  readonly maxText: number;
  /** Whether the length is counted in SMS segments (3GPP TS 23.038). */
  readonly segments: boolean;
  readonly media: { readonly types: readonly string[]; readonly maxBytes: number; readonly maxCount: number } | null;
  readonly receipts: 'none' | 'sent' | 'delivered' | 'read';
  /** Milliseconds after the customer's last message in which free text may be sent; null where there is no window. */
  readonly window: number | null;
  /** Whether a provider template may be sent outside the window. */
  readonly templateOutsideWindow: boolean;
  /** Whether we may write first. */
  readonly proactive: boolean;
  readonly subject: boolean;
  readonly html: boolean;
  readonly cc: boolean;
  readonly typing: boolean;
  /** Whether it carries spoken calls rather than written words. */
  readonly calls: boolean;
  /** Whether an opt-out on the consent ledger is by channel word (STOP). */
  readonly optOutWords: boolean;
}
