import { z } from 'zod';
import { Role } from './accounts';
import { Id, Moment } from './paging';
import { PRESENCES } from './people';

const Named = z.object({ id: Id, name: z.string() });

/** One thing that somebody has, openable. */
export const OwnedItem = z.object({
  /** Of the conversation, the task, the reply that leaves later, or the claim of a promise. */
  id: Id,
  /** The customer's name, or the claim's number where no customer is known. */
  title: z.string(),
  claim: z.string().nullable(),
  conversationId: Id.nullable(),
  /** What a task is; null elsewhere. */
  kind: z.string().nullable(),
  /** Due, woken, sent or promised then. */
  at: Moment.nullable(),
});
export type OwnedItem = z.infer<typeof OwnedItem>;

const WorkList = z.object({ count: z.number(), items: z.array(OwnedItem) });

/** `GET /api/team/:id/work`: everything that somebody has, at most a hundred of each kind; the counts are whole. */
export const WorkOf = z.object({
  open: WorkList,
  snoozed: WorkList,
  scheduled: WorkList,
  tasks: WorkList,
  /** "Next step by" of the claims they own, or answer for instead of somebody absent. */
  promises: WorkList.extend({ today: z.number() }),
});
export type WorkOf = z.infer<typeof WorkOf>;

/** `POST /api/absences/preview`: an absence to be. */
export const PreviewAbsence = z.object({ account: Id.optional(), starts: Moment, ends: Moment, delegate: Id.nullable() });
export type PreviewAbsence = z.input<typeof PreviewAbsence>;

/** What an absence would move, and to whom. */
export const AbsencePreview = WorkOf.extend({
  account: Named,
  /** Who would get it: the delegate, or who stands in for them; null: the router and everybody. */
  goesTo: Named.nullable(),
  /** Why it is not the delegate who was named: `absent` (their own delegate follows), `circle`, `nobody`; null: it is. */
  why: z.enum(['absent', 'circle', 'nobody']).nullable(),
  /** When it would move. */
  movesAt: Moment,
});
export type AbsencePreview = z.infer<typeof AbsencePreview>;

/** One row of the supervisor's screen. */
export const TeamMember = z.object({
  id: Id,
  name: z.string(),
  role: Role,
  presence: z.enum(PRESENCES),
  used: z.number(),
  capacity: z.number(),
  teams: z.array(z.string()),
  lines: z.array(z.string()),
  languages: z.array(z.string()),
  open: z.number(),
  /** Of the open ones: customers who wait for an answer. */
  waiting: z.number(),
  overdue: z.number(),
  /** Deadlines within the hour. */
  soon: z.number(),
  tasks: z.number(),
  promisesToday: z.number(),
  absence: z.object({ id: Id, until: Moment, delegate: Named.nullable() }).nullable(),
});
export type TeamMember = z.infer<typeof TeamMember>;

/** What breaches next, or has. */
export const NextBreach = z.object({
  conversationId: Id,
  contact: z.string(),
  channel: z.string(),
  claim: z.string().nullable(),
  assignee: Named.nullable(),
  at: Moment,
  kind: z.string(),
  breached: z.boolean(),
});
export type NextBreach = z.infer<typeof NextBreach>;

/** `GET /api/team`: who has what, what breaches next. For those who supervise. */
export const Team = z.object({
  people: z.array(TeamMember),
  /** Nearest first, the breached ones before; at most fifty. */
  next: z.array(NextBreach),
  tiles: z.object({
    hour: z.number(),
    overdue: z.number(),
    unassigned: z.number(),
    /** Open conversations whose handler is away and which nobody has taken. */
    absentOwners: z.number(),
  }),
});
export type Team = z.infer<typeof Team>;

/** A mail address of an inbox that belongs to one adjuster. `GET|POST /api/mail-aliases`, `DELETE /api/mail-aliases/:id`. */
export const MailAlias = z.object({ id: Id, account: Named, inbox: Id, address: z.string() });
export type MailAlias = z.infer<typeof MailAlias>;
export const MailAliases = z.object({ items: z.array(MailAlias) });
export const AddMailAlias = z.object({
  account: Id,
  inbox: Id,
  /** The whole address, in the inbox's own domain. */
  address: z
    .email()
    .max(254)
    .transform((address) => address.toLowerCase()),
});
export type AddMailAlias = z.input<typeof AddMailAlias>;
