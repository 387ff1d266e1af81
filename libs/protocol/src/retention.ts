import { z } from 'zod';

/** `GET|PUT /api/settings/retention`. Only a setting may make less of what came in; messages and claims are not under it. */
export const RetentionTerms = z.object({
  /** Months for which what came in is kept as it came, sealed. */
  journalMonths: z.number().int().min(1).max(600),
  /** Days for which events are kept in the log; consoles that were away for longer read everything anew. */
  eventDays: z.number().int().min(7).max(3650),
});
export type RetentionTerms = z.infer<typeof RetentionTerms>;
