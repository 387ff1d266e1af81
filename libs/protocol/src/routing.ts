import { z } from 'zod';
import { Id, Moment } from './paging';

/** `GET /api/conversations/:id/routing`: the stored decisions, newest first; what "Why me?" shows. */
export const RoutingDecision = z.object({
  id: Id,
  at: Moment,
  /** What made the router look: `arrived`, `presence`, `capacity`, `timer`, `handler-changed`, `person`. */
  cause: z.string(),
  chosen: z.object({ id: Id, name: z.string() }).nullable(),
  /** `claim-owner`, `co-handler`, `delegate`, `last-handler`, `skills`, `relaxed-skills`, `by-hand`, `queued`. */
  ring: z.string(),
  /** Reason codes in order of weight, with what they speak of. */
  reasons: z.array(z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })),
  excluded: z.array(z.object({ id: Id, name: z.string(), code: z.string() })),
  candidates: z.array(
    z.object({ id: Id, name: z.string(), ring: z.string(), skill: z.number(), load: z.number(), idleSeconds: z.number().nullable() }),
  ),
});
export type RoutingDecision = z.infer<typeof RoutingDecision>;
export const RoutingHistory = z.object({ items: z.array(RoutingDecision) });
export type RoutingHistory = z.infer<typeof RoutingHistory>;
