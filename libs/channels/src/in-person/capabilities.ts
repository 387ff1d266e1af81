import type { Capabilities } from '@claimline/messages';

/** What a conversation face to face can do: everything but be sent. No address reaches a counter, so no composer and no plan ever chooses it. */
export const IN_PERSON_CAPABILITIES: Capabilities = {
  schemes: [],
  privacy: 'P3',
  maxText: 20_000,
  segments: false,
  media: null,
  receipts: 'none',
  window: null,
  templateOutsideWindow: false,
  proactive: false,
  subject: false,
  html: false,
  cc: false,
  typing: false,
  calls: false,
  optOutWords: false,
};
