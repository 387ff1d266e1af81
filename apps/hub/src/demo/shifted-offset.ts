const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * The clock's new distance from the machine's time, in milliseconds. A number, or a word without a sign (`2h`), says the distance itself;
 * a word with a sign (`+2h`, `-30m`) moves the clock on from where it stands.
 */
export function shiftedOffset(by: number | string, standing: number): number {
  if (typeof by === 'number') return by;
  const [, sign, amount, unit] = /^([+-]?)(\d+)(ms|s|m|h|d)$/.exec(by)!;
  const distance = Number(amount) * UNITS[unit!]! * (sign === '-' ? -1 : 1);
  return sign ? standing + distance : distance;
}
