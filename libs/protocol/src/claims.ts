import { z } from 'zod';
import { Cursor, Id, Limit, Moment, page, PageQuery } from './paging';

/** One step of the stage line. */
export const StageStep = z.object({ stage: z.string(), state: z.enum(['done', 'current', 'ahead']), at: Moment.nullable() });

/** `GET /api/claims/:number`: the claim mirror. */
export const Claim = z.object({
  id: Id,
  number: z.string(),
  lineOfBusiness: z.string(),
  jurisdiction: z.string(),
  lossDate: z.string().nullable(),
  stage: z.string(),
  subStatus: z.string().nullable(),
  stageLine: z.array(StageStep),
  nextStep: z.string().nullable(),
  promisedBy: z.string().nullable(),
  policyNumber: z.string().nullable(),
  plate: z.string().nullable(),
  handler: z.object({ id: Id.nullable(), externalId: z.string(), name: z.string() }).nullable(),
  delegate: z.object({ id: Id, name: z.string() }).nullable(),
  flags: z.array(z.string()),
  catastrophe: z.string().nullable(),
  version: z.number(),
  /** Its page in the claim core, when an administrator said where that is. */
  corePage: z.string().nullable(),
  parties: z.array(
    z.object({
      id: Id,
      role: z.string(),
      name: z.string(),
      contact: z.object({ id: Id, name: z.string() }).nullable(),
      language: z.string().nullable(),
      representedBy: z
        .object({
          id: Id,
          name: z.string(),
          since: Moment.nullable(),
          source: z.enum(['claim-core', 'person']).nullable(),
          /** The letter of representation, for the way to it. */
          letter: z.object({ conversation: Id, message: Id }).nullable(),
        })
        .nullable(),
    }),
  ),
  exposures: z.array(
    z.object({
      id: Id,
      externalId: z.string(),
      kind: z.string(),
      party: Id.nullable(),
      stage: z.string(),
      subStatus: z.string().nullable(),
    }),
  ),
});
export type Claim = z.infer<typeof Claim>;

/** One line of a claim's timeline: a stage change, a notice (sent or why not), a message, a task. */
export const TimelineEntry = z.object({
  id: z.string(),
  at: Moment,
  type: z.enum(['stage', 'notice', 'message', 'task', 'event', 'anomaly']),
  /** Party or person it concerns. */
  who: z.string().nullable(),
  params: z.record(z.string(), z.unknown()),
  conversationId: Id.nullable(),
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;
export const Timeline = z.object({ items: z.array(TimelineEntry), next: z.string().nullable() });
export type Timeline = z.infer<typeof Timeline>;

/** `GET /api/claims?q=`: to link a conversation or to write first. */
export const ClaimItem = z.object({
  number: z.string(),
  stage: z.string(),
  line: z.string(),
  who: z.string(),
  handler: z.string().nullable(),
  lossDate: z.string().nullable(),
  plate: z.string().nullable(),
  policyNumber: z.string().nullable(),
});
export type ClaimItem = z.infer<typeof ClaimItem>;

export const ClaimQuery = z.object({ q: z.string().trim().max(200).optional(), limit: Limit, before: Cursor.optional() });
export const ClaimList = page(ClaimItem);
export type ClaimList = z.infer<typeof ClaimList>;
/** `GET /api/claims/:number/timeline`: newest first. */
export const TimelineQuery = PageQuery;

const AmountText = z.object({ value: z.string().regex(/^-?\d+(\.\d+)?$/, 'decimal text'), currency: z.string().length(3) });

/** A party as the claim core tells it. `addresses` make it reachable. */
export const ClaimEventParty = z.object({
  externalId: z.string().min(1).max(200),
  role: z.string().min(1).max(60),
  name: z.string().min(1).max(200).optional(),
  kind: z.enum(['person', 'organisation']).optional(),
  language: z.string().max(20).optional(),
  timeZone: z.string().max(60).optional(),
  phone: z.string().max(40).optional(),
  email: z.string().max(254).optional(),
  wechat: z.string().max(128).optional(),
  representedBy: z.string().max(200).nullable().optional(),
  deceased: z.boolean().optional(),
  /** Our own id of this person, as `fnol.submitted` told it: the party is that contact. */
  contact: Id.optional(),
});
export type ClaimEventParty = z.infer<typeof ClaimEventParty>;

/** What is claimed by whom, with its own stage. */
export const ClaimEventExposure = z.object({
  externalId: z.string().min(1).max(200),
  kind: z.string().min(1).max(60),
  party: z.string().max(200),
  stage: z.string().max(60).optional(),
  subStatus: z.string().max(60).optional(),
});
export type ClaimEventExposure = z.infer<typeof ClaimEventExposure>;

/** `data` of a claim event (CloudEvents 1.0, channel-contracts.md §3.9). Unknown fields are tolerated and left out. */
export const ClaimEventFields = z.object({
  claimId: z.string().max(200).optional(),
  claimNumber: z.string().min(1).max(60),
  version: z.number().int().min(0),
  previousStage: z.string().max(60).optional(),
  stage: z.string().min(1).max(60).optional(),
  subStatus: z.string().max(60).optional(),
  reasonCode: z.string().max(60).optional(),
  lineOfBusiness: z.string().max(60).optional(),
  jurisdiction: z.string().max(20).optional(),
  lossDate: z.string().max(30).optional(),
  policyNumber: z.string().max(60).optional(),
  plate: z.string().max(30).optional(),
  policyholder: z.object({ externalId: z.string().max(200) }).optional(),
  handler: z
    .object({ externalId: z.string().max(200), name: z.string().max(200).optional() })
    .nullable()
    .optional(),
  coHandlers: z
    .array(z.object({ externalId: z.string().max(200) }))
    .max(20)
    .optional(),
  parties: z.array(ClaimEventParty).max(200).optional(),
  exposures: z.array(ClaimEventExposure).max(500).optional(),
  /** Which exposure this change is about; absent: the claim as a whole. */
  exposure: z.object({ externalId: z.string().max(200) }).optional(),
  amounts: z.record(z.string(), AmountText).optional(),
  nextStep: z.string().max(200).optional(),
  promisedBy: z.string().max(30).optional(),
  flags: z.array(z.string().max(60)).max(50).optional(),
  catastrophe: z.string().max(60).nullable().optional(),
  brand: z.string().max(60).optional(),
  /** Facts that templates may use (claims-and-sla.md §4.2), each declared with its sensitivity. */
  facts: z.record(z.string(), z.string().max(1000)).optional(),
  /** The report of ours (`fnol.submitted`) that this claim was made of: its conversation is bound to the claim. */
  draftId: Id.optional(),
});
export type ClaimEventFields = z.infer<typeof ClaimEventFields>;

/** A CloudEvents 1.0 envelope. */
export const ClaimEvent = z.object({
  specversion: z.literal('1.0'),
  id: z.string().min(1).max(300),
  source: z.string().min(1).max(300),
  type: z.string().min(1).max(200),
  subject: z.string().max(300).optional(),
  time: Moment.optional(),
  data: ClaimEventFields,
});
export type ClaimEvent = z.infer<typeof ClaimEvent>;

/** What became of one event. `applied` and `recorded` changed the mirror; the others did not and caused no notice. */
export const CLAIM_EVENT_OUTCOMES = ['applied', 'duplicate', 'stale', 'unknown-stage', 'anomaly', 'conflict'] as const;
export const ClaimEventAnswer = z.object({ id: z.string(), outcome: z.enum(CLAIM_EVENT_OUTCOMES) });
export type ClaimEventAnswer = z.infer<typeof ClaimEventAnswer>;

/** `POST /api/claims/import`: JSON lines of {@link ClaimEventFields}; errors come back as `errors` with their line number. */
export const ImportAnswer = z.object({
  read: z.number(),
  applied: z.number(),
  unchanged: z.number(),
  errors: z.array(z.object({ line: z.number(), field: z.string(), problem: z.string() })),
});
export type ImportAnswer = z.infer<typeof ImportAnswer>;

/** `POST /api/claim-events/secrets`: a secret with which the claim core signs (Standard Webhooks), shown this once. The one before it stays valid. */
export const ClaimEventSecret = z.object({ secret: z.string() });

/** `POST /api/claim-events/:id/confirm`: the forbidden step is right, or the unknown stage has been mapped. */
export const ConfirmedClaimEvent = z.object({ outcome: z.enum(CLAIM_EVENT_OUTCOMES), detail: z.string().nullable() });
