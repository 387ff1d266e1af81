import { z } from 'zod';
import { Cursor, Id, Limit, Moment, page } from './paging';

/** Where a complaint stands: a draft, the six steps, and how it may end. */
export const COMPLAINT_STEPS = ['received', 'classified', 'investigating', 'proposed', 'executing', 'follow_up', 'closed'] as const;
export const ComplaintState = z.enum(['draft', ...COMPLAINT_STEPS, 'withdrawn', 'dismissed']);

const Person = z.object({ id: Id, name: z.string() });
const Words = z.string().trim().min(1).max(4000);
const Code = z.string().regex(/^[a-z][a-z0-9_-]{1,39}$/);

/** One complaint, as a list shows it. */
export const ComplaintItem = z.object({
  id: Id,
  /** What the customer is told: `CP-2026-000123`. */
  number: z.string(),
  state: ComplaintState,
  source: z.enum(['words', 'regulator', 'mailbox', 'person']),
  /** What opened it: `complaint`, `regulator`, `court`, `press`, `line`. */
  signals: z.array(z.string()),
  contact: Person,
  conversationId: Id,
  claim: z.string().nullable(),
  channel: z.string(),
  /** The first words of what is complained about. */
  content: z.string(),
  regulator: z.string().nullable(),
  category: z.string().nullable(),
  officer: Person.nullable(),
  receivedAt: Moment,
  /** The nearest of its clocks. */
  nextDue: z.object({ at: Moment, policy: z.string(), breached: z.boolean() }).nullable(),
});
export type ComplaintItem = z.infer<typeof ComplaintItem>;

/** `GET /api/complaints`: nearest due first. `drafts` wait to be confirmed, `open` are in the six steps, `over` have ended. */
export const ComplaintQuery = z.object({
  view: z.enum(['drafts', 'open', 'over']).default('open'),
  state: ComplaintState.optional(),
  conversation: Id.optional(),
  limit: Limit,
  before: Cursor.optional(),
});
export type ComplaintQuery = z.infer<typeof ComplaintQuery>;
export const ComplaintPage = page(ComplaintItem).extend({
  /** How many stand at each step now. */
  counts: z.record(z.string(), z.number()),
});
export type ComplaintPage = z.infer<typeof ComplaintPage>;

/** What is known of the case: only for those who may read the investigation. */
const Investigation = z.object({
  investigator: Person.nullable(),
  rootCause: z.string().nullable(),
  notes: z.array(
    z.object({
      id: Id,
      kind: z.enum(['evidence', 'note']),
      text: z.string(),
      messageId: Id.nullable(),
      attachment: z.object({ id: Id, name: z.string() }).nullable(),
      author: Person,
      at: Moment,
    }),
  ),
  proposal: z.object({ text: z.string(), owner: Person, due: Moment }).nullable(),
});

/** `GET /api/complaints/:id`. */
export const Complaint = ComplaintItem.extend({
  messageId: Id.nullable(),
  demand: z.string().nullable(),
  representatives: z.number(),
  against: z.array(Person),
  openedAt: Moment,
  endedAt: Moment.nullable(),
  endReason: z.string().nullable(),
  reopened: z.boolean(),
  extensions: z.number(),
  score: z.number().nullable(),
  agreement: z
    .object({ kind: z.enum(['agreed', 'decided_without_agreement']), messageId: Id.nullable(), routes: z.string().nullable() })
    .nullable(),
  /** `state` is the delivery's own. */
  outcome: z
    .object({ messageId: Id, text: z.string(), state: z.string(), reason: z.string().nullable(), sentAt: Moment.nullable() })
    .nullable(),
  clocks: z.array(z.object({ id: Id, policy: z.string(), startedAt: Moment, deadline: Moment, state: z.string() })),
  history: z.array(
    z.object({
      act: z.string(),
      from: z.string().nullable(),
      to: z.string(),
      actor: Person.nullable(),
      facts: z.record(z.string(), z.unknown()),
      at: Moment,
    }),
  ),
  /** Null: this person is complained about, or has no part in it; they do not read how it is looked into. */
  investigation: Investigation.nullable(),
  /** What may be done now by this person. */
  deeds: z.array(z.string()),
  /** What customers and colleagues said in the conversation, newest first: evidence and consent are chosen from these. */
  messages: z.array(
    z.object({
      id: Id,
      kind: z.string(),
      direction: z.string(),
      text: z.string(),
      at: Moment,
      attachments: z.array(z.object({ id: Id, name: z.string() })),
    }),
  ),
});
export type Complaint = z.infer<typeof Complaint>;

/** `POST /api/complaints`: from a conversation, or from one message of it. */
export const RaiseComplaint = z.object({ conversation: Id, message: Id.optional(), content: Words.optional() });
export type RaiseComplaint = z.infer<typeof RaiseComplaint>;

/** `POST /api/complaints/:id/confirm`: it is one. `demand` null: not stated. */
export const ConfirmComplaint = z.object({
  content: Words,
  demand: Words.nullable(),
  against: z.array(Id).max(10).default([]),
  /** Of a group, five at most speak for all. */
  representatives: z.number().int().min(1).max(5).default(1),
  officer: Id.optional(),
});
export type ConfirmComplaint = z.input<typeof ConfirmComplaint>;
/** `POST …/dismiss` and `…/withdraw`: with the reason. */
export const EndComplaint = z.object({ reason: Words });
/** `POST …/classify`: the category of a playbook; `regulator` names one that knows of it. */
export const ClassifyComplaint = z.object({ category: Code, regulator: z.string().max(200).nullable().optional() });
/** `POST …/investigate`: by whom. */
export const InvestigateComplaint = z.object({ investigator: Id });
/** `PUT …/against`: who is complained about. */
export const ComplainedAbout = z.object({ against: z.array(Id).max(10) });
/** `POST …/notes`: a paper of the investigation. */
export const FileEvidence = z.object({
  kind: z.enum(['evidence', 'note']),
  text: z.string().max(4000).default(''),
  message: Id.optional(),
  attachment: Id.optional(),
});
export type FileEvidence = z.input<typeof FileEvidence>;
/** `POST …/propose`. */
export const ProposeResolution = z.object({ text: Words, rootCause: Code, owner: Id, due: Moment });
/** `POST …/execute`: with the message or call in which they agreed, or decided without, with the ways named that are left to them. */
export const ExecuteResolution = z.object({
  agreement: z.enum(['agreed', 'decided_without_agreement']),
  message: Id.nullable().default(null),
  routes: z.string().max(1000).nullable().default(null),
});
export type ExecuteResolution = z.input<typeof ExecuteResolution>;
/** `POST …/outcome` and `…/progress`: what the customer reads. */
export const TellComplainant = z.object({ text: Words });
/** `POST …/extend`: more time, for a reason that the customer reads. */
export const ExtendComplaint = z.object({ reason: Words });
/** `POST …/score`: what the callback came to, 1 (unhappy) to 5. */
export const ScoreComplaint = z.object({ score: z.number().int().min(1).max(5) });

const BothWords = z.object({ en: z.string().trim().min(1).max(400), 'zh-CN': z.string().trim().min(1).max(400) });
/** What is done with complaints here: `GET|PUT /api/complaints/handling`. */
export const ComplaintHandling = z.object({
  playbooks: z
    .array(
      z.object({
        code: Code,
        name: BothWords,
        clock: z.enum(['region', 'complaint.CN', 'complaint.default']),
        tasks: z.array(z.object({ text: BothWords, afterDays: z.number().int().min(0).max(60) })).max(20),
      }),
    )
    .min(1)
    .max(30),
  rootCauses: z
    .array(z.object({ code: Code, name: BothWords }))
    .min(1)
    .max(60),
  actionFrom: z.number().int().min(1).max(1000),
  regulators: z.array(z.object({ domain: z.string().regex(/^[a-z0-9*.-]{3,120}$/i), name: z.string().trim().min(1).max(200) })).max(200),
  lines: z.array(z.string().trim().min(3).max(320)).max(50),
  routes: BothWords,
});
export type ComplaintHandling = z.infer<typeof ComplaintHandling>;
/** With its version, which a change names: whoever changed it meanwhile is not overwritten. */
export const VersionedHandling = ComplaintHandling.extend({ version: z.number().int().min(0) });
export type VersionedHandling = z.infer<typeof VersionedHandling>;

/** A corrective action: `POST /api/complaints/actions`. */
export const NewCorrectiveAction = z.object({
  rootCause: Code,
  month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/),
  action: Words,
  owner: Id,
  due: Moment,
});
/** `POST /api/complaints/actions/:id/done`. */
export const FinishCorrectiveAction = z.object({ result: Words });
export const CorrectiveAction = z.object({
  id: Id,
  rootCause: z.string(),
  month: z.string(),
  action: z.string(),
  owner: Person,
  due: Moment,
  doneAt: Moment.nullable(),
  result: z.string().nullable(),
});

const Counts = z.array(z.object({ code: z.string(), count: z.number() }));
const Share = z.number().nullable();
/** `GET /api/complaints/report?month=2026-11`; as rows: `/api/complaints/report.csv`. */
export const ComplaintReportQuery = z.object({
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .optional(),
});
export const ComplaintReport = z.object({
  month: z.string(),
  total: z.number(),
  withRegulator: z.number(),
  claimsHandled: z.number(),
  byCategory: Counts,
  byRootCause: Counts,
  byLine: Counts,
  byChannel: Counts,
  byHandler: Counts,
  rate: Share,
  repeatRate: Share,
  reopenRate: Share,
  satisfaction: z.object({ mean: Share, answers: z.number() }),
  /** Root causes that came so often that an action is due and has no owner yet. */
  demandsAction: z.array(z.string()),
  actions: z.array(CorrectiveAction),
});
export type ComplaintReport = z.infer<typeof ComplaintReport>;
