import { z } from 'zod';
import { Id, Moment } from './paging';
import { PolicyCandidate } from './reports';

/** `GET /api/hotline?q=`: a plate, a policy number, a claim number, a name, the end of a phone number. */
export const HotlineQuery = z.object({ q: z.string().trim().min(2).max(100) });

/** A claim as somebody on the phone needs it: where it stands, what comes next, what was said last. */
export const HotlineClaim = z.object({
  number: z.string(),
  stage: z.string(),
  subStatus: z.string().nullable(),
  line: z.string(),
  who: z.string(),
  plate: z.string().nullable(),
  policyNumber: z.string().nullable(),
  handler: z.string().nullable(),
  nextStep: z.string().nullable(),
  promisedBy: z.string().nullable(),
  last: z
    .object({
      text: z.string(),
      direction: z.enum(['inbound', 'outbound', 'internal']),
      channel: z.string(),
      at: Moment,
      conversationId: Id,
    })
    .nullable(),
});
export type HotlineClaim = z.infer<typeof HotlineClaim>;

/** Everything that a caller may mean, at once. */
export const HotlineAnswer = z.object({
  claims: z.array(HotlineClaim),
  policies: z.array(PolicyCandidate),
  /** The policy system did not answer. */
  policyProblem: z.string().nullable(),
  customers: z.array(z.object({ id: Id, name: z.string(), address: z.string().nullable(), claims: z.number() })),
});
export type HotlineAnswer = z.infer<typeof HotlineAnswer>;
