let offset = 0;

// The header has whole seconds and travels: less than this is noise, not a wrong clock.
const NOISE = 3_000;

/** Learns the hub's clock from an answer's `Date` header, so that a wrong clock on this machine moves no deadline. */
export function heardServerTime(date: string | null): void {
  const heard = date ? Date.parse(date) : Number.NaN;
  if (Number.isNaN(heard)) return;
  const difference = heard - Date.now();
  offset = Math.abs(difference - offset) < NOISE ? offset : Math.abs(difference) < NOISE ? 0 : difference;
}

/** Now, by the hub's clock, in milliseconds. */
export const hubNow = (): number => Date.now() + offset;
