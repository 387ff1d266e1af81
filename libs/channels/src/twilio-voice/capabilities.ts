import type { Capabilities } from '@claimline/messages';

/** What a phone call through Twilio can carry. Whoever picks up hears it, so it is the least private channel. */
export const VOICE_CAPABILITIES: Capabilities = {
  schemes: ['tel'],
  privacy: 'P0',
  // The words travel as TwiML inside the request, of which Twilio takes 4,000 characters; Chinese and markup need room.
  maxText: 1_500,
  segments: false,
  media: null,
  receipts: 'none',
  window: null,
  templateOutsideWindow: false,
  proactive: true,
  subject: false,
  html: false,
  cc: false,
  typing: false,
  calls: true,
  optOutWords: false,
};
