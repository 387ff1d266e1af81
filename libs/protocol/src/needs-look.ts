import { z } from 'zod';
import { Id, Moment, page, PageQuery } from './paging';

/** Something from outside that could not be read or placed; kept whole, to be replayed. `GET /api/needs-look`. */
export const NeedsLookItem = z.object({
  id: Id,
  inbox: z.object({ id: Id, name: z.string(), kind: z.string() }).nullable(),
  /** `malformed`, `unknown-line`, `unreadable-mail`, `parked-event`, `claim-anomaly`, `unknown-stage`. */
  reason: z.string(),
  detail: z.string(),
  /** The first 2,000 characters of what came, for a person's eyes. */
  excerpt: z.string(),
  receivedAt: Moment,
  state: z.enum(['open', 'replayed', 'dismissed']),
});
export type NeedsLookItem = z.infer<typeof NeedsLookItem>;
export const NeedsLookQuery = PageQuery;
export const NeedsLookPage = page(NeedsLookItem);
export type NeedsLookPage = z.infer<typeof NeedsLookPage>;
/** `POST /api/needs-look/:id/replay` and `/dismiss`. */
export const ReplayAnswer = z.object({ outcome: z.enum(['replayed', 'still-failing', 'dismissed']), detail: z.string().optional() });
export type ReplayAnswer = z.infer<typeof ReplayAnswer>;
