import { IANAZone, type Zone } from 'luxon';

// Before, some zones were some seconds off a whole minute (Monrovia until January 1972).
const WHOLE_MINUTES_SINCE = Date.UTC(1973, 0, 1);
const MINUTE_MS = 60_000;
const MOST_KNOWN = 1_000;

const zones = new Map<string, Zone>();

/**
 * A time zone by its IANA name, that remembers how far it is from UTC in which minute: luxon asks for that several times in each calculation, and every
 * time it has a date written out and reads it back. A name that nobody knows is handed on as it is, and makes an invalid `DateTime`.
 */
export function zoneOf(name: string): Zone | string {
  const known = zones.get(name);
  if (known) return known;
  if (!IANAZone.isValidZone(name)) return name;
  const zone = new RememberingZone(name);
  zones.set(name, zone);
  return zone;
}

// Clocks are changed at whole minutes, not always at whole quarters of an hour: St. John's did so at one minute past midnight.
class RememberingZone extends IANAZone {
  private readonly known = new Map<number, number>();

  override offset(at: number): number {
    if (!(at >= WHOLE_MINUTES_SINCE)) return super.offset(at);
    const minute = Math.floor(at / MINUTE_MS);
    const before = this.known.get(minute);
    if (before !== undefined) return before;
    if (this.known.size >= MOST_KNOWN) this.known.clear();
    const offset = super.offset(at);
    this.known.set(minute, offset);
    return offset;
  }
}
