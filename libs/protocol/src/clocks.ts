import { z } from 'zod';
import { Id, Moment } from './paging';

/** A service clock with everything that is known of it. */
export const ServiceClock = z.object({
  id: Id,
  policy: z.string(),
  conversationId: Id.nullable(),
  state: z.enum(['running', 'paused', 'met', 'breached', 'canceled']),
  startedAt: Moment,
  deadline: Moment,
  warnAt: Moment.nullable(),
  pauses: z.array(z.object({ from: Moment, to: Moment, evidence: z.string(), resumedBy: z.string() })),
  endedAt: Moment.nullable(),
});
export type ServiceClock = z.infer<typeof ServiceClock>;

/** `POST /api/clocks/:id/pause` and `…/resume`: what proves it, e.g. the notice that asked for papers, the mail that brought them. */
export const ClockEvidence = z.object({ evidence: z.string().min(3).max(300) });
/** `POST /api/clocks/:id/extend`, by a supervisor. */
export const ExtendClock = z.object({ until: Moment, reason: z.string().min(3).max(300) });
