import { DateTime } from 'luxon';

/** Opening times of one weekday, local wall time (`HH:mm`), in order and without overlap; `24:00` is the end of the day. */
export type Hours = readonly { readonly from: string; readonly to: string }[];

/** When a department works. */
export interface Calendar {
  /** IANA zone in which hours and days are meant. */
  readonly timeZone: string;
  /** By ISO weekday, `1` (Monday) to `7`; a weekday that is missing is closed. */
  readonly hours: Readonly<Record<string, Hours>>;
  /** Closed days, `YYYY-MM-DD`. */
  readonly holidays: readonly string[];
  /** Days that are worked although their weekday is closed (调休): with the hours of a Monday. */
  readonly workdays: readonly string[];
}

/** A span of open time; `to` is not in it. */
export interface OpenSpan {
  readonly from: DateTime;
  readonly to: DateTime;
}

/** Monday to Friday, nine to half past five. */
export const OFFICE_HOURS: Calendar['hours'] = Object.fromEntries(
  ['1', '2', '3', '4', '5'].map((day) => [day, [{ from: '09:00', to: '17:30' }]]),
);

/** Whether anybody works on the day that `day` lies in. */
export function isWorkingDay(calendar: Calendar, day: DateTime): boolean {
  return hoursOf(calendar, day).length > 0;
}

/**
 * The open spans of a local day. Wall times go through the zone, so a day on which the clocks change is as long as it really is;
 * a wall time that the change skips lies at the moment after the gap.
 */
export function openSpans(calendar: Calendar, day: DateTime): OpenSpan[] {
  const start = day.setZone(calendar.timeZone).startOf('day');
  return hoursOf(calendar, start).map(({ from, to }) => ({ from: at(start, from), to: at(start, to) }));
}

function hoursOf(calendar: Calendar, day: DateTime): Hours {
  const local = day.setZone(calendar.timeZone);
  const date = local.toISODate() ?? '';
  if (calendar.workdays.includes(date)) return calendar.hours[String(local.weekday)] ?? calendar.hours['1'] ?? [];
  if (calendar.holidays.includes(date)) return [];
  return calendar.hours[String(local.weekday)] ?? [];
}

function at(day: DateTime, wall: string): DateTime {
  const [hour = 0, minute = 0] = wall.split(':').map(Number);
  return hour === 24 ? day.plus({ days: 1 }).startOf('day') : day.set({ hour, minute });
}
