import { z } from 'zod';
import { Cursor, Id, Limit, Moment, page } from './paging';

/** "Next step by": what a customer was told to expect. */
export const CustomerPromise = z.object({
  id: Id,
  /** A code of the claim core (`inspection`), or the words of whoever promised it. */
  step: z.string(),
  source: z.enum(['claim-core', 'person']),
  claim: z.string().nullable(),
  conversationId: Id.nullable(),
  contact: z.object({ id: Id, name: z.string() }).nullable(),
  owner: z.object({ id: Id, name: z.string() }).nullable(),
  due: Moment,
  /** `broken` stays broken; with `settledAt` it was kept late. */
  state: z.enum(['open', 'kept', 'broken', 'canceled']),
  createdAt: Moment,
  settledAt: Moment.nullable(),
});
export type CustomerPromise = z.infer<typeof CustomerPromise>;

/** `GET /api/promises`: nearest first. `today`: open ones that are due by the end of the brand's day. `broken`: their time has passed and nobody kept them. */
export const PromiseQuery = z.object({
  view: z.enum(['today', 'open', 'broken', 'all']).default('today'),
  whose: z.enum(['mine', 'all']).default('mine'),
  conversation: Id.optional(),
  claim: z.string().max(60).optional(),
  limit: Limit,
  before: Cursor.optional(),
});
export const PromisePage = page(CustomerPromise);
export type PromisePage = z.infer<typeof PromisePage>;

/** `POST /api/promises`: about a conversation, or about a claim. */
export const MakePromise = z.object({
  step: z.string().trim().min(1).max(200),
  due: Moment,
  conversation: Id.optional(),
  claim: z.string().max(60).optional(),
});
export type MakePromise = z.infer<typeof MakePromise>;

/** `GET|PUT /api/settings/aftercare`. */
export const AftercareTerms = z.object({
  /** Working days after which somebody is called whose claim has ended. */
  callbackDays: z.number().int().min(1).max(60),
  /** Days without a word of ours after which an open claim has gone quiet. */
  quietDays: z.number().int().min(1).max(365),
});
export type AftercareTerms = z.infer<typeof AftercareTerms>;
