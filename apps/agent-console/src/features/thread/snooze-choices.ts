/** A time to be reminded at. */
export interface SnoozeChoice {
  readonly name: 'hour' | 'afternoon' | 'tomorrow' | 'monday';
  readonly at: number;
}

const HOUR = 3_600_000;

const atHour = (from: number, days: number, hour: number): number => {
  const day = new Date(from);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + days, hour).getTime();
};

/** The usual times, by this person's day: only those that are still ahead, none twice. */
export function snoozeChoices(now: number): readonly SnoozeChoice[] {
  const weekday = new Date(now).getDay();
  const toMonday = (8 - weekday) % 7 || 7;
  const choices: SnoozeChoice[] = [
    { name: 'hour', at: now + HOUR },
    { name: 'afternoon', at: atHour(now, 0, 15) },
    { name: 'tomorrow', at: atHour(now, 1, 9) },
    { name: 'monday', at: atHour(now, toMonday, 9) },
  ];
  return choices.filter((one, index) => {
    if (one.name === 'afternoon') return one.at - now > 1.5 * HOUR;
    return choices.findIndex((other) => other.at === one.at) === index;
  });
}
