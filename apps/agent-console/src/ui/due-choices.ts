const HOUR = 3_600_000;

/** A time that people say instead of a date, as a moment. */
export interface DueChoice {
  readonly code: 'in-an-hour' | 'this-afternoon' | 'tomorrow' | 'in-three-days' | 'next-week';
  readonly at: Date;
}

function atHour(now: Date, days: number, hour: number): Date {
  const day = new Date(now);
  day.setDate(day.getDate() + days);
  day.setHours(hour, 0, 0, 0);
  return day;
}

const daysToMonday = (now: Date): number => (8 - now.getDay()) % 7 || 7;

/** The choices that still lie ahead, nearest first; "this afternoon" only in the morning. */
export function dueChoices(now: Date): readonly DueChoice[] {
  const all: readonly DueChoice[] = [
    { code: 'in-an-hour', at: new Date(now.getTime() + HOUR) },
    { code: 'this-afternoon', at: atHour(now, 0, 16) },
    { code: 'tomorrow', at: atHour(now, 1, 9) },
    { code: 'in-three-days', at: atHour(now, 3, 9) },
    { code: 'next-week', at: atHour(now, daysToMonday(now), 9) },
  ];
  return all.filter((choice) => choice.code !== 'this-afternoon' || now.getHours() < 14);
}
