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
  const zone = remembering(new IANAZone(name));
  zones.set(name, zone);
  return zone;
}

// Clocks are changed at whole minutes, not always at whole quarters of an hour: St. John's did so at one minute past midnight. Not a class of its own: that
// would load luxon with the hub, which otherwise waits for the first deadline.
function remembering(zone: IANAZone): IANAZone {
  const known = new Map<number, number>();
  const offset = (at: number): number => {
    const minute = Math.floor(at / MINUTE_MS);
    const before = known.get(minute);
    if (before !== undefined) return before;
    const now = IANAZone.prototype.offset.call(zone, at);
    if (!(at >= WHOLE_MINUTES_SINCE)) return now;
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(minute, now);
    return now;
  };
  return Object.assign(zone, { offset });
}
