import { DateTime } from 'luxon';

/** A month with its bounds, as a zone counts days. */
export interface Month {
  /** `2026-11`. */
  readonly name: string;
  readonly from: Date;
  readonly to: Date;
}

/** The month in which a moment lies. */
export function monthOf(moment: Date, zone: string): Month {
  return monthNamed(DateTime.fromJSDate(moment, { zone }).toFormat('yyyy-MM'), zone);
}

/** A month by its name, `2026-11`. */
export function monthNamed(name: string, zone: string): Month {
  const from = DateTime.fromISO(`${name}-01`, { zone });
  return { name, from: from.toJSDate(), to: from.plus({ months: 1 }).toJSDate() };
}
