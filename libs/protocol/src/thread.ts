import { DELIVERY_STATES } from '@claimline/messages';
import { z } from 'zod';
import { Attachment } from './attachments';
import { Cursor, Id, Limit, Moment } from './paging';

/** How far a message of ours has come, over all its recipients and attempts: the best news of each, the worst of all. */
export const DeliveryMark = z.object({
  state: z.enum(DELIVERY_STATES),
  /** Why, where it was not sent or failed. */
  reason: z.string().optional(),
});
export type DeliveryMark = z.infer<typeof DeliveryMark>;

/** One attempt to reach one recipient. */
export const DeliveryAttempt = z.object({
  id: Id,
  channel: z.string(),
  to: z.string(),
  attempt: z.number(),
  state: DeliveryMark.shape.state,
  reason: z.string().nullable(),
  vendorCode: z.string().nullable(),
  at: Moment,
});
export type DeliveryAttempt = z.infer<typeof DeliveryAttempt>;

export const MESSAGE_KINDS = ['text', 'note', 'call', 'letter', 'visit', 'notice'] as const;

/** Kinds of numbers that no thread shows. */
export const SENSITIVE_KINDS = ['card', 'account', 'national-id'] as const;
/** Why a person sends one all the same. `not-sensitive`: it is none, the hub is mistaken. */
export const SENSITIVE_REASONS = ['own-account', 'customer-asked', 'not-sensitive'] as const;
export type SensitiveReason = (typeof SENSITIVE_REASONS)[number];

/** One entry of a thread. */
export const Message = z.object({
  id: Id,
  direction: z.enum(['inbound', 'outbound', 'internal']),
  kind: z.enum(MESSAGE_KINDS),
  /** The channel kind, e.g. `twilio-sms`; null for notes. */
  channel: z.string().nullable(),
  /** Address value, e.g. E.164; null for notes. */
  from: z.string().nullable(),
  fromName: z.string().nullable(),
  to: z.array(z.string()),
  cc: z.array(z.string()),
  subject: z.string().nullable(),
  text: z.string(),
  /** Quoted history of a mail, folded. */
  quoted: z.string().nullable(),
  /** Whether `GET /api/messages/:id/html` has the sanitised mail. */
  html: z.boolean(),
  /** Numbers that were taken out of the words, by kind; `POST /api/messages/:id/reveal` shows them to those who may. */
  masked: z.array(z.enum(SENSITIVE_KINDS)).optional(),
  attachments: z.array(Attachment),
  delivery: DeliveryMark.nullable(),
  attempts: z.array(DeliveryAttempt),
  author: z.object({ id: Id, name: z.string() }).nullable(),
  /** For calls: how it went. */
  call: z.object({ outcome: z.string(), seconds: z.number().nullable(), missed: z.boolean() }).nullable(),
  /** For notices: which, and why it was sent. */
  notice: z.object({ id: Id, code: z.string(), claim: z.string() }).nullable(),
  /** Provider's time, by which the thread is ordered. */
  at: Moment,
});
export type Message = z.infer<typeof Message>;

/** A fact about the conversation, shown in the thread between messages: assigned, linked, snoozed, claim moved, opted out. */
export const ThreadFact = z.object({
  id: Id,
  type: z.string(),
  at: Moment,
  actor: z.string().nullable(),
  params: z.record(z.string(), z.unknown()),
});
export type ThreadFact = z.infer<typeof ThreadFact>;

/** `GET /api/conversations/:id/messages`: newest page first, items oldest to newest. `after` reads what was added after a `position` that an earlier answer gave. */
export const ThreadQuery = z.object({ limit: Limit, before: Cursor.optional(), after: z.coerce.number().int().min(0).optional() });
export type ThreadQuery = z.infer<typeof ThreadQuery>;
export const Thread = z.object({
  items: z.array(Message),
  /** Facts that happened within the time of this page. */
  facts: z.array(ThreadFact),
  /** Cursor to the page before (older); null at the beginning. */
  next: Cursor.nullable(),
  /** Position of the event log that this page shows; handed back as `seen` with a reply. */
  position: z.number(),
});
export type Thread = z.infer<typeof Thread>;

/** `POST /api/conversations/:id/messages`: answer, or note. */
export const SendMessage = z.object({
  text: z.string().max(50_000).default(''),
  kind: z.enum(['reply', 'note']).default('reply'),
  /** Channel kind; the customer's last one when left out. */
  channel: z.string().max(40).optional(),
  /** Address values; the customer's address on that channel when left out. */
  to: z.array(z.string().max(320)).max(20).optional(),
  cc: z.array(z.string().max(320)).max(20).optional(),
  subject: z.string().max(300).optional(),
  attachments: z.array(Id).max(20).optional(),
  /** A template's code; its text is rendered by the hub where `text` is empty. */
  template: z.string().max(80).optional(),
  /** Why an account, card or identity number is sent; without a reason such words are refused (`sensitive-number`). */
  sensitive: z.enum(SENSITIVE_REASONS).optional(),
  /** The position of the thread that the writer saw. Stale → 409 `thread-moved`. */
  seen: z.number().int().min(0).optional(),
});
export type SendMessage = z.input<typeof SendMessage>;

/** `POST /api/messages/:id/reveal`: why somebody has to see what was masked. It is written into the audit, by its code. */
export const REVEAL_REASONS = ['verify-payee', 'correct-record', 'fraud-check', 'legal'] as const;
export const RevealMessage = z.object({ reason: z.enum(REVEAL_REASONS) });
export const RevealedMessage = z.object({ text: z.string(), subject: z.string().nullable(), quoted: z.string().nullable() });
export type RevealedMessage = z.infer<typeof RevealedMessage>;

/** `POST /api/conversations`: write first, to a contact or to a party of a claim. */
export const WriteFirst = z
  .object({
    contact: Id.optional(),
    claim: z.string().max(60).optional(),
    party: Id.optional(),
    channel: z.string().max(40),
    to: z.string().max(320).optional(),
    subject: z.string().max(300).optional(),
    text: z.string().min(1).max(50_000),
    attachments: z.array(Id).max(20).optional(),
    template: z.string().max(80).optional(),
  })
  .refine((first) => first.contact ?? (first.claim && first.party), { message: 'name a contact, or a claim and its party' });
export type WriteFirst = z.input<typeof WriteFirst>;
