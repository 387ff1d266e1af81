import type { AbsenceRecord } from './absence.entity';

/** What makes an absence impossible. */
export type AbsenceProblem = 'ends-before-it-starts' | 'lies-in-the-past' | 'delegate-is-oneself' | 'overlaps';

type Span = Pick<AbsenceRecord, 'starts' | 'ends'>;

/** Whether two absences share a moment. One that begins when the other ends does not. */
export function overlaps(a: Span, b: Span): boolean {
  return a.starts < b.ends && b.starts < a.ends;
}

/**
 * Why an absence cannot be entered; null when it can. A delegate who is absent too is no problem: their own delegate follows.
 * Two absences of one person must not overlap, or it would be open who stands in.
 */
export function problemOf(
  absence: Pick<AbsenceRecord, 'accountId' | 'starts' | 'ends' | 'delegateId'>,
  others: readonly Span[],
  now: Date,
): AbsenceProblem | null {
  if (absence.ends <= absence.starts) return 'ends-before-it-starts';
  if (absence.ends <= now) return 'lies-in-the-past';
  if (absence.delegateId === absence.accountId) return 'delegate-is-oneself';
  return others.some((other) => overlaps(absence, other)) ? 'overlaps' : null;
}

/** What is left of an absence that is called off at a moment: nothing of one that has not begun, else the part that is over. */
export function calledOff(absence: Span, now: Date): { readonly canceledAt: Date } | { readonly ends: Date } {
  return absence.starts < now ? { ends: now } : { canceledAt: now };
}
