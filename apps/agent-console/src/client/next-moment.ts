// A timer of a browser holds no more, and nobody leaves a screen open longer.
const LONGEST = 2 ** 31 - 1;
// The hub's clock and this one may differ by less than this: a moment too early nothing has changed yet.
const SLACK = 1_000;

/**
 * How long until the first of these moments that is still to come, in milliseconds; false when there is none. What changes by the clock alone is
 * read again then: a screen never asks again and again whether something has happened, events tell it.
 */
export function untilNext(moments: readonly (string | null)[], now: number): number | false {
  const left = moments.flatMap((moment) => (moment === null ? [] : Date.parse(moment) - now)).filter((milliseconds) => milliseconds > 0);
  return left.length === 0 ? false : Math.min(Math.min(...left) + SLACK, LONGEST);
}
