import { z } from 'zod';
import { ConversationFilter, View } from './conversations';
import { Id, Moment } from './paging';

/** What is done to each of many conversations. */
export const BulkAct = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('assign'), accountId: Id.nullable() }),
  z
    .object({
      kind: z.literal('tag'),
      add: z.array(z.string().trim().min(1).max(60)).max(20).default([]),
      remove: z.array(z.string().trim().min(1).max(60)).max(20).default([]),
    })
    .refine(({ add, remove }) => add.length + remove.length > 0, { message: 'names no label', path: ['add'] }),
  z
    .object({ kind: z.literal('reply'), template: z.string().max(60).optional(), text: z.string().trim().max(10_000).optional() })
    .refine(({ template, text }) => Boolean(template) !== Boolean(text), { message: 'a template or words, one of them', path: ['text'] }),
  z.object({ kind: z.literal('resolve') }),
  z.object({ kind: z.literal('snooze'), until: Moment }),
]);
export type BulkAct = z.infer<typeof BulkAct>;

/** Everything of one view. */
export const BulkFilter = ConversationFilter.extend({ view: View.default('all'), q: z.string().max(200).optional() });
export type BulkFilter = z.output<typeof BulkFilter>;

/** Which conversations: those named, or all that a view shows. */
export const BulkSelection = z
  .object({ ids: z.array(Id).min(1).max(5000).optional(), filter: BulkFilter.optional() })
  .refine(({ ids, filter }) => Boolean(ids) !== Boolean(filter), { message: 'ids or a filter, one of them', path: ['ids'] });
export type BulkSelection = z.infer<typeof BulkSelection>;

/** `POST /api/conversations/bulk`, and `…/bulk/preview` to see first what it would do. */
export const StartBulk = BulkSelection.safeExtend({ act: BulkAct });
export type StartBulk = z.input<typeof StartBulk>;

/** One line by which answers leave: how many wait there, and when the last of them is gone at its rate. */
export const SenderForecast = z.object({
  inboxId: Id,
  name: z.string(),
  channel: z.string(),
  count: z.number(),
  /** Messages a second that the line is set to; null: as fast as it takes them. */
  perSecond: z.number().nullable(),
  lastAt: Moment,
});
export type SenderForecast = z.infer<typeof SenderForecast>;

/** What a bulk run would do. */
export const BulkPreview = z.object({
  total: z.number(),
  /** The words as the first few would get them, or why they would not. */
  samples: z.array(z.object({ conversationId: Id, name: z.string(), text: z.string().nullable(), reason: z.string().nullable() })),
  senders: z.array(SenderForecast),
});
export type BulkPreview = z.infer<typeof BulkPreview>;

/** How far a run is. Every item is in exactly one of the counts; they add up to `total`. */
export const BulkCounts = z.object({
  waiting: z.number(),
  /** Done; of answers: left our house. */
  done: z.number(),
  /** Answers on their way. */
  sending: z.number(),
  /** Answers that wait for a better moment, by reason. */
  held: z.record(z.string(), z.number()),
  /** Nothing was done or sent, by reason. */
  refused: z.record(z.string(), z.number()),
  canceled: z.number(),
});

/** `GET /api/bulk-runs/:id`. */
export const BulkRun = z.object({
  id: Id,
  kind: z.enum(['assign', 'tag', 'reply', 'resolve', 'snooze', 'undo']),
  act: z.record(z.string(), z.unknown()),
  total: z.number(),
  state: z.enum(['running', 'finished', 'canceled']),
  counts: BulkCounts,
  senders: z.array(SenderForecast),
  by: z.object({ id: Id, name: z.string() }),
  at: Moment,
  endedAt: Moment.nullable(),
  /** It can be taken back, and has not been. */
  undoable: z.boolean(),
});
export type BulkRun = z.infer<typeof BulkRun>;
export const BulkRuns = z.object({ items: z.array(BulkRun) });

/** `GET /api/conversations/total`: how many a view shows with these filters. */
export const ConversationTotal = z.object({ total: z.number() });
