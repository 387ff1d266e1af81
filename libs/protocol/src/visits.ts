import { z } from 'zod';
import { Id, Moment } from './paging';

export const MEETINGS = ['counter', 'home-visit', 'face-to-face'] as const;
/** Which paper was seen. Its number is never asked for. */
export const IDENTITY_SEEN = ['none', 'identity-card', 'passport', 'driving-licence', 'power-of-attorney', 'known-in-person'] as const;
export const VISIT_REASONS = ['new-loss', 'documents', 'question', 'payment', 'complaint', 'other'] as const;

/** `POST /api/counter/visits`: what was said face to face, with the papers that were handed over. */
export const LogVisit = z
  .object({
    /** The writer's own id of it: sent twice it is one visit. */
    id: Id,
    contact: Id.optional(),
    claim: z.string().max(60).optional(),
    party: Id.optional(),
    inbox: Id.optional(),
    meeting: z.enum(MEETINGS).default('counter'),
    reason: z.enum(VISIT_REASONS).default('other'),
    identity: z.enum(IDENTITY_SEEN).default('none'),
    text: z.string().trim().min(1).max(20_000),
    /** Where; the counter's own place when left out. */
    place: z.string().trim().max(300).optional(),
    participants: z.array(z.string().trim().min(1).max(120)).max(20).default([]),
    minutes: z.number().int().min(1).max(1440).optional(),
    /** When it was, up to thirty days ago; now when left out. */
    at: Moment.optional(),
    attachments: z.array(Id).max(30).default([]),
    appointment: Id.optional(),
  })
  .refine((visit) => visit.contact ?? visit.claim, { message: 'name a contact or a claim' });
export type LogVisit = z.input<typeof LogVisit>;

/** `GET /api/counter/visits/:message/receipt` is the paper for the customer. */
export const LoggedVisit = z.object({ message: Id, conversation: Id, papers: z.number() });
export type LoggedVisit = z.infer<typeof LoggedVisit>;

/** One counter of the house. */
export const Counters = z.object({ items: z.array(z.object({ id: Id, name: z.string(), place: z.string() })) });
export type Counters = z.infer<typeof Counters>;

export const APPOINTMENT_STATES = ['invited', 'confirmed', 'change-asked', 'canceled', 'held'] as const;

/** Somebody of ours and a customer meet. */
export const Appointment = z.object({
  id: Id,
  conversation: Id,
  kind: z.enum(['home-visit', 'counter']),
  state: z.enum(APPOINTMENT_STATES),
  startsAt: Moment,
  endsAt: Moment,
  place: z.string(),
  participants: z.array(z.string()),
  technician: z.object({ id: Id, name: z.string() }).nullable(),
  /** What the customer asked for when they asked for another time. */
  wish: z.string().nullable(),
});
export type Appointment = z.infer<typeof Appointment>;
export const Appointments = z.object({ items: z.array(Appointment) });
export type Appointments = z.infer<typeof Appointments>;

const plan = {
  startsAt: Moment,
  endsAt: Moment,
  place: z.string().trim().min(1).max(300),
  participants: z.array(z.string().trim().min(1).max(120)).max(20).default([]),
  technician: Id.nullable().default(null),
};
const inOrder = (times: { startsAt: string; endsAt: string }): boolean => Date.parse(times.startsAt) < Date.parse(times.endsAt);
const ORDER = { message: 'ends before it begins', path: ['endsAt'] };

/** `POST /api/appointments`: the customer is invited by their own channel. */
export const NewAppointment = z
  .object({ conversation: Id, kind: z.enum(['home-visit', 'counter']).default('home-visit'), ...plan })
  .refine(inOrder, ORDER);
export type NewAppointment = z.input<typeof NewAppointment>;
/** `PUT /api/appointments/:id`: another time, place or person. */
export const ChangeAppointment = z.object(plan).refine(inOrder, ORDER);
export type ChangeAppointment = z.input<typeof ChangeAppointment>;

/** `GET /api/portal/appointment/:token`: what the customer sees. */
export const PortalAppointment = z.object({
  brand: z.string(),
  kind: Appointment.shape.kind,
  state: Appointment.shape.state,
  startsAt: Moment,
  endsAt: Moment,
  timeZone: z.string(),
  place: z.string(),
  technician: z.string().nullable(),
  language: z.string(),
});
export type PortalAppointment = z.infer<typeof PortalAppointment>;
/** `POST /api/portal/appointment/:token`: it suits, or another time is asked for. */
export const AnswerAppointment = z.object({ answer: z.enum(['confirm', 'change']), wish: z.string().trim().max(500).optional() });
export type AnswerAppointment = z.input<typeof AnswerAppointment>;
