import { DateTime } from 'luxon';

/** Days as a zone counts them, `from` and `to` as moments, the last one included up to midnight. */
interface Days {
  readonly fromDay: string;
  readonly toDay: string;
  readonly from: Date;
  readonly to: Date;
}

/** A period and the equally long one before it. */
export interface Period extends Days {
  readonly before: Days;
}

const LAST_DAYS = 30;

/** The days that were asked for; without them the last thirty, of which today is one. Undefined where the end lies before the beginning. */
export function periodOf(asked: { readonly from?: string; readonly to?: string }, zone: string, now: Date): Period | undefined {
  const last = asked.to ? DateTime.fromISO(asked.to, { zone }) : DateTime.fromJSDate(now, { zone }).startOf('day');
  const first = asked.from ? DateTime.fromISO(asked.from, { zone }) : last.minus({ days: LAST_DAYS - 1 });
  if (last < first) return undefined;
  const length = Math.round(last.diff(first, 'days').days) + 1;
  return { ...days(first, last), before: days(first.minus({ days: length }), first.minus({ days: 1 })) };
}

const days = (first: DateTime, last: DateTime): Days => ({
  fromDay: first.toFormat('yyyy-MM-dd'),
  toDay: last.toFormat('yyyy-MM-dd'),
  from: first.toJSDate(),
  to: last.plus({ days: 1 }).toJSDate(),
});
