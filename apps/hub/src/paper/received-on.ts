import { DateTime } from 'luxon';
import { HubProblem } from '../http/problem';

// A stamp from before that is a slip of the pen.
const OLDEST_DAYS = 400;

/**
 * The moment from which a paper's clocks count: now for one of today, else nine in the morning of the day of its stamp, where the brand is. Unlike a
 * vendor's clock, which is believed for seven days, the day is what a clerk of ours read off our own stamp: it may be older. @throws HubProblem `invalid`
 */
export function momentOf(day: string, now: Date, timeZone: string): Date {
  const stamped = DateTime.fromISO(day, { zone: timeZone });
  const today = DateTime.fromJSDate(now, { zone: timeZone }).startOf('day');
  const days = today.diff(stamped.startOf('day'), 'days').days;
  if (!stamped.isValid || days < 0) throw new HubProblem('invalid', {}, [{ path: 'receivedOn', problem: 'lies in the future' }]);
  if (days > OLDEST_DAYS)
    throw new HubProblem('invalid', { days: OLDEST_DAYS }, [{ path: 'receivedOn', problem: 'is more than a year ago' }]);
  return days < 1 ? now : stamped.set({ hour: 9 }).toJSDate();
}
