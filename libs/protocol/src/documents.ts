import { z } from 'zod';
import { Id, Moment } from './paging';

const Texts = z.object({ en: z.string().min(1).max(300), 'zh-CN': z.string().min(1).max(300) });

/** Where an item of a checklist stands. Only forward: `open → requested → received → accepted | rejected | waived`. */
export const DocumentState = z.enum(['open', 'requested', 'received', 'accepted', 'rejected', 'waived']);
export type DocumentState = z.infer<typeof DocumentState>;

/** Why a document is of no use; generic, because it travels by SMS. */
export const DocumentRejectReason = z.enum(['blurred', 'cut-off', 'wrong-document', 'expired', 'not-readable']);
export type DocumentRejectReason = z.infer<typeof DocumentRejectReason>;

/** A file that came for a claim. `why`: the reason of the match (`named`, `words`, `photo`, `only-one-asked`, `kind`, `same-file`, `by-person`, `unknown`). */
export const DocumentFile = z.object({
  id: Id,
  attachmentId: Id,
  state: z.enum(['unmatched', 'suggested', 'received', 'accepted', 'rejected', 'duplicate']),
  why: z.string(),
  name: z.string(),
  contentType: z.string(),
  size: z.number().nullable(),
  hasThumbnail: z.boolean(),
  /** SHA-256 of the bytes, hexadecimal. */
  sha256: z.string(),
  channel: z.string(),
  from: z.string().nullable(),
  at: Moment,
  conversationId: Id.nullable(),
});
export type DocumentFile = z.infer<typeof DocumentFile>;

/** One thing that is wanted of one party. */
export const DocumentItem = z.object({
  id: Id,
  code: z.string(),
  label: Texts,
  help: Texts,
  sensitive: z.enum(['health', 'identity']).nullable(),
  party: z.object({ id: Id, name: z.string(), role: z.string() }).nullable(),
  state: DocumentState,
  reason: z.string().nullable(),
  /** In how many requests it stood. */
  asked: z.number(),
  requestedAt: Moment.nullable(),
  receivedAt: Moment.nullable(),
  decidedAt: Moment.nullable(),
  decidedBy: z.string().nullable(),
  files: z.array(DocumentFile),
});
export type DocumentItem = z.infer<typeof DocumentItem>;

/** One message by which documents were asked for. */
export const DocumentRequest = z.object({
  id: Id,
  kind: z.enum(['request', 'rejection']),
  state: z.enum(['waiting', 'told', 'not-sent', 'canceled']),
  party: Id.nullable(),
  items: z.array(Id),
  round: z.number(),
  overrideReason: z.string().nullable(),
  by: z.string().nullable(),
  tellAt: Moment,
  toldAt: Moment.nullable(),
  /** By the evidence of the channel's receipt. */
  arrivedAt: Moment.nullable(),
  noticeId: Id.nullable(),
  remindAt: Moment.nullable(),
});
export type DocumentRequest = z.infer<typeof DocumentRequest>;

/** `GET /api/claims/:number/documents`. */
export const ClaimDocuments = z.object({
  claim: z.string(),
  line: z.string(),
  /** `have`: received or accepted, or waived; `missing`: still to come. */
  counts: z.object({ total: z.number(), have: z.number(), missing: z.number(), toReview: z.number() }),
  items: z.array(DocumentItem),
  /** Files that are for no item yet. */
  unmatched: z.array(DocumentFile),
  requests: z.array(DocumentRequest),
  /** Parties to whom the law allows no second request without a reason (China, Article 22). */
  askedOnce: z.array(Id),
});
export type ClaimDocuments = z.infer<typeof ClaimDocuments>;

/** `POST /api/claims/:number/documents/request`: items by id or code. One message per party leaves a moment later. */
export const RequestDocuments = z.object({
  items: z.array(z.string().min(1).max(60)).min(1).max(60),
  overrideReason: z.string().trim().min(3).max(500).optional(),
});
export type RequestDocuments = z.infer<typeof RequestDocuments>;

/** `PATCH /api/claims/:number/documents/:itemId`. `rejected` wants one of the generic reasons, `waived` a reason in words. */
export const DecideDocument = z.object({
  state: z.enum(['accepted', 'rejected', 'waived', 'received']),
  reason: z.string().trim().min(1).max(300).optional(),
});
export type DecideDocument = z.infer<typeof DecideDocument>;

/** `POST /api/claims/:number/documents/files/:fileId/move`. */
export const MoveDocument = z.object({ item: Id.nullable() });
export type MoveDocument = z.infer<typeof MoveDocument>;

/** `POST /api/claims/:number/documents/undo`. */
export const UndoDocumentSteps = z.object({ steps: z.array(Id).min(1).max(20) });

/** What was done, to be taken back by its ids while nothing came after it. */
export const DocumentSteps = z.object({ steps: z.array(Id), documents: ClaimDocuments });
export type DocumentSteps = z.infer<typeof DocumentSteps>;

/** `GET /api/settings/document-checklists`, and what `PUT` publishes. */
export const ChecklistBook = z.object({
  kinds: z
    .array(
      z.object({
        code: z
          .string()
          .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
          .max(60),
        label: Texts,
        help: Texts,
        form: z.enum(['photo', 'paper']),
        sensitive: z.enum(['health', 'identity']).nullable(),
        words: z.array(z.string().trim().toLowerCase().min(1).max(60)).max(40),
      }),
    )
    .max(200),
  lists: z
    .array(
      z.object({
        line: z.string().min(1).max(60),
        lossKind: z.string().min(1).max(60).nullable(),
        items: z
          .array(
            z.object({
              code: z.string().max(60),
              when: z.enum(['injury', 'third-party', 'injury-or-third-party']).nullable(),
              from: z.enum(['owner', 'third-party', 'beneficiary']),
            }),
          )
          .max(60),
      }),
    )
    .max(100),
});
export type ChecklistBook = z.infer<typeof ChecklistBook>;

/** `GET /api/reports/document-rounds`: claims whose customers were asked more than once. */
export const DocumentRounds = z.object({
  items: z.array(
    z.object({
      claim: z.string(),
      line: z.string(),
      handler: z.string().nullable(),
      rounds: z.number(),
      asked: z.number(),
      missing: z.number(),
      firstAskedAt: Moment,
      daysOutstanding: z.number(),
    }),
  ),
});
export type DocumentRounds = z.infer<typeof DocumentRounds>;

/** `GET /api/portal/documents/:token/list`: what the customer sees. */
export const PortalDocuments = z.object({
  language: z.enum(['en', 'zh-CN']),
  claimRef: z.string(),
  maxBytes: z.number(),
  items: z.array(
    z.object({
      id: Id,
      label: Texts,
      help: Texts,
      form: z.enum(['photo', 'paper']),
      state: DocumentState,
      /** Why it has to be sent again. */
      reason: z.string().nullable(),
      files: z.array(z.object({ id: Id, name: z.string(), at: Moment })),
    }),
  ),
});
export type PortalDocuments = z.infer<typeof PortalDocuments>;
