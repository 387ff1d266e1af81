/** A time at which something may be sent, said as people say it. */
export interface SendTime {
  readonly name: 'evening' | 'tomorrow' | 'monday';
  readonly at: number;
}

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** What a clock on the wall of a zone shows at a moment. */
function wall(at: number, zone: string): { year: number; month: number; day: number; hour: number; minute: number; weekday: number } {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  }).formatToParts(at);
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  const day = { year: of('year'), month: of('month'), day: of('day') };
  const weekday = new Date(Date.UTC(day.year, day.month - 1, day.day)).getUTCDay();
  return { ...day, hour: of('hour'), minute: of('minute'), weekday };
}

/** The moment at which the wall of a zone shows this hour, so many days after the day of `from` there. */
function atWall(from: number, days: number, hour: number, zone: string): number {
  const day = wall(from, zone);
  const wanted = Date.UTC(day.year, day.month - 1, day.day + days, hour);
  // Twice, because the zone's offset at the first guess may be another one than at the moment itself.
  let at = wanted;
  for (let round = 0; round < 2; round += 1) {
    const shown = wall(at, zone);
    at += wanted - Date.UTC(shown.year, shown.month - 1, shown.day, shown.hour, shown.minute);
  }
  return at;
}

/** This evening at six, tomorrow at nine, Monday at nine, by the clock of a zone; what is past or hardly ahead is left out, and nothing stands twice. */
export function sendTimes(now: number, zone: string): readonly SendTime[] {
  const { weekday } = wall(now, zone);
  const all: readonly SendTime[] = [
    { name: 'evening', at: atWall(now, 0, 18, zone) },
    { name: 'tomorrow', at: atWall(now, 1, 9, zone) },
    { name: 'monday', at: atWall(now, (8 - weekday) % 7 || 7, 9, zone) },
  ];
  return all.filter((one, index) => one.at - now > HOUR / 2 && all.findIndex((other) => Math.abs(other.at - one.at) < DAY / 24) === index);
}

/** The time of day and its day on the clock of a zone. */
export const timeIn = (at: number, zone: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(at);

/** Whether two zones show the same time at a moment. */
export const sameTime = (at: number, a: string, b: string): boolean => timeIn(at, a, 'en') === timeIn(at, b, 'en');
