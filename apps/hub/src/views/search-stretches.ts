/** So many of the newest messages are read to learn how often words are said; as many conversations or messages are one walk. */
export const WALK = 3_000;
/** One walk follows another while so many of them would do. */
const WALKS = 4;
/** More hits than are shown, because several are of one conversation and some stand behind walls. */
const SPARE = 1.5;
/** Messages of the first stretch for words that the newest hardly hold: each of them is a page from the disk at most where a word is said once in a thousand. */
const UNKNOWN = 150_000;
/** Words that fewer messages hold in all are found with one question. More than a page of places, few enough to be read in vain where they turn out to be more. */
export const FEW = 64;
/** Of the newest, so many at most hold words that may stand in a handful of messages in all. */
const HARDLY = 2;
/** How much longer a stretch is than the one before it, at most; and how much shorter, where it held too much. */
const LEAP = 16;

/** What the newest messages, and the table as a whole, tell of the words that are looked for. */
export interface NewestSay {
  /** How many of the newest were read, and how many of them hold the words. */
  readonly read: number;
  readonly met: number;
  /** About how many messages there are, from when until when (ms). */
  readonly messages: number;
  readonly oldest: number;
  readonly newest: number;
}

/** Frequent words are met by reading the newest rows one by one, which lie side by side; of others the index knows the places. */
export const isWorthWalking = (met: number, need: number): boolean => met * WALKS >= need;

/**
 * Whether a handful of messages may be all that hold the words: a claim's number, somebody's telephone, a slip of the finger. Not so of words that must stand
 * together: the index knows the places of each, and every one of those would be read.
 */
export const isHardlySaid = (met: number, asked: string): boolean => met <= HARDLY && !asked.includes('<');

/** How long (ms) the first stretch is that the index is asked for, so that it holds about what is needed. */
export function firstLength({ read, met, messages, oldest, newest }: NewestSay, need: number): number {
  const wanted = met === 0 ? UNKNOWN : Math.min(UNKNOWN, (need * SPARE * read) / met);
  return Math.ceil((wanted * Math.max(1, newest - oldest)) / Math.max(1, messages));
}

/** How long the next stretch is, after one that gave so many of what is missing. */
export function nextLength(length: number, found: number, missing: number): number {
  const wished = found === 0 ? LEAP : (missing * SPARE) / found;
  return Math.ceil(length * Math.min(LEAP, Math.max(0.5, wished)));
}

/** How long a stretch is instead of one that held too much; nothing (0) where it cannot be told from a moment. */
export const shorterLength = (length: number): number => Math.floor(length / LEAP);
