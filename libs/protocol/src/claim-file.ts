import { z } from 'zod';
import { Id, Moment } from './paging';

const Hash = z.string().regex(/^[0-9a-f]{64}$/);

/** What can stand in a claim file. */
export const CLAIM_FILE_KINDS = ['claim-event', 'message', 'file', 'delivery', 'notice', 'consent', 'clock', 'task', 'access'] as const;

/** One thing that happened, in the order of its time. */
export const ClaimFileEntry = z.object({
  /** Counts from 1. */
  n: z.number().int().positive(),
  id: z.string(),
  kind: z.enum(CLAIM_FILE_KINDS),
  at: Moment,
  facts: z.record(z.string(), z.unknown()),
  /** SHA-256, hex, of the hash before it, a line feed, and this entry's `{ at, facts, id, kind, n }` as JSON with sorted keys and no spaces. */
  hash: Hash,
});
export type ClaimFileEntry = z.infer<typeof ClaimFileEntry>;

/** `GET /api/claims/:number/file`: one claim as evidence. The chain begins with the hash of `{ claim, format }` as JSON with sorted keys. */
export const ClaimFile = z.object({
  format: z.literal('claimline-claim-file/1'),
  claim: z.record(z.string(), z.unknown()),
  entries: z.array(ClaimFileEntry),
  /** The hash of the last entry: whoever keeps it can prove the whole. */
  head: Hash,
  /** This hub's signature over `head` and `exportedAt`. */
  signature: z.string(),
  /** What is not in it, counted: threads with our own counsel, and what is restricted to groups the exporter is not in. */
  withheld: z.object({ privileged: z.number().int(), restricted: z.number().int() }),
  exportedAt: Moment,
  exportedBy: z.object({ id: Id, name: z.string() }),
});
export type ClaimFile = z.infer<typeof ClaimFile>;

/** `POST /api/claims/:number/file/verify`: a file as it was exported. */
export const VerifyClaimFile = ClaimFile;
/** What became of a file since: `sound`, or which entries are not what they were. */
export const ClaimFileVerdict = z.object({
  sound: z.boolean(),
  /** Whether this hub made it: its head and moment carry our signature. */
  signed: z.boolean(),
  problems: z.array(
    z.object({
      n: z.number().int(),
      id: z.string(),
      kind: z.enum(CLAIM_FILE_KINDS),
      /** `file-changed`: the chain does not fit. `record-changed`: the hub's record is another today. `record-gone`: there is none any more. */
      problem: z.enum(['file-changed', 'record-changed', 'record-gone']),
      /** Names of the facts that differ. */
      facts: z.array(z.string()),
    }),
  ),
});
export type ClaimFileVerdict = z.infer<typeof ClaimFileVerdict>;

/** `GET /api/conversations/:id/transcript`: a conversation as the claim core keeps it, oldest first. */
export const Transcript = z.object({
  conversation: Id,
  claim: z.string().nullable(),
  /** Where a person reads it in the console. */
  console: z.string(),
  messages: z.array(
    z.object({
      id: Id,
      at: Moment,
      direction: z.enum(['inbound', 'outbound']),
      kind: z.string(),
      channel: z.string().nullable(),
      from: z.string().nullable(),
      to: z.array(z.string()),
      subject: z.string().nullable(),
      text: z.string(),
      delivery: z.string().nullable(),
      /** Each `url` opens its file without signing in, for an hour. */
      files: z.array(
        z.object({
          name: z.string(),
          contentType: z.string(),
          size: z.number().nullable(),
          sha256: z.string().nullable(),
          url: z.string().nullable(),
        }),
      ),
    }),
  ),
});
export type Transcript = z.infer<typeof Transcript>;
