import { z } from 'zod';
import { Id } from './paging';

/** A file of a message. `pending` is still on its way from the vendor, `quarantined` may not be opened. */
export const Attachment = z.object({
  id: Id,
  name: z.string(),
  contentType: z.string(),
  size: z.number().nullable(),
  state: z.enum(['pending', 'stored', 'failed', 'quarantined']),
  /** Seconds, for sound. */
  duration: z.number().nullable(),
  transcript: z.string().nullable(),
  /**
   * Why it did not arrive (`too-large`; `refused`: it lies elsewhere than with the vendor, or the vendor will never give it; `gone`: it did not
   * come in a day of asking) or may not be opened (`malware`, `not-scanned`).
   */
  problem: z.enum(['too-large', 'refused', 'gone', 'malware', 'not-scanned']).nullable(),
  /** Whether `GET /api/attachments/:id/thumbnail` has a picture. */
  thumbnail: z.boolean(),
});
export type Attachment = z.infer<typeof Attachment>;

/** `POST /api/attachments` (multipart, one part `file`): stored, to be named in a message's `attachments`. */
export const UploadedAttachment = z.object({ id: Id, name: z.string(), contentType: z.string(), size: z.number() });
export type UploadedAttachment = z.infer<typeof UploadedAttachment>;
