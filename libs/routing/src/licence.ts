import { DateTime } from 'luxon';
import type { Adjuster } from './adjuster';

/** Why somebody's licence does not cover a region; null when it does or none is needed. */
export function licenceObstacle(
  adjuster: Pick<Adjuster, 'licences' | 'timeZone'>,
  region: string | null,
  now: Date,
  licensedRegions: readonly string[],
): 'licence-missing' | 'licence-expired' | null {
  if (!region) return null;
  const held = Object.entries(adjuster.licences).filter(([licensed]) => covers(licensed, region));
  if (held.length === 0) return licensedRegions.some((licensed) => covers(licensed, region)) ? 'licence-missing' : null;
  return held.some(([, lastDay]) => isValid(lastDay, adjuster.timeZone, now)) ? null : 'licence-expired';
}

/** A licence for a country covers its provinces: `CN` covers `CN-SH`, `US-CA` does not cover `US-NY`. */
const covers = (licensed: string, region: string): boolean => region === licensed || region.startsWith(`${licensed}-`);

// The last day is valid to its end, and a day ends at midnight where the adjuster lives.
function isValid(lastDay: string | null, timeZone: string, now: Date): boolean {
  return lastDay === null || DateTime.fromJSDate(now, { zone: timeZone }).toFormat('yyyy-MM-dd') <= lastDay;
}
