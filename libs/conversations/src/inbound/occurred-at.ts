const WEEK_MS = 7 * 24 * 3_600_000;

/** The time by which a message is ordered: the provider's, clamped to [received − 7 days, received]; else when it was received. */
export function occurredAt(providerTime: Date | undefined, receivedAt: Date): Date {
  if (!providerTime || Number.isNaN(providerTime.getTime())) return receivedAt;
  const earliest = receivedAt.getTime() - WEEK_MS;
  return new Date(Math.min(Math.max(providerTime.getTime(), earliest), receivedAt.getTime()));
}

const PREVIEW_LENGTH = 160;

/** The first words of a message for lists: one line, at most 160 characters, no half surrogate at the end. */
export function previewOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return [...line].length <= PREVIEW_LENGTH ? line : [...line].slice(0, PREVIEW_LENGTH - 1).join('') + '…';
}
