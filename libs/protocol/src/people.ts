import { z } from 'zod';
import { Role } from './accounts';
import { Id, Moment } from './paging';

export const PRESENCES = ['online', 'busy', 'away', 'offline'] as const;
/** `PUT /api/presence`: what I say of myself; `offline` is what the hub says when my last socket is gone. */
export const SetPresence = z.object({ state: z.enum(['online', 'busy', 'away']) });

/** A colleague, as assign menus and the wallboard show them. `GET /api/people`. */
export const Colleague = z.object({
  id: Id,
  name: z.string(),
  role: Role,
  presence: z.enum(PRESENCES),
  used: z.number(),
  capacity: z.number(),
  languages: z.array(z.string()),
  lines: z.array(z.string()),
  licences: z.array(z.string()),
  absentUntil: Moment.nullable(),
  teams: z.array(z.string()),
});
export type Colleague = z.infer<typeof Colleague>;
export const People = z.object({ items: z.array(Colleague) });

/** A dated absence with a delegate who gets the work. `GET|POST /api/absences`, `DELETE /api/absences/:id`. */
export const Absence = z.object({
  id: Id,
  account: Id,
  name: z.string(),
  starts: Moment,
  ends: Moment,
  delegate: z.object({ id: Id, name: z.string() }).nullable(),
  returns: z.enum(['immediately', 'on-close', 'never']),
});
export type Absence = z.infer<typeof Absence>;
export const Absences = z.object({ items: z.array(Absence) });
export const SetAbsence = z
  .object({
    account: Id.optional(),
    starts: Moment,
    ends: Moment,
    delegate: Id.nullable(),
    returns: z.enum(['immediately', 'on-close', 'never']).default('on-close'),
  })
  .refine((absence) => absence.ends > absence.starts, { message: 'an absence ends after it starts', path: ['ends'] });
export type SetAbsence = z.input<typeof SetAbsence>;
