import { z } from 'zod';
import { Cursor, Id, Limit, Moment, page } from './paging';
import { SendMessage } from './thread';

export const SCHEDULED_SEND_STATES = ['waiting', 'held', 'sent', 'canceled'] as const;

/** A reply that leaves later. */
export const ScheduledSend = z.object({
  id: Id,
  conversationId: Id,
  contact: z.object({ id: Id, name: z.string() }),
  claim: z.string().nullable(),
  text: z.string(),
  /** Channel kind; null: the customer's last at that time. */
  channel: z.string().nullable(),
  template: z.string().nullable(),
  files: z.number(),
  sendAt: Moment,
  state: z.enum(SCHEDULED_SEND_STATES),
  /** Why it is held: `thread-moved`, or what kept it from being sent. */
  reason: z.string().nullable(),
  author: z.object({ id: Id, name: z.string() }),
  /** Who answers for it now; null: everybody. */
  owner: z.object({ id: Id, name: z.string() }).nullable(),
});
export type ScheduledSend = z.infer<typeof ScheduledSend>;
export const ScheduledSends = page(ScheduledSend);
export type ScheduledSends = z.infer<typeof ScheduledSends>;

/** `POST /api/conversations/:id/scheduled`: a reply as it would be sent now, and when. */
export const ScheduleMessage = SendMessage.omit({ kind: true }).extend({ sendAt: Moment });
export type ScheduleMessage = z.input<typeof ScheduleMessage>;

/** `PATCH /api/scheduled/:id`: other words or another time. Who changes it has seen the thread as it is. */
export const ChangeScheduled = z
  .object({ text: z.string().max(50_000).optional(), sendAt: Moment.optional() })
  .refine(({ text, sendAt }) => text !== undefined || sendAt !== undefined, { message: 'name other words or another time' });
export type ChangeScheduled = z.input<typeof ChangeScheduled>;

/** `GET /api/scheduled`: nearest first. `all` is for those who supervise. */
export const ScheduledQuery = z.object({ view: z.enum(['mine', 'all']).default('mine'), limit: Limit, before: Cursor.optional() });
