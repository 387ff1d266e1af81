import { z } from 'zod';
import { Id, Limit, Moment, page, Cursor } from './paging';

/** Something that a person has to do by a time. */
export const Task = z.object({
  id: Id,
  /** What kind of work: `callback`, `send-another-way`, `uncertain-send`, `inbox-stopped`, `undeliverable`, `review-opt-out`, `claim-anomaly`, `follow-up`. */
  kind: z.string(),
  reason: z.string().nullable(),
  params: z.record(z.string(), z.unknown()),
  claim: z.string().nullable(),
  conversationId: Id.nullable(),
  contact: z.object({ id: Id, name: z.string() }).nullable(),
  owner: z.object({ id: Id, name: z.string() }).nullable(),
  due: Moment,
  state: z.enum(['open', 'done', 'canceled']),
  outcome: z.string().nullable(),
  createdAt: Moment,
});
export type Task = z.infer<typeof Task>;

/** `GET /api/tasks`: what is open nearest due first, what is over the last one first. */
export const TaskQuery = z.object({
  view: z.enum(['mine', 'unowned', 'all']).default('mine'),
  state: z.enum(['open', 'done', 'canceled']).default('open'),
  /** Only those of this conversation and of the claim that it is about. */
  conversation: Id.optional(),
  /** Only those of this claim, by its number. */
  claim: z.string().max(60).optional(),
  limit: Limit,
  before: Cursor.optional(),
});
export const TaskPage = page(Task);
export type TaskPage = z.infer<typeof TaskPage>;

/** `POST /api/tasks`. */
export const CreateTask = z.object({
  kind: z.string().max(60).default('follow-up'),
  reason: z.string().max(500).optional(),
  conversation: Id.optional(),
  claim: z.string().max(60).optional(),
  owner: Id.optional(),
  due: Moment,
});
export type CreateTask = z.input<typeof CreateTask>;

/** `POST /api/tasks/:id/complete`. */
export const CompleteTask = z.object({
  outcome: z.string().min(1).max(200),
  note: z.string().max(2000).optional(),
  next: Moment.optional(),
});
export type CompleteTask = z.infer<typeof CompleteTask>;

/** `POST /api/tasks/:id/own`: to somebody, or (null) back to everybody. */
export const OwnTask = z.object({ owner: Id.nullable() });
/** `POST /api/tasks/:id/cancel`. */
export const CancelTask = z.object({ outcome: z.string().min(1).max(200) });
