import { LINES_OF_BUSINESS } from '@claimline/messages';
import { z } from 'zod';
import { Cursor, Id, Limit, Moment, page } from './paging';

const Text = z.string().max(200);
const Long = z.string().max(5000);
const Day = z.iso.date();

/** What a first notice of loss says, as far as it is known (claims-and-sla.md §4.6). */
export const ReportFields = z
  .object({
    injured: z.boolean(),
    fatality: z.boolean(),
    injuries: Long,
    witnesses: Long,
    otherParty: Long,
    reporterName: Text,
    relationship: z.enum(['insured', 'driver', 'family', 'employee', 'representative', 'third-party', 'other']),
    phone: z.string().max(40),
    email: z.email().max(254),
    wechat: z.string().max(128),
    birthDate: Day,
    preferredChannel: z.string().max(40),
    language: z.string().max(20),
    electronicNotices: z.boolean(),
    lineOfBusiness: z.enum(LINES_OF_BUSINESS),
    policyNumber: z.string().max(60),
    policyHolder: Text,
    policyFrom: Day,
    policyTo: Day,
    plate: z.string().max(30),
    lossDate: Day,
    lossTime: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
    timeZone: z.string().max(60),
    location: z.string().max(500),
    lossKind: z.string().max(40),
    description: Long,
    reportedBefore: z.boolean(),
    authority: Text,
    authorityReport: Text,
    damage: Long,
    usable: z.boolean(),
    whereNow: z.string().max(500),
    evidence: z.array(Id).max(100),
  })
  .partial();
export type ReportFields = z.infer<typeof ReportFields>;
export type ReportField = keyof ReportFields;

/** A change of fields: what is not named stays, null takes away. */
export const ReportChange = z.object(
  Object.fromEntries(Object.entries(ReportFields.shape).map(([name, field]) => [name, field.nullable()])) as {
    [Name in keyof typeof ReportFields.shape]: z.ZodNullable<(typeof ReportFields.shape)[Name]>;
  },
);
export type ReportChange = z.infer<typeof ReportChange>;

const Person = z.object({ id: Id, name: z.string() });

/** Something that may be the same loss: a claim by its number, or another report by its id. */
export const SimilarLoss = z.object({
  kind: z.enum(['claim', 'report']),
  reference: z.string(),
  lossDate: z.string(),
  lossKind: z.string().nullable(),
  stage: z.string().nullable(),
});

/** One line of the list of reports. */
export const ReportItem = z.object({
  id: Id,
  state: z.enum(['open', 'submitted', 'reported', 'discarded']),
  channel: z.string(),
  conversationId: Id.nullable(),
  contact: Person.nullable(),
  who: z.string(),
  line: z.string().nullable(),
  lossKind: z.string().nullable(),
  lossDate: z.string().nullable(),
  urgent: z.boolean(),
  /** How many required answers are still missing. */
  missing: z.number(),
  claim: z.string().nullable(),
  updatedAt: Moment,
});
export type ReportItem = z.infer<typeof ReportItem>;

/** `GET /api/reports`: newest change first. */
export const ReportQuery = z.object({
  state: z.enum(['open', 'submitted', 'reported', 'discarded']).default('open'),
  conversation: Id.optional(),
  limit: Limit,
  before: Cursor.optional(),
});
export const ReportPage = page(ReportItem);
export type ReportPage = z.infer<typeof ReportPage>;

/** `GET /api/reports/:id`: a report with everything that stands beside its form. */
export const Report = ReportItem.extend({
  fields: ReportFields,
  lacks: z.object({ required: z.array(z.string()), wanted: z.array(z.string()) }),
  flags: z.array(z.enum(['injury', 'fatality', 'outside-policy-period', 'no-policy'])),
  similar: z.array(SimilarLoss),
  /** The kinds of loss that its line knows. */
  lossKinds: z.array(z.string()),
  /** What the customer sent: to be listened to and looked at beside the form. */
  heard: z.array(
    z.object({
      id: Id,
      name: z.string(),
      contentType: z.string(),
      state: z.enum(['pending', 'stored', 'failed', 'quarantined']),
      duration: z.number().nullable(),
      transcript: z.string().nullable(),
      at: Moment,
    }),
  ),
  lossStatedAt: Moment,
  version: z.number(),
  submittedAt: Moment.nullable(),
  createdAt: Moment,
});
export type Report = z.infer<typeof Report>;

/** `POST /api/reports`: from a conversation (prefilled, or the one that is open already), or from nothing but a call. */
export const BeginReport = z.object({
  conversation: Id.optional(),
  channel: z.string().max(40).optional(),
  fields: ReportFields.optional(),
});
export type BeginReport = z.input<typeof BeginReport>;

/** `PATCH /api/reports/:id`. `policy`: the `ref` of a {@link PolicyCandidate}, whose policy is filled in. */
export const FillReport = z.object({ fields: ReportChange.partial().optional(), policy: z.string().max(2000).optional() });
export type FillReport = z.input<typeof FillReport>;

/** `POST /api/reports/:id/duplicates`: a person has looked; it is none of these. */
export const SetApart = z.object({ references: z.array(z.string().max(60)).min(1).max(20) });

/** A policy that may be the one; masked until somebody chooses it. */
export const PolicyCandidate = z.object({
  /** Chooses it: handed back as it came, valid for an hour. */
  ref: z.string(),
  number: z.string(),
  line: z.string(),
  holder: z.string(),
  plate: z.string().nullable(),
  startsOn: z.string().nullable(),
  endsOn: z.string().nullable(),
  /** What it was found by. */
  reason: z.enum(['number', 'plate', 'phone']),
});
export type PolicyCandidate = z.infer<typeof PolicyCandidate>;

/** `GET /api/policies`: by number or its end, plate, phone; or by what is known of a conversation. */
export const PolicyQuery = z.object({
  number: z.string().trim().max(60).optional(),
  plate: z.string().trim().max(30).optional(),
  phone: z.string().trim().max(40).optional(),
  conversation: Id.optional(),
});
/** `problem`: the policy system did not answer; what is shown comes from imported lists. */
export const PolicyList = z.object({ items: z.array(PolicyCandidate), problem: z.string().nullable() });
export type PolicyList = z.infer<typeof PolicyList>;

/** `POST /api/policies/import`: CSV with the columns number, lineOfBusiness, holder, phone, plate, startsOn, endsOn. */
export const PolicyImport = z.object({
  read: z.number(),
  loaded: z.number(),
  errors: z.array(z.object({ line: z.number(), problem: z.string() })),
});
export type PolicyImport = z.infer<typeof PolicyImport>;

/** `GET /api/policies/search-settings`: where policies are looked for. */
export const PolicySearchSettings = z.object({ url: z.string().nullable(), hasSecret: z.boolean(), imported: z.number() });
export type PolicySearchSettings = z.infer<typeof PolicySearchSettings>;
/** `PUT /api/policies/search-settings`. Without a `secret` the one before stays. */
export const SetEndpoint = z.object({
  url: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .nullable(),
  secret: z.string().min(1).max(500).optional(),
});
export type SetEndpoint = z.infer<typeof SetEndpoint>;
/** `POST /api/policies/search-settings/test` and `POST /api/claim-core/test`: what came of one question to it. */
export const EndpointCheck = z.object({ ok: z.boolean(), problem: z.string().nullable() });
export type EndpointCheck = z.infer<typeof EndpointCheck>;

/** `POST /api/conversations/:id/bind-link`: asks the sender whether this claim, or this policy, is theirs. */
export const SendBindLink = z
  .object({ claim: z.string().max(60).optional(), policy: z.string().max(2000).optional() })
  .refine(({ claim, policy }) => (claim === undefined) !== (policy === undefined), { message: 'name a claim or a policy' });
/** The answer: which channel it went by. */
export const BindLinkSent = z.object({ channel: z.string() });
export type BindLinkSent = z.infer<typeof BindLinkSent>;
/** `GET /api/portal/bind/:token/question`: what is asked, masked. */
export const BindQuestion = z.object({
  kind: z.enum(['claim', 'policy']),
  number: z.string(),
  line: z.string(),
  holder: z.string().nullable(),
  plate: z.string().nullable(),
});
export type BindQuestion = z.infer<typeof BindQuestion>;
/** `POST /api/portal/bind/:token/answer`. Works once. */
export const BindAnswer = z.object({ mine: z.boolean() });
export const BindDone = z.object({ bound: z.boolean() });
export type BindDone = z.infer<typeof BindDone>;
