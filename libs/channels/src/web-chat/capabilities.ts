import type { Capabilities } from '@claimline/messages';

/** What the chat can carry. Whoever closes the page gets what was said when they come back, so nothing is too late and there is no window. */
export const WEB_CHAT_CAPABILITIES: Capabilities = {
  schemes: ['visitor'],
  privacy: 'P3',
  maxText: 5_000,
  segments: false,
  media: { types: ['*/*'], maxBytes: 25 * 1024 * 1024, maxCount: 10 },
  receipts: 'read',
  window: null,
  templateOutsideWindow: false,
  // A visitor's address exists only once they have opened the chat: whoever is known may be written to.
  proactive: true,
  subject: false,
  html: false,
  cc: false,
  typing: true,
  calls: false,
  optOutWords: false,
};
