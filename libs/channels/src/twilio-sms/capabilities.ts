import type { Capabilities } from '@claimline/messages';

/** What an SMS through Twilio can carry (https://www.twilio.com/docs/messaging/api/message-resource). */
export const SMS_CAPABILITIES: Capabilities = {
  schemes: ['tel'],
  privacy: 'P1',
  maxText: 1_600,
  segments: true,
  // Twilio turns these three into what the phone can show; other types are the carrier's luck. 5 MB is for all files together.
  media: { types: ['image/jpeg', 'image/png', 'image/gif'], maxBytes: 5_000_000, maxCount: 10 },
  receipts: 'delivered',
  window: null,
  templateOutsideWindow: false,
  proactive: true,
  subject: false,
  html: false,
  cc: false,
  typing: false,
  calls: false,
  optOutWords: true,
};
