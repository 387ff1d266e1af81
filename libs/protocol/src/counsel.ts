import { z } from 'zod';
import { Id, Moment } from './paging';

/** Somebody who speaks for a party: known here, or by name and mail address. */
const Counsel = z.union([z.object({ contact: Id }), z.object({ name: z.string().trim().min(1).max(200), email: z.email().max(200) })]);

/** `POST /api/claims/:number/representations`: a person has read that somebody speaks for a party of the claim. */
export const NoteRepresentation = z.object({
  party: Id,
  counsel: Counsel,
  since: Moment.optional(),
  /** The letter of representation. */
  evidence: z.object({ message: Id.optional(), attachment: Id.optional() }).optional(),
});
export type NoteRepresentation = z.infer<typeof NoteRepresentation>;

/** `POST /api/claims/:number/defence-counsel`: the privileged thread with our own counsel, opened where there is none. */
export const OpenCounselThread = z.object({ counsel: Counsel });
export type OpenCounselThread = z.infer<typeof OpenCounselThread>;

/** Which thread it is. */
export const CounselThread = z.object({ conversation: Id });
export type CounselThread = z.infer<typeof CounselThread>;

/** Who speaks for the customer of a conversation: the only one whom we may write to. */
export const CounselOf = z.object({
  claim: z.string(),
  /** The counsel's own part in the claim. */
  party: Id,
  name: z.string(),
  contactId: Id.nullable(),
  since: Moment.nullable(),
});
export type CounselOf = z.infer<typeof CounselOf>;

/** `GET /api/conversations/:id/counsel-suggestion`: a letter that looks like a law firm's, and the claim that it names. Nothing is decided by it. */
export const CounselSuggestion = z.object({
  message: Id.nullable(),
  sender: z.object({ contact: Id, name: z.string() }),
  claim: z.object({ number: z.string(), parties: z.array(z.object({ id: Id, role: z.string(), name: z.string() })) }).nullable(),
});
export type CounselSuggestion = z.infer<typeof CounselSuggestion>;
