const DAY = 24 * 3_600_000;

/** A day as a date field holds it (`2026-11-23`), in the time zone of this machine. */
export function dayText(at: Date): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** From the beginning of the first day to the end of the last one; from now on where the first day is today. Undefined where the days make no time. */
export function absenceSpan(first: string, last: string, now: Date): { starts: string; ends: string } | undefined {
  if (!first || !last || last < first) return undefined;
  const begins = new Date(`${first}T00:00:00`);
  const ends = new Date(`${last}T00:00:00`);
  if (Number.isNaN(begins.getTime()) || Number.isNaN(ends.getTime())) return undefined;
  ends.setDate(ends.getDate() + 1);
  if (ends <= now) return undefined;
  const starts = begins < now ? now : begins;
  return { starts: starts.toISOString(), ends: ends.toISOString() };
}

/** The last day of an absence that ends at this moment: midnight belongs to the day before. */
export const lastDay = (ends: string): Date => new Date(Date.parse(ends) - 1);

/** Whole days from the first to the last, both counted. */
export const daysOf = (starts: string, ends: string): number => Math.max(1, Math.round((Date.parse(ends) - Date.parse(starts)) / DAY));
