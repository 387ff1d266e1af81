import { z } from 'zod';
import { Id, Moment } from './paging';

const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day, HH:mm');

/** `GET|PUT /api/contacts/:id/preferences`: how a customer wants to be told. Times are of the customer's own zone. */
export const Preferences = z.object({
  channels: z.array(z.string().max(40)).max(20),
  anyHour: z.boolean(),
  quietFrom: Time,
  quietTo: Time,
});
export type Preferences = z.infer<typeof Preferences>;

/** One line of the consent ledger as it stands: the latest word on an address, a channel and a purpose. */
export const ConsentLine = z.object({
  address: z.object({ id: Id, value: z.string() }),
  channel: z.string(),
  purpose: z.enum(['service', 'informational', 'survey', 'electronic_notices']),
  state: z.enum(['granted', 'opted-out']),
  source: z.string(),
  since: Moment,
});
export type ConsentLine = z.infer<typeof ConsentLine>;

/** One act by which a consent changed: who said what, when, by which way, and what it changed. */
export const ConsentAct = z.object({
  at: Moment,
  state: ConsentLine.shape.state,
  /** `word`, `sentence`, `link`, `carrier`, `person`, `portal`. */
  source: z.string(),
  /** The colleague who wrote it down; null: the customer said it themselves. */
  by: z.string().nullable(),
  /** The customer's own words; null where there were none, or where this reader may not see them. */
  words: z.string().nullable(),
  /** What it changed. */
  changed: z.array(z.object({ address: z.string(), channel: z.string(), purposes: z.array(ConsentLine.shape.purpose) })),
  /** The wording that was agreed to. */
  textVersion: z.string().nullable(),
  /** Ids of what proves it: `messageId`, `deliveryId`, `link`, `by`. */
  evidence: z.record(z.string(), z.string()),
  conversationId: Id.nullable(),
});
export type ConsentAct = z.infer<typeof ConsentAct>;
export const ConsentHistory = z.object({ items: z.array(ConsentAct) });
export type ConsentHistory = z.infer<typeof ConsentHistory>;
/** `GET /api/contacts/:id/consent/export?format=`. */
export const ConsentExport = z.object({ format: z.enum(['csv', 'json']).default('csv') });

/** `GET /api/contacts/:id/consent`: how things stand, and how they came to stand so, newest first. */
export const ConsentLines = z.object({ items: z.array(ConsentLine), history: z.array(ConsentAct) });
export type ConsentLines = z.infer<typeof ConsentLines>;

/** `POST /api/contacts/:id/consent`: what a customer said to a person or signed. */
export const NoteConsent = z.object({
  address: Id,
  channel: z.string().max(40),
  purpose: ConsentLine.shape.purpose,
  state: ConsentLine.shape.state,
  /** The message in which the customer said it. */
  message: Id.optional(),
});
export type NoteConsent = z.infer<typeof NoteConsent>;

/** `GET /api/notices/:id`: "Why?" Event, rule, template, consent, attempts and proof of one notice. */
export const NoticeWhy = z.object({
  id: Id,
  code: z.string(),
  claim: z.string(),
  state: z.enum(['planned', 'sending', 'told', 'not-sent']),
  reason: z.string().nullable(),
  who: z.string().nullable(),
  event: z.object({ id: Id, stage: z.string(), subStatus: z.string().nullable(), at: Moment }),
  rule: z.object({ code: z.string(), class: z.enum(['C', 'I', 'S']), chain: z.array(z.string()) }),
  template: z.object({ code: z.string(), language: z.string(), version: z.number() }).nullable(),
  consent: z.array(z.object({ channel: z.string(), purpose: z.string(), state: z.string(), since: Moment })),
  skipped: z.array(z.object({ channel: z.string(), reason: z.string() })),
  attempts: z.array(z.object({ channel: z.string(), state: z.string(), reason: z.string().nullable(), at: Moment })),
  proof: z.object({ channel: z.string(), state: z.string(), at: Moment }).nullable(),
  heldUntil: Moment.nullable(),
  /** Milliseconds from the change to the proof. */
  tellMs: z.number().nullable(),
});
export type NoticeWhy = z.infer<typeof NoticeWhy>;
