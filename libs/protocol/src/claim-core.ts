import { z } from 'zod';
import { Cursor, Id, Limit, Moment, page, PageQuery } from './paging';

/** `GET /api/claim-core`: where the claim core listens, and where a person reads a claim in it (`{number}` stands for the claim's number). */
export const ClaimCoreSettings = z.object({ url: z.string().nullable(), hasSecret: z.boolean(), claimPage: z.string().nullable() });
export type ClaimCoreSettings = z.infer<typeof ClaimCoreSettings>;

/** `PUT /api/claim-core`: its address, the pages of its claims, and the secret by which it knows us (Standard Webhooks); without one it stays, or the first is made. */
export const SetClaimCore = z.object({
  url: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .nullable(),
  secret: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/)
    .optional(),
  /** Without one it stays; null takes it away. */
  claimPage: z
    .url({ protocol: /^https?$/ })
    .regex(/\{number\}/)
    .max(500)
    .nullable()
    .optional(),
});
export type SetClaimCore = z.infer<typeof SetClaimCore>;
/** The answer: a secret that was made is shown this once. */
export const ClaimCoreSaved = ClaimCoreSettings.extend({ secret: z.string().nullable() });
export type ClaimCoreSaved = z.infer<typeof ClaimCoreSaved>;

/** One thing that the claim core was told, and how the telling went. */
export const ClaimCoreDelivery = z.object({
  id: Id,
  type: z.string(),
  subject: z.string(),
  /** `to-be-pulled`: there was no address, the claim core asks for it. */
  state: z.enum(['due', 'delivered', 'failed', 'to-be-pulled']),
  attempts: z.number(),
  lastStatus: z.number().nullable(),
  problem: z.string().nullable(),
  triedAt: Moment.nullable(),
  deliveredAt: Moment.nullable(),
  at: Moment,
});
export type ClaimCoreDelivery = z.infer<typeof ClaimCoreDelivery>;
/** `GET /api/claim-core/deliveries`: newest first. */
export const ClaimCoreDeliveryQuery = PageQuery;
export const ClaimCoreDeliveryPage = page(ClaimCoreDelivery);
export type ClaimCoreDeliveryPage = z.infer<typeof ClaimCoreDeliveryPage>;

/** `GET /api/claim-core/events?after=`: oldest first; `next` is where to go on, also on the last page. */
export const ClaimCoreFeedQuery = z.object({ after: Cursor.regex(/^\d{1,18}$/).default('0'), limit: Limit });
export const ClaimCoreFeed = z.object({
  items: z.array(
    z.object({
      specversion: z.literal('1.0'),
      id: Id,
      source: z.string(),
      type: z.string(),
      subject: z.string(),
      time: Moment,
      datacontenttype: z.literal('application/json'),
      data: z.record(z.string(), z.unknown()),
    }),
  ),
  next: Cursor,
});
export type ClaimCoreFeed = z.infer<typeof ClaimCoreFeed>;
