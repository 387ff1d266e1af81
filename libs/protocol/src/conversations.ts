import { z } from 'zod';
import { Cursor, Id, Limit, Moment, page } from './paging';

/** The lists of the inbox. `todo` is everything that waits for me, nearest deadline first. */
export const VIEWS = ['todo', 'mine', 'unassigned', 'to-file', 'snoozed', 'resolved', 'quiet', 'all'] as const;
export const View = z.enum(VIEWS);
export type View = z.infer<typeof View>;

export const STATUSES = ['open', 'snoozed', 'resolved'] as const;

const Person = z.object({ id: Id, name: z.string() });

/** One row of the inbox. */
export const ConversationItem = z.object({
  id: Id,
  contact: Person.extend({ kind: z.enum(['person', 'organisation', 'gateway']) }),
  /** Channel kind of the customer's last message (or ours, where they never wrote). */
  channel: z.string(),
  claim: z.object({ number: z.string(), stage: z.string(), line: z.string() }).nullable(),
  assignee: Person.nullable(),
  team: z.object({ id: Id, name: z.string() }).nullable(),
  status: z.enum(STATUSES),
  snoozedUntil: Moment.nullable(),
  subject: z.string().nullable(),
  /** Last words, at most 160 characters. */
  preview: z.string(),
  previewDirection: z.enum(['inbound', 'outbound', 'internal']),
  lastMessageAt: Moment,
  /** Messages of the customer that I have not seen. */
  unread: z.number(),
  /** The nearest deadline of all its clocks and tasks. */
  nextDue: z.object({ at: Moment, kind: z.string(), breached: z.boolean() }).nullable(),
  /** Words for chips: `new-loss`, `motor`, `zh`, `vulnerable`, `opted-out`, `who-is-writing`, `which-claim`, `automatic`. */
  labels: z.array(z.string()),
  /** In which language this customer is spoken to: as they or a person chose, else as they write. */
  language: z.enum(['en', 'zh-CN']),
  /** Whether the customer's last message waits for an answer. */
  awaitingReply: z.boolean(),
  /** Position of the last event of this conversation. */
  position: z.number(),
});
export type ConversationItem = z.infer<typeof ConversationItem>;

/** What a list may be narrowed by; all of it together. */
export const ConversationFilter = z.object({
  label: z.string().max(60).optional(),
  /** Line of business of the claim, or of what the customer's words suggest. */
  line: z.string().max(40).optional(),
  /** An account, `me`, `none`, or `absent`: whoever has it, or would have it as the claim's handler, is away now. */
  assignee: z.union([Id, z.literal('me'), z.literal('none'), z.literal('absent')]).optional(),
  /** Open ones whose nearest deadline has passed, comes within the hour, or later today (by the brand's clock). */
  due: z.enum(['overdue', 'hour', 'today']).optional(),
  language: z.string().max(20).optional(),
  /** Tag of a catastrophe: its claims, and messages whose words name it. */
  catastrophe: z.string().max(60).optional(),
  /** Only those whose customer waits for an answer. */
  awaiting: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .or(z.boolean())
    .optional(),
});
export type ConversationFilter = z.output<typeof ConversationFilter>;

/** `GET /api/conversations`: the inbox, and its search with `q`. */
export const ConversationQuery = ConversationFilter.extend({
  q: z.string().max(200).optional(),
  view: View.default('all'),
  limit: Limit,
  before: Cursor.optional(),
});
export type ConversationQuery = z.infer<typeof ConversationQuery>;
export const ConversationPage = page(ConversationItem);
export type ConversationPage = z.infer<typeof ConversationPage>;

/** `GET /api/conversations/counts`: how many in each view, for me. */
export const ViewCounts = z.object({ views: z.record(View, z.number()), needsLook: z.number(), tasks: z.number() });
export type ViewCounts = z.infer<typeof ViewCounts>;

/** `GET /api/conversations/:id`: the row with what the thread's header and side panel need. */
export const Conversation = ConversationItem.extend({
  openedAt: Moment,
  /** Mail of an organisation that nobody could place: each message of it is filed by a person. */
  toFile: z.boolean(),
  contactId: Id,
  party: z.object({ id: Id, role: z.string(), name: z.string() }).nullable(),
  /** Several people share the address: who is writing is not known, no claim detail may be told. */
  holders: z.array(Person),
  /** Open claims of this contact to choose from, with the reason why each is suggested. */
  suggestedClaims: z.array(z.object({ number: z.string(), stage: z.string(), line: z.string(), reason: z.string() })),
  clocks: z.array(
    z.object({
      id: Id,
      policy: z.string(),
      deadline: Moment,
      startedAt: Moment,
      state: z.enum(['running', 'paused', 'met', 'breached', 'canceled']),
    }),
  ),
  draft: z.object({ text: z.string(), kind: z.enum(['reply', 'note']), channel: z.string().nullable(), updatedAt: Moment }).nullable(),
  others: z.array(z.object({ id: Id, claim: z.string().nullable(), status: z.enum(STATUSES), lastMessageAt: Moment, preview: z.string() })),
  /** The last position this person has read. */
  readPosition: z.number(),
});
export type Conversation = z.infer<typeof Conversation>;

/** `POST /api/conversations/:id/assign`: to a person, or to nobody (back to the router). */
export const Assign = z.object({ assignee: Id.nullable() });
/** `POST /api/conversations/:id/snooze`. The next message of the customer wakes it. */
export const Snooze = z.object({ until: Moment });
/** `POST /api/conversations/:id/link`: to a claim and optionally one of its parties; null unlinks. */
export const Link = z.object({ claim: z.string().max(60).nullable(), party: Id.optional() });
/** `POST /api/conversations/:id/holder`: who of several holders is writing. */
export const ChooseHolder = z.object({ contact: Id });
/** `POST /api/conversations/:id/holder/code`: where the code went, masked. */
export const HolderCodeSent = z.object({ to: z.string() });
/** `PUT /api/conversations/:id/draft`. */
export const SaveDraft = z.object({
  text: z.string().max(50_000),
  kind: z.enum(['reply', 'note']).default('reply'),
  channel: z.string().max(40).nullable().default(null),
});
export type SaveDraft = z.input<typeof SaveDraft>;
/** `POST /api/conversations/:id/read`: seen up to this position. */
export const MarkRead = z.object({ position: z.number().int().min(0) });
/** `POST /api/conversations/:id/call`: my phone rings, then the customer's. */
export const StartCall = z.object({ to: z.string().max(40).optional() });
