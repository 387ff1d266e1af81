import type { Capabilities } from '@claimline/messages';

/** What an envelope can carry. Slow, but nothing keeps a secret better and everybody has an address: the last resort of every plan. */
export const LETTER_CAPABILITIES: Capabilities = {
  schemes: ['postal'],
  privacy: 'P4',
  maxText: 20_000,
  segments: false,
  // Enclosures are printed, so they are what a printer understands.
  media: { types: ['application/pdf', 'image/jpeg', 'image/png', 'image/webp'], maxBytes: 25 * 1024 * 1024, maxCount: 10 },
  // The post tells nobody that a letter arrived; that it was posted, we know ourselves.
  receipts: 'sent',
  window: null,
  templateOutsideWindow: false,
  proactive: true,
  subject: true,
  html: false,
  cc: false,
  typing: false,
  calls: false,
  optOutWords: false,
};
