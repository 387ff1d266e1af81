import type { InboundMessage } from '@claimline/messages';

/** Finds claim numbers in words; the pattern is the insurer's. */
export type ClaimNumberPattern = RegExp;

/** The demo insurer's form, and the default: `CLM-2026-000123`. */
export const DEFAULT_CLAIM_NUMBER: ClaimNumberPattern = /\bCLM-\d{4}-\d{6}\b/gi;

/** The claim numbers that somebody wrote, in upper case, each once, in their order. */
export function claimNumbersIn(text: string, pattern: ClaimNumberPattern = DEFAULT_CLAIM_NUMBER): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([number]) => number.toUpperCase()))];
}

/**
 * Whether a message is the common case that one statement takes: words from one address, with nothing that refers to anything
 * and nothing beside the words. Everything else is placed in TypeScript.
 */
export function isPlain(message: InboundMessage, pattern: ClaimNumberPattern = DEFAULT_CLAIM_NUMBER): boolean {
  const bare = message.media.length === 0 && !message.reply && !message.reference && !message.html && !message.quoted && !message.subject;
  return bare && !message.cc?.length && !message.automatic && !message.carrierHandled && claimNumbersIn(message.text, pattern).length === 0;
}
