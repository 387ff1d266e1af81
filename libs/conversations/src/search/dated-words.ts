import { searchVector } from '@claimline/messages';

const WEEK_MS = 7 * 24 * 3_600_000;

const weekOf = (at: Date): number => Math.floor(at.getTime() / WEEK_MS);

/** The words by which a message is found, and its week as one more word, which nobody can type: so one index answers "these words, that week". */
export const datedWords = (text: string, at: Date): string => `${searchVector(text)} '@${weekOf(at)}':1`.trim();

/** A query for `::tsquery` that narrows another to the weeks from one moment to another. */
export function withinWeeks(query: string, from: Date, to: Date): string {
  const weeks = Array.from({ length: weekOf(to) - weekOf(from) + 1 }, (_, n) => `'@${weekOf(from) + n}'`);
  return `(${weeks.join(' | ')}) & (${query})`;
}
