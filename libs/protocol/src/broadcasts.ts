import { z } from 'zod';
import { Id, Moment } from './paging';

/** Whom a broadcast is meant for: the owners of claims that fit all of it. */
export const BroadcastAudience = z
  .object({
    catastrophe: z.string().max(60).nullable().default(null),
    line: z.string().max(40).nullable().default(null),
    /** A region (`US-FL`) or a country. */
    jurisdiction: z.string().max(20).nullable().default(null),
    language: z.string().max(20).nullable().default(null),
    stage: z.string().max(40).nullable().default(null),
  })
  .refine((audience) => Object.values(audience).some((one) => one !== null), {
    message: 'names nobody: say at least one',
    path: ['catastrophe'],
  });
export type BroadcastAudience = z.output<typeof BroadcastAudience>;

/** `POST /api/broadcasts/preview` and, to ask for approval, `POST /api/broadcasts`. */
export const BroadcastWish = z.object({
  template: z.enum(['cat_safety', 'cat_update']),
  audience: BroadcastAudience,
  /** Only a matter of safety may go at any hour. */
  anyHour: z.boolean().default(false),
});
export const SubmitBroadcast = BroadcastWish.extend({
  name: z.string().trim().min(1).max(120),
  perHour: z.number().int().min(1).max(200_000).default(3600),
});
export type SubmitBroadcast = z.input<typeof SubmitBroadcast>;

const Reasons = z.record(z.string(), z.number());

/** Who would get what, and who would not and why. */
export const BroadcastPreview = z.object({
  total: z.number(),
  /** So many were looked at one by one; the first of the audience. */
  checked: z.number(),
  willGet: z.number(),
  /** Of those, how many hear it only after their quiet hours. */
  later: z.number(),
  notTold: Reasons,
  samples: z.array(z.object({ name: z.string(), claim: z.string(), channel: z.string(), language: z.string(), text: z.string() })),
  left: z.array(z.object({ name: z.string(), claim: z.string(), reason: z.string() })),
});
export type BroadcastPreview = z.infer<typeof BroadcastPreview>;

/** Every recipient in exactly one count; together they are the total. */
export const BroadcastCounts = z.object({
  total: z.number(),
  told: z.number(),
  sending: z.number(),
  held: Reasons,
  notTold: Reasons,
  waiting: z.number(),
  canceled: z.number(),
});
export type BroadcastCounts = z.infer<typeof BroadcastCounts>;

const Person = z.object({ id: Id, name: z.string() });

/** `GET /api/broadcasts/:id`. */
export const Broadcast = z.object({
  id: Id,
  name: z.string(),
  template: z.string(),
  audience: z.object({
    catastrophe: z.string().nullable(),
    line: z.string().nullable(),
    jurisdiction: z.string().nullable(),
    language: z.string().nullable(),
    stage: z.string().nullable(),
  }),
  perHour: z.number(),
  anyHour: z.boolean(),
  state: z.enum(['submitted', 'approved', 'running', 'paused', 'finished', 'canceled']),
  createdBy: Person,
  createdAt: Moment,
  approvedBy: Person.nullable(),
  startedAt: Moment.nullable(),
  endedAt: Moment.nullable(),
  counts: BroadcastCounts,
  /** While it runs: when the last one leaves at this rate. */
  lastAt: Moment.nullable(),
});
export type Broadcast = z.infer<typeof Broadcast>;
export const Broadcasts = z.object({ items: z.array(Broadcast) });

/** `GET /api/broadcasts/:id/recipients`: what became of whom; those who were not told first. */
export const BroadcastRecipients = z.object({
  items: z.array(
    z.object({ name: z.string(), claim: z.string(), state: z.string(), reason: z.string().nullable(), conversationId: Id.nullable() }),
  ),
});
