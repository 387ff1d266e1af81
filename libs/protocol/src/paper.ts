import { z } from 'zod';
import { Id, Moment } from './paging';

/** A calendar day, `2026-11-22`. */
export const Day = z.iso.date();

/** Why a claim is suggested: what was found, and where in the mail or paper. */
export const FilingReason = z.object({
  kind: z.enum(['claim-number', 'policy-number', 'plate', 'name', 'name-and-birth', 'loss-date']),
  value: z.string(),
  where: z.enum(['subject', 'text', 'file-name', 'file', 'sender']),
});
export type FilingReason = z.infer<typeof FilingReason>;

/** A claim that a message or scan may belong to, best first. Never filed by itself. */
export const FilingSuggestion = z.object({
  claim: z.string(),
  stage: z.string(),
  line: z.string(),
  /** The party whose thread it would go to. */
  party: z.object({ id: Id, name: z.string(), role: z.string() }).nullable(),
  reasons: z.array(FilingReason),
});
export type FilingSuggestion = z.infer<typeof FilingSuggestion>;

/** `GET /api/messages/:id/filing`. `unread` files hold no text that could be read (scanned pictures): a person looks. */
export const Filing = z.object({ suggestions: z.array(FilingSuggestion), files: z.object({ read: z.number(), unread: z.number() }) });
export type Filing = z.infer<typeof Filing>;

/** `POST /api/messages/:id/move`: into another conversation, or to a claim (and its party; the sender's own, else the policyholder's). */
export const MoveMessage = z
  .object({ conversation: Id.optional(), claim: z.string().max(60).optional(), party: Id.optional() })
  .refine((to) => (to.conversation === undefined) !== (to.claim === undefined), { message: 'name a conversation or a claim' });
export type MoveMessage = z.input<typeof MoveMessage>;

/** Where the message is now. `POST /api/messages/:id/move/undo` takes the last move back. */
export const MovedMessage = z.object({ message: Id, conversation: Id, from: Id, claim: z.string().nullable() });
export type MovedMessage = z.infer<typeof MovedMessage>;

/** `GET /api/attachments/:id/pages`. Null: not a thing of pages, or not readable. */
export const AttachmentPages = z.object({ pages: z.number().nullable() });

/** A paper that the mailroom scanned. */
export const Scan = z.object({
  id: Id,
  attachment: z.object({ id: Id, name: z.string(), contentType: z.string() }),
  pages: z.number().nullable(),
  sender: z.string(),
  /** The day on which it reached the house: clocks start with it. */
  receivedOn: Day,
  state: z.enum(['waiting', 'filed', 'set-aside']),
  splitFrom: Id.nullable(),
  claim: z.string().nullable(),
  conversation: Id.nullable(),
  suggestions: z.array(FilingSuggestion),
  at: Moment,
});
export type Scan = z.infer<typeof Scan>;

/** `GET /api/mailroom/scans?state=waiting`: oldest first; `filed` and `set-aside`: today's, latest first. */
export const ScansQuery = z.object({ state: z.enum(['waiting', 'filed', 'set-aside']).default('waiting') });
export const Scans = z.object({ items: z.array(Scan), counts: z.object({ waiting: z.number(), filedToday: z.number() }) });
export type Scans = z.infer<typeof Scans>;

/** `POST /api/mailroom/scans`: an upload (`POST /api/attachments`) becomes a scan. */
export const NewScan = z.object({ attachment: Id, receivedOn: Day, sender: z.string().max(200).default(''), inbox: Id.optional() });
export type NewScan = z.input<typeof NewScan>;

/** `PATCH /api/mailroom/scans/:id`. */
export const DescribeScan = z.object({ sender: z.string().max(200).optional(), receivedOn: Day.optional() });

/** `POST /api/mailroom/scans/:id/file`: into the thread of a party; the policyholder's where none is named. */
export const FileScan = z.object({ claim: z.string().min(1).max(60), party: Id.optional() });
export type FileScan = z.input<typeof FileScan>;

/** `POST /api/mailroom/scans/:id/set-aside`: advertising, a double; or back again. */
export const SetScanAside = z.object({ aside: z.boolean() });

/** `POST /api/mailroom/scans/:id/split`: the pages from this one on become a scan of their own. */
export const SplitScan = z.object({ from: z.number().int().min(2).max(500) });

/** A letter of ours in the tray, or posted. */
export const OutgoingLetter = z.object({
  id: Id,
  attachment: Id,
  to: z.string(),
  name: z.string(),
  claim: z.string().nullable(),
  conversation: Id,
  state: z.enum(['to-post', 'posted', 'returned']),
  madeAt: Moment,
  postedOn: Day.nullable(),
  returnedOn: Day.nullable(),
});
export type OutgoingLetter = z.infer<typeof OutgoingLetter>;
export const LettersQuery = z.object({ state: z.enum(['to-post', 'posted', 'returned']).default('to-post') });
export const OutgoingLetters = z.object({ items: z.array(OutgoingLetter) });
export type OutgoingLetters = z.infer<typeof OutgoingLetters>;

/** `POST /api/mailroom/letters/posted`. */
export const PostLetters = z.object({ ids: z.array(Id).min(1).max(200), on: Day });
export const PostedLetters = z.object({ posted: z.number() });
/** `POST /api/mailroom/letters/:id/returned`. */
export const ReturnLetter = z.object({ on: Day });

/** `POST /api/contacts/:id/postal-addresses`: as it stands on the envelope, its lines parted by line breaks or semicolons. */
export const AddPostalAddress = z.object({ value: z.string().trim().min(5).max(320) });
