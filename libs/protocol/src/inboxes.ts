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
  /** Messages per second at most; null: as fast as the vendor takes them. */
  sendsPerSecond: z.number().nullable().optional(),
  /** Why it cannot be opened at all, e.g. settings of an older build; such an inbox neither sends nor receives. */
  problem: z.string().nullable().optional(),
});
export type Inbox = z.infer<typeof Inbox>;
export const Inboxes = z.object({ items: z.array(Inbox) });

/** One field of a channel's form, drawn from its schema. */
export const ChannelField = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  type: z.enum(['text', 'number', 'boolean', 'choice', 'secret']),
  required: z.boolean(),
  choices: z.array(z.string()),
  default: z.unknown(),
});
/** `GET /api/channel-kinds`. */
export const ChannelKinds = z.object({ items: z.array(z.object({ kind: z.string(), title: z.string(), fields: z.array(ChannelField) })) });
export type ChannelKinds = z.infer<typeof ChannelKinds>;

/** `POST /api/inboxes`. Names of settings in a group are `group.name`, as `GET /api/channel-kinds` gives them; nested ones are taken too. */
export const CreateInbox = z.object({
  kind: z.string().max(40),
  name: z.string().min(1).max(100),
  region: z.string().length(2).default('US'),
  config: z.record(z.string(), z.unknown()),
  secrets: z.record(z.string(), z.string()),
});
export type CreateInbox = z.input<typeof CreateInbox>;
/** `PATCH /api/inboxes/:id`. `config` replaces all settings, `secrets` only those that are given. Whoever mends settings also starts the inbox again. */
export const UpdateInbox = z.object({
  name: z.string().min(1).max(100).optional(),
  region: z.string().length(2).optional(),
  config: z.record(z.string(), z.unknown()).optional(),
  secrets: z.record(z.string(), z.string()).optional(),
  state: z.enum(['active', 'stopped']).optional(),
  sendsPerSecond: z.number().positive().max(1000).nullable().optional(),
});
export type UpdateInbox = z.input<typeof UpdateInbox>;
/** `POST /api/messages/:id/resend`: send another way. Without a channel: the first other one that reaches the recipient. */
export const ResendMessage = z.object({ channel: z.string().max(40).optional(), to: z.string().max(320).optional() });
export type ResendMessage = z.input<typeof ResendMessage>;
/** `POST /api/inboxes/:id/check`. */
export const InboxCheck = z.object({ ok: z.boolean(), detail: z.string(), field: z.string().optional() });
export type InboxCheck = z.infer<typeof InboxCheck>;
