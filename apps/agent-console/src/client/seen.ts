/** How far a person has looked at a thread on this screen: what a reply says as `seen`. */
export interface Seen {
  readonly position: number;
  /** Ids of the messages that were known then: the others are new. */
  readonly messages: ReadonlySet<string>;
}

const seen = new Map<string, Seen>();

/** The end of the thread is before a person's eyes. */
export function sawThread(conversation: string, now: Seen): void {
  const before = seen.get(conversation);
  if (!before || now.position >= before.position) seen.set(conversation, now);
}

/** How far this screen has shown the thread; undefined before it was opened. */
export const seenOf = (conversation: string): Seen | undefined => seen.get(conversation);
