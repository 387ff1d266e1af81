import { z } from 'zod';
import { ConversationItem } from './conversations';
import { Id, Moment } from './paging';

export const PERIL_NAMES = ['hail', 'flood', 'windstorm', 'wildfire', 'earthquake', 'freeze', 'other'] as const;

const fields = {
  name: z.string().trim().min(1).max(120),
  peril: z.enum(PERIL_NAMES),
  area: z.string().trim().max(200),
  jurisdictions: z.array(z.string().trim().min(2).max(20)).max(50),
  lines: z.array(z.string().trim().min(1).max(40)).max(20),
  startsOn: z.iso.date(),
  endsOn: z.iso.date().nullable(),
  words: z.array(z.string().trim().min(1).max(60)).max(30),
  byRule: z.boolean(),
};

/** What stands at an event that brings many claims. */
export const CatastropheFigures = z.object({
  claims: z.number(),
  /** Open conversations of it, and those whose customers wait for an answer. */
  open: z.number(),
  waiting: z.number(),
  /** Somebody is hurt and waits for an answer. */
  injuries: z.number(),
  duplicates: z.number(),
  /** Claims to whose people something of ours has gone out since it began, and those to whose people nothing has. */
  told: z.number(),
  notTold: z.number(),
});

/** `GET /api/catastrophes`. */
export const Catastrophe = z.object({
  id: Id,
  tag: z.string(),
  ...fields,
  state: z.enum(['open', 'closed']),
  createdAt: Moment,
  figures: CatastropheFigures,
});
export type Catastrophe = z.infer<typeof Catastrophe>;

/** `POST /api/catastrophes`. */
export const EnterCatastrophe = z.object({
  tag: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9][A-Za-z0-9-]{1,39}$/, 'letters, digits and dashes'),
  ...fields,
  area: fields.area.default(''),
  jurisdictions: fields.jurisdictions.default([]),
  lines: fields.lines.default([]),
  endsOn: fields.endsOn.default(null),
  words: fields.words.default([]),
  byRule: z.boolean().default(true),
});
export type EnterCatastrophe = z.input<typeof EnterCatastrophe>;

/** `PATCH /api/catastrophes/:id`. */
export const ChangeCatastrophe = z.object({ ...fields, state: z.enum(['open', 'closed']) }).partial();
export type ChangeCatastrophe = z.infer<typeof ChangeCatastrophe>;

/** `POST /api/catastrophes/:id/claims`: these claims belong to it, or do not. */
export const TagClaims = z.object({ claims: z.array(z.string().max(60)).min(1).max(5000), belong: z.boolean().default(true) });
export const TaggedClaims = z.object({ changed: z.number() });

/** The acknowledgement of a surge. `GET|PUT /api/surge`. */
export const SurgeState = z.object({
  on: z.boolean(),
  since: Moment.nullable(),
  by: z.object({ id: Id, name: z.string() }).nullable(),
  brands: z.array(Id),
  channels: z.array(z.string()),
  catastrophe: z.string().nullable(),
  /** What the next customer is told: hours until a person answers; null: too long to say anything honest. */
  waitHours: z.number().nullable(),
  /** Customers who wait for an answer now. */
  waiting: z.number(),
  /** Conversations acknowledged since it was switched on. */
  acknowledged: z.number(),
});
export type SurgeState = z.infer<typeof SurgeState>;
export const SwitchSurge = z.object({
  on: z.boolean(),
  brands: z.array(Id).max(50).default([]),
  channels: z.array(z.string().max(40)).max(50).default([]),
  catastrophe: z.string().max(60).nullable().default(null),
});
export type SwitchSurge = z.input<typeof SwitchSurge>;
export const Catastrophes = z.object({ items: z.array(Catastrophe), surge: SurgeState });
export type Catastrophes = z.infer<typeof Catastrophes>;

const Reason = { reason: z.enum(['policy', 'plate', 'phone']), value: z.string() };
/** `GET /api/duplicates?catastrophe=`: conversations that may be about one loss, and by what; the end of a number is enough to compare. */
export const DuplicateGroups = z.object({ items: z.array(z.object({ ...Reason, conversations: z.array(ConversationItem) })) });
export type DuplicateGroups = z.infer<typeof DuplicateGroups>;
/** `GET /api/conversations/:id/duplicates`. */
export const PossibleDuplicates = z.object({ items: z.array(z.object({ ...Reason, conversation: ConversationItem })) });
export type PossibleDuplicates = z.infer<typeof PossibleDuplicates>;
/** `POST /api/conversations/:id/duplicates`: the same loss as that one, or another. */
export const JudgeDuplicate = z.object({ other: Id, verdict: z.enum(['same', 'different']) });
export type JudgeDuplicate = z.infer<typeof JudgeDuplicate>;
