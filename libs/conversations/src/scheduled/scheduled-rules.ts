import type { ScheduledSend } from './scheduled-send.entity';

/** Why a reply cannot be put off as wished. */
export type ScheduleProblem = 'lies-in-the-past' | 'too-far-ahead' | 'empty';

// What is written today is stale long before: a year is a slip of the hand.
const MOST_MS = 366 * 86_400_000;

/** What is wrong with a time or the words of a reply that is to leave later; null when nothing is. */
export function scheduleProblem(wish: Pick<ScheduledSend, 'message' | 'sendAt'>, now: Date): ScheduleProblem | null {
  if (wish.sendAt <= now) return 'lies-in-the-past';
  if (wish.sendAt.getTime() - now.getTime() > MOST_MS) return 'too-far-ahead';
  const { text, template, attachments } = wish.message;
  return text.trim() === '' && !template && !attachments?.length ? 'empty' : null;
}

/** What becomes of a reply at a moment: it waits, it leaves, or its thread has moved and a person is asked first. */
export function whatBecomes(send: Pick<ScheduledSend, 'state' | 'sendAt'>, hasMoved: boolean, now: Date): 'nothing' | 'leaves' | 'is-held' {
  if (send.state !== 'waiting' || send.sendAt > now) return 'nothing';
  return hasMoved ? 'is-held' : 'leaves';
}
