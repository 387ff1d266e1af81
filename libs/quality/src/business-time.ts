import { DateTime } from 'luxon';
import { isWorkingDay, openSpans, type Calendar } from './calendar';
import { zoneOf } from './zone';

// A calendar without an open hour would be walked through for ever.
const DAYS_LOOKED_AT = 3660;

/** Where a deadline goes that falls on a day on which nobody works. */
export type Roll = 'none' | 'next-working-day';

/** The moment when so much open time has passed. No time at all: `from` itself, or the next opening when it is closed then. @throws RangeError when the calendar is never open. */
export function addBusinessTime(calendar: Calendar, from: Date, milliseconds: number): Date {
  let left = milliseconds;
  for (const span of spansFrom(calendar, from)) {
    const length = span.to - span.from;
    if (left <= length) return new Date(span.from + left);
    left -= length;
  }
  throw new RangeError('this calendar has no open hours within ten years');
}

/** Open milliseconds from one moment to a later one; 0 when it is not later. */
export function businessTimeBetween(calendar: Calendar, from: Date, to: Date): number {
  let sum = 0;
  if (to <= from) return sum;
  for (const span of spansFrom(calendar, from)) {
    if (span.from >= to.getTime()) return sum;
    sum += Math.min(span.to, to.getTime()) - span.from;
  }
  return sum;
}

/** The end of the n-th working day after the day that `from` lies in: the day itself does not count, as statutes have it. */
export function addWorkingDays(calendar: Calendar, from: Date, days: number): Date {
  let day = local(calendar, from);
  for (let left = days, looked = 0; left > 0; looked++) {
    if (looked > DAYS_LOOKED_AT) throw new RangeError('this calendar has no working days within ten years');
    day = day.plus({ days: 1 });
    if (isWorkingDay(calendar, day)) left--;
  }
  return day.endOf('day').toJSDate();
}

/** Working days that begin after one moment and not after a later one: as many as a deadline in working days moves by. */
export function workingDaysBetween(calendar: Calendar, from: Date, to: Date): number {
  const last = local(calendar, to).startOf('day');
  let days = 0;
  for (let day = local(calendar, from).startOf('day').plus({ days: 1 }); day <= last; day = day.plus({ days: 1 })) {
    if (isWorkingDay(calendar, day)) days++;
  }
  return days;
}

/** The end of the n-th calendar day after the day that `from` lies in, moved on where the roll says so and nobody works then. */
export function addCalendarDays(calendar: Calendar, from: Date, days: number, roll: Roll): Date {
  return rolled(calendar, local(calendar, from).plus({ days }).endOf('day'), roll);
}

/** So many real hours later, moved to the end of the next working day where the roll says so and nobody works then. */
export function addHours(calendar: Calendar, from: Date, hours: number, roll: Roll): Date {
  return rolled(calendar, local(calendar, from).plus({ hours }), roll);
}

function rolled(calendar: Calendar, deadline: DateTime, roll: Roll): Date {
  if (roll === 'none' || isWorkingDay(calendar, deadline)) return deadline.toJSDate();
  return addWorkingDays(calendar, deadline.toJSDate(), 1);
}

/** Open spans from a moment on, as milliseconds; the first one may already have begun. Empty spans (a day of 24:00–24:00) are left out. */
function* spansFrom(calendar: Calendar, from: Date): Generator<{ from: number; to: number }> {
  const start = from.getTime();
  let day = local(calendar, from).startOf('day');
  for (let looked = 0; looked < DAYS_LOOKED_AT; looked++) {
    for (const span of openSpans(calendar, day)) {
      const opens = Math.max(span.from.toMillis(), start);
      if (span.to.toMillis() > opens) yield { from: opens, to: span.to.toMillis() };
    }
    day = day.plus({ days: 1 }).startOf('day');
  }
}

const local = (calendar: Calendar, moment: Date): DateTime => DateTime.fromJSDate(moment, { zone: zoneOf(calendar.timeZone) });
