import type { Capabilities } from '@claimline/messages';

/** A channel that can do most things, with what a test wants otherwise. */
export function capabilities(over: Partial<Capabilities> = {}): Capabilities {
  return {
    schemes: ['tel'],
    privacy: 'P1',
    maxText: 1600,
    segments: true,
    media: { types: ['image/jpeg', 'image/png'], maxBytes: 5_000_000, maxCount: 3 },
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
    ...over,
  };
}
