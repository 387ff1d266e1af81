import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { hubNow } from '../client';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How far away a moment is, in the largest unit that says it honestly; negative in the past. */
export function distance(at: number, now: number): { value: number; unit: 'minute' | 'hour' | 'day' } {
  const away = at - now;
  const size = Math.abs(away);
  if (size < HOUR) return { value: Math.trunc(away / MINUTE), unit: 'minute' };
  if (size < DAY) return { value: Math.trunc(away / HOUR), unit: 'hour' };
  return { value: Math.trunc(away / DAY), unit: 'day' };
}

/** A date of the claim core (`2026-11-10`) is a day, not a moment: it must not slip into the day before west of Greenwich. */
export function parsedDay(text: string): { date: Date; dayOnly: boolean } | null {
  const dayOnly = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const date = new Date(dayOnly ? `${text}T00:00:00` : text);
  return Number.isNaN(date.getTime()) ? null : { date, dayOnly };
}

/** Dates in words of the screen's language. */
export interface Dates {
  /** `Nov 22`, with the year where it is another one. */
  day(at: string): string;
  /** `Nov 22, 09:12`; only the day for dates without a time. */
  moment(at: string): string;
  /** `12 min ago`, `in 3 hr`. */
  relative(at: string): string;
}

/** See {@link Dates}. A text that is no date is shown as it is. */
export function useDates(): Dates {
  const language = useTranslation().i18n.language;
  return useMemo(() => {
    const near = new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric' });
    const far = new Intl.DateTimeFormat(language, { year: 'numeric', month: 'short', day: 'numeric' });
    const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hour12: false });
    const away = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
    const dayOf = (date: Date): string => (date.getFullYear() === new Date(hubNow()).getFullYear() ? near : far).format(date);
    const day = (at: string): string => {
      const read = parsedDay(at);
      return read ? dayOf(read.date) : at;
    };
    const moment = (at: string): string => {
      const read = parsedDay(at);
      if (!read) return at;
      return read.dayOnly ? dayOf(read.date) : `${dayOf(read.date)} ${clock.format(read.date)}`;
    };
    const relative = (at: string): string => {
      const read = parsedDay(at);
      if (!read) return at;
      const { value, unit } = distance(read.date.getTime(), hubNow());
      return away.format(value, unit);
    };
    return { day, moment, relative };
  }, [language]);
}
