import { z } from 'zod';

const Wall = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time of day, HH:mm');
const Hours = z
  .array(z.object({ from: Wall, to: Wall }).refine(({ from, to }) => from < to, { message: 'closes after it opens', path: ['to'] }))
  .max(6)
  .refine((spans) => spans.every((span, at) => at === 0 || spans[at - 1]!.to <= span.from), { message: 'in order and without overlap' });
const zoneNames = (): ReadonlySet<string> => new Set([...Intl.supportedValuesOf('timeZone'), 'UTC']);

/** When a department works. `key` is a brand's id, or `business` for every brand without one of its own. `GET /api/calendars`. */
export const BusinessCalendar = z.object({
  key: z.string().max(60),
  timeZone: z.string().refine((name) => zoneNames().has(name), 'a time zone of the IANA list'),
  /** By ISO weekday, `1` (Monday) to `7`; a weekday that is missing is closed. */
  hours: z.partialRecord(z.enum(['1', '2', '3', '4', '5', '6', '7']), Hours),
  holidays: z.array(z.iso.date()).max(1000),
  /** Days that are worked although their weekday is closed. */
  workdays: z.array(z.iso.date()).max(1000),
});
export type BusinessCalendar = z.infer<typeof BusinessCalendar>;
export const BusinessCalendars = z.object({ items: z.array(BusinessCalendar) });

/** `PUT /api/calendars/:key`. A week without an open hour is refused: no clock could ever run by it. */
export const SetCalendar = BusinessCalendar.omit({ key: true }).refine(
  ({ hours }) => Object.values(hours).some((spans) => (spans?.length ?? 0) > 0),
  {
    message: 'is open at some time of the week',
    path: ['hours'],
  },
);
export type SetCalendar = z.infer<typeof SetCalendar>;
