const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** Whole calendar days from `now` to `at` where this person is; yesterday is −1. */
export const daysBetween = (now: number, at: number): number => Math.round((startOfDay(at) - startOfDay(now)) / DAY);

const unit = (locale: string, value: number, name: 'minute' | 'hour' | 'day'): string =>
  new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: locale.startsWith('zh') ? 'short' : 'narrow' }).format(value);

/** A length of time in its largest fitting unit: 4m, 3h, 12d. */
export function span(milliseconds: number, locale: string): string {
  const length = Math.abs(milliseconds);
  if (length < HOUR) return unit(locale, Math.max(1, Math.floor(length / MINUTE)), 'minute');
  if (length < 2 * DAY) return unit(locale, Math.floor(length / HOUR), 'hour');
  return unit(locale, Math.floor(length / DAY), 'day');
}

/** How long ago, for a row of a list: `now`, 4m, 3h, yesterday's weekday, then the date. */
export function age(at: number, now: number, locale: string): string {
  const passed = now - at;
  if (passed < MINUTE) return new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'narrow' }).format(0, 'second');
  if (passed < DAY && daysBetween(now, at) === 0) return span(passed, locale);
  if (daysBetween(now, at) > -7) return new Intl.DateTimeFormat(locale, { weekday: 'short' }).format(at);
  const year = new Date(at).getFullYear() === new Date(now).getFullYear() ? undefined : 'numeric';
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year }).format(at);
}

/** The time of day: 09:12. */
export const clockTime = (at: number, locale: string): string =>
  new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hour12: false }).format(at);

/** The name of a day: today, yesterday, then weekday and date. */
export function dayName(at: number, now: number, locale: string): string {
  const days = daysBetween(now, at);
  if (days >= -1 && days <= 1) {
    const word = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day');
    return word.charAt(0).toUpperCase() + word.slice(1);
  }
  const year = new Date(at).getFullYear() === new Date(now).getFullYear() ? undefined : 'numeric';
  return new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year }).format(at);
}

/** Day and time, short enough for a menu or a tooltip. */
export function dayAndTime(at: number, now: number, locale: string): string {
  if (daysBetween(now, at) === 0) return clockTime(at, locale);
  return new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(at);
}

/** The full moment with its zone, for titles. */
export const fullMoment = (at: number, locale: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' }).format(at);

/** How urgent a deadline is: colour is for the first two only. */
export type Urgency = 'over' | 'soon' | 'today' | 'later';

/** See {@link Urgency}. */
export function urgency(at: number, now: number): Urgency {
  if (at <= now) return 'over';
  if (at - now <= HOUR) return 'soon';
  return daysBetween(now, at) <= 0 ? 'today' : 'later';
}

/** Minutes and seconds of a sound or a call: 0:07. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** The size of a file. */
export function fileSize(bytes: number, locale: string): string {
  const [value, name] = bytes < 1_000_000 ? [bytes / 1000, 'kilobyte'] : [bytes / 1_000_000, 'megabyte'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit: name, maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
}
