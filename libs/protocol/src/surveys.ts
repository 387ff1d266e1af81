import { z } from 'zod';
import { Moment } from './paging';

const Score = z.number().int().min(1).max(5);
const Day = z.iso.date();
/** All five answers, 1 (very dissatisfied) to 5 (very satisfied). `overall` is a question of its own. */
export const SurveyScores = z.object({ overall: Score, process: Score, attitude: Score, efficiency: Score, outcome: Score });
export type SurveyScores = z.infer<typeof SurveyScores>;

/** `POST /api/portal/survey/:token/answers`: what a customer taps on the page; `POST /api/surveys/:id/phone`: what they told who called. */
export const GiveSurveyAnswers = z.object({ scores: SurveyScores, comment: z.string().trim().max(2000).optional() });
export type GiveSurveyAnswers = z.infer<typeof GiveSurveyAnswers>;
/** What the page asks: `GET /api/portal/survey/:token/questions`. */
export const SurveyAsked = z.object({ claim: z.string(), salutation: z.string(), questions: z.array(z.string()) });
export type SurveyAsked = z.infer<typeof SurveyAsked>;

export const SurveyStored = z.object({ id: z.string(), response: z.string() });
export type SurveyStored = z.infer<typeof SurveyStored>;

const Percent = z.number().min(0).max(100);
const Percents = z
  .object({ overall: Percent, process: Percent, attitude: Percent, efficiency: Percent, outcome: Percent })
  .partial()
  .refine((percents) => Object.keys(percents).length > 0, 'names no question');
/** `POST /api/surveys/baseline`: % satisfied per question, as JSON or as `csv` with lines `question,percent`; in force from that day. */
export const ImportBaseline = z
  .object({ effectiveOn: Day, percents: Percents.optional(), csv: z.string().max(4000).optional() })
  .refine(({ percents, csv }) => (percents === undefined) !== (csv === undefined), {
    path: ['percents'],
    message: 'give either percents or csv',
  });
export type ImportBaseline = z.infer<typeof ImportBaseline>;
export const SurveyBaseline = z.object({ effectiveOn: Day.nullable(), percents: z.record(z.string(), z.number()) });
export type SurveyBaseline = z.infer<typeof SurveyBaseline>;

/** `GET /api/surveys/report?from=&to=`: days of the brand's zone, both included; without them the last thirty days. */
export const SurveyReportQuery = z.object({ from: Day.optional(), to: Day.optional() });
export type SurveyReportQuery = z.infer<typeof SurveyReportQuery>;

const Share = z.number().nullable();
const Satisfied = z.object({ n: z.number(), share: Share });
const Part = z.object({ code: z.string(), n: z.number(), share: Share });
/** Satisfied: answers of 4 or 5. Shares from 0 to 1; deltas in percentage points; `isEnough`: thirty answers or more. */
export const SurveyReport = z.object({
  from: Day,
  to: Day,
  before: z.object({ from: Day, to: Day }),
  baselineOn: Day.nullable(),
  questions: z.array(
    Satisfied.extend({
      question: z.string(),
      isEnough: z.boolean(),
      baseline: z.number().nullable(),
      toBaseline: z.number().nullable(),
      before: Satisfied,
      toBefore: z.number().nullable(),
    }),
  ),
  responses: z.number(),
  byMode: z.array(Part),
  byChannel: z.array(Part),
  invitations: z.object({
    sent: z.number(),
    answered: z.number(),
    left: z.number(),
    expired: z.number(),
    /** Who began to answer, of those invited in the period. */
    responseRate: Share,
    suppressed: z.array(z.object({ code: z.string(), count: z.number() })),
  }),
  /** First answers to customers within their target, of those that were due in the period. */
  firstResponse: Satisfied,
  /** Claims whose customer heard of every new stage before having to ask, of those whose stage moved in the period. */
  toldFirst: Satisfied,
});
export type SurveyReport = z.infer<typeof SurveyReport>;

/** One invitation of the list: `GET /api/surveys/invitations?claim=`. */
export const SurveyInvitationItem = z.object({
  id: z.string(),
  claim: z.string(),
  state: z.enum(['planned', 'withdrawn', 'suppressed', 'invited', 'answered', 'left', 'expired']),
  reason: z.string().nullable(),
  mode: z.string().nullable(),
  channel: z.string().nullable(),
  conversation: z.string().nullable(),
  scores: SurveyScores.partial(),
  comment: z.string().nullable(),
  due: Moment,
  invitedAt: Moment.nullable(),
});
export type SurveyInvitationItem = z.infer<typeof SurveyInvitationItem>;
export const SurveyInvitations = z.object({ items: z.array(SurveyInvitationItem) });
export type SurveyInvitations = z.infer<typeof SurveyInvitations>;
