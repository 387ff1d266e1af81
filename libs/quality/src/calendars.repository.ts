import { newId, type Queries } from '@claimline/database';
import { OFFICE_HOURS, type Calendar } from './calendar';
import type { CalendarRecord } from './calendar.entity';

/** The calendar of whoever has none of their own. */
export const BUSINESS = 'business';

// Dates leave PostgreSQL as text: a driver's Date would be midnight in the machine's own zone.
const COLUMNS = `id, key, time_zone AS "timeZone", hours, holidays::text[] AS holidays, workdays::text[] AS workdays`;

/** When departments work. */
export class Calendars {
  /** The calendar of a brand, else the general one; made with office hours in the brand's zone where there is none yet. */
  async forBrand(queries: Queries, brand: { readonly id: string; readonly timeZone: string }, now: Date): Promise<CalendarRecord> {
    const text = `SELECT ${COLUMNS} FROM calendars WHERE key IN ($1, '${BUSINESS}') ORDER BY key = '${BUSINESS}' LIMIT 1`;
    const [found] = await queries.query<CalendarRecord>({ name: 'calendar-of-brand', text, values: [brand.id], steady: true });
    return found ?? (await this.put(queries, BUSINESS, { timeZone: brand.timeZone, hours: OFFICE_HOURS, holidays: [], workdays: [] }, now));
  }

  /** Makes or changes a calendar. Clocks that run keep the one they started with. */
  async put(queries: Queries, key: string, calendar: Calendar, now: Date): Promise<CalendarRecord> {
    const [row] = await queries.query<CalendarRecord>({
      name: 'calendar-put',
      text: `INSERT INTO calendars (id, key, time_zone, hours, holidays, workdays) VALUES ($1, $2, $3, $4, $5::date[], $6::date[])
             ON CONFLICT (key) DO UPDATE SET time_zone = excluded.time_zone, hours = excluded.hours, holidays = excluded.holidays, workdays = excluded.workdays
             RETURNING ${COLUMNS}`,
      values: [newId(now), key, calendar.timeZone, JSON.stringify(calendar.hours), calendar.holidays, calendar.workdays],
    });
    return row!;
  }

  async list(queries: Queries): Promise<CalendarRecord[]> {
    return await queries.query<CalendarRecord>({
      name: 'calendars-list',
      text: `SELECT ${COLUMNS} FROM calendars ORDER BY key LIMIT 100`,
      values: [],
    });
  }
}
