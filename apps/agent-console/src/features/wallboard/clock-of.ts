const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A length of time as a clock shows it: `4:05` up to an hour, then `2 h 10`. */
export function clockOf(milliseconds: number): string {
  const length = Math.abs(milliseconds);
  const two = (part: number): string => String(part).padStart(2, '0');
  if (length < HOUR) return `${Math.floor(length / MINUTE)}:${two(Math.floor((length % MINUTE) / 1000))}`;
  const hours = Math.floor(length / HOUR);
  return hours < 48 ? `${hours}:${two(Math.floor((length % HOUR) / MINUTE))} h` : `${Math.floor(hours / 24)} d`;
}
