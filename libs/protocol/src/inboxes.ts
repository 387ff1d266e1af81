import { z } from 'zod';
import { Id, Moment } from './paging';

/** One configured line. `GET /api/inboxes`. Secrets never come back; `secretFields` says which are set. */
export const Inbox = z.object({
  id: Id,
  kind: z.string(),
  title: z.string(),
  name: z.string(),
  address: z.string(),
  state: z.enum(['active', 'stopped']),
  stoppedReason: z.string().nullable(),
  webhookUrl: z.string(),
  config: z.record(z.string(), z.unknown()),
  secretFields: z.array(z.string()),
  lastInboundAt: Moment.nullable(),
});
export type Inbox = z.infer<typeof Inbox>;
export const Inboxes = z.object({ items: z.array(Inbox) });

/** One field of a channel's form, drawn from its schema. */
export const ChannelField = z.object({ name: z.string(), title: z.string(), description: z.string(), type: z.enum(['text', 'number', 'boolean', 'choice', 'secret']), required: z.boolean(), choices: z.array(z.string()), default: z.unknown() });
/** `GET /api/channel-kinds`. */
export const ChannelKinds = z.object({ items: z.array(z.object({ kind: z.string(), title: z.string(), fields: z.array(ChannelField) })) });
export type ChannelKinds = z.infer<typeof ChannelKinds>;

/** `POST /api/inboxes`, and `PATCH /api/inboxes/:id` with any part of it. */
export const CreateInbox = z.object({ kind: z.string().max(40), name: z.string().min(1).max(100), region: z.string().length(2).default('US'), config: z.record(z.string(), z.unknown()), secrets: z.record(z.string(), z.string()) });
export type CreateInbox = z.input<typeof CreateInbox>;
/** `POST /api/inboxes/:id/check`. */
export const InboxCheck = z.object({ ok: z.boolean(), detail: z.string(), field: z.string().optional() });
export type InboxCheck = z.infer<typeof InboxCheck>;
