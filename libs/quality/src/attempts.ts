import { addBusinessTime } from './business-time';
import type { Calendar } from './calendar';

/** How often somebody is called before the hub says that they cannot be reached. */
export const MOST_ATTEMPTS = 3;
// Open hours between two attempts where nobody chose a time.
const BETWEEN_MS = 4 * 3_600_000;
const NOT_REACHED = ['no-answer', 'voicemail-left', 'busy'];

/** What became of a call, and when it is tried again: as the caller says. */
export interface Attempt {
  /** 1 is the first. */
  readonly number: number;
  readonly outcome: string;
  readonly next: Date | null;
  readonly at: Date;
}

/** How the task ends, and when the next attempt is due; null: there is none. */
export interface AfterAttempt {
  readonly outcome: string;
  readonly next: Date | null;
}

/** Whether a call with this outcome reached nobody. */
export const isNotReached = (outcome: string): boolean => NOT_REACHED.includes(outcome);

/**
 * Whoever was not reached is called again, at the time that the caller chose or some open hours later; after the third attempt they are `unreachable`,
 * and somebody writes to them instead.
 */
export function afterAttempt({ number, outcome, next, at }: Attempt, calendar: Calendar): AfterAttempt {
  if (!isNotReached(outcome)) return { outcome, next };
  if (number >= MOST_ATTEMPTS) return { outcome: 'unreachable', next: null };
  return { outcome, next: next ?? addBusinessTime(calendar, at, BETWEEN_MS) };
}
