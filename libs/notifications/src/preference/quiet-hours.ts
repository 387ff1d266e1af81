import { DateTime } from 'luxon';

/** When somebody does not want to be disturbed, as local times `HH:mm`. */
export interface QuietHours {
  readonly anyHour: boolean;
  readonly from: string;
  readonly to: string;
}

/** Nine in the evening to eight in the morning: the hours that carriers and telephone rules leave alone (claims-and-sla.md §4.4). */
export const USUAL_QUIET_HOURS: QuietHours = { anyHour: false, from: '21:00', to: '08:00' };

/**
 * The end of the quiet hours in which `now` falls for somebody in `zone` (IANA name); undefined outside of them.
 * A zone nobody knows counts as UTC, and a clock that is put forward over the end ends them at the next minute there is.
 */
export function quietUntil(now: Date, zone: string, hours: QuietHours): Date | undefined {
  if (hours.anyHour || hours.from === hours.to) return undefined;
  const here = DateTime.fromJSDate(now, { zone });
  const local = here.isValid ? here : DateTime.fromJSDate(now, { zone: 'utc' });
  const [from, to] = [minutes(hours.from), minutes(hours.to)];
  const at = local.hour * 60 + local.minute;
  const quiet = from < to ? at >= from && at < to : at >= from || at < to;
  if (!quiet) return undefined;
  const morning = local.startOf('day').plus({ days: from > to && at >= from ? 1 : 0 });
  return morning.set({ hour: Math.floor(to / 60), minute: to % 60 }).toJSDate();
}

const minutes = (time: string): number => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
};
