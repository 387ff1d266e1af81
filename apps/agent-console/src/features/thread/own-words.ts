import type { Message } from '@claimline/protocol';

/** The words of a message, unless they are only what its recording says: that stands below the player already. */
export function ownWords({ text, attachments }: Pick<Message, 'text' | 'attachments'>): string {
  const spoken = attachments.some((file) => file.transcript !== null && file.transcript.trim() === text.trim());
  return spoken ? '' : text;
}
