import { z } from 'zod';

/** Every code that an error may carry, with the HTTP status that goes with it. Browsers translate codes, never texts. */
export const ERROR_STATUS = {
  'bad-request': 400,
  'not-signed-in': 401,
  'wrong-credentials': 401,
  'not-allowed': 403,
  'own-approval': 403,
  'wrong-origin': 403,
  'not-found': 404,
  'link-wrong': 404,
  'link-expired': 410,
  'link-used': 410,
  'step-up-needed': 403,
  'method-not-allowed': 405,
  'thread-moved': 409,
  'request-in-flight': 409,
  'already-exists': 409,
  'already-held': 409,
  'supplement-once': 409,
  'edge-not-allowed': 409,
  'complaint-step-refused': 409,
  'already-taken': 409,
  'contacts-not-mergeable': 409,
  'already-there': 409,
  'last-administrator': 409,
  'nothing-to-undo': 409,
  'conversation-open-elsewhere': 409,
  'too-large': 413,
  'unsupported-type': 415,
  'possible-duplicate': 409,
  'report-closed': 409,
  'report-incomplete': 422,
  'loss-in-future': 422,
  invalid: 422,
  'idempotency-key-reused': 422,
  'no-address-for-channel': 422,
  'channel-not-able': 422,
  'no-own-phone': 422,
  'no-phone-line': 422,
  'no-mailroom': 422,
  'no-counter': 422,
  'recipient-blocked': 422,
  'address-too-new': 422,
  'sensitive-number': 422,
  'window-closed': 422,
  'template-incomplete': 422,
  'too-many-requests': 429,
  unauthentic: 401,
  malformed: 400,
  internal: 500,
  unavailable: 503,
} as const;
export type ErrorCode = keyof typeof ERROR_STATUS;

/** The body of every error (RFC 9457, `application/problem+json`). */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.string() as unknown as z.ZodType<ErrorCode>,
  /** What the text speaks of: a field, a limit, a position. */
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  /** For `invalid`: which field, and what is wrong with it. */
  fields: z.array(z.object({ path: z.string(), problem: z.string() })).optional(),
  requestId: z.string(),
});
export type Problem = z.infer<typeof Problem>;
