import { z } from 'zod';
import { CounselOf } from './counsel';
import { Moment } from './paging';

/** What one channel can do for this conversation right now, and why not. */
export const ComposerChannel = z.object({
  channel: z.string(),
  title: z.string(),
  /** Who would get it when nothing is chosen. */
  recipients: z.array(z.object({ value: z.string(), name: z.string().nullable(), verified: z.boolean(), isNew: z.boolean() })),
  /** People of the thread who are left out of the defaults, to be added by choice. */
  cc: z.array(z.object({ value: z.string(), name: z.string().nullable() })),
  /** People of the thread who are not even offered, and why: whoever means to write to them types the address. */
  leftOut: z.array(z.object({ value: z.string(), reason: z.enum(['regulator']) })),
  maxText: z.number(),
  segments: z.boolean(),
  subject: z.boolean(),
  files: z.boolean(),
  privacy: z.enum(['P0', 'P1', 'P2', 'P3', 'P4']),
  /** Until when free text may be sent; null: always. In the past: template only. */
  windowUntil: Moment.nullable(),
  consent: z.enum(['granted', 'opted-out', 'unknown']),
  /** Whether a reply can leave; else the reason code that greys the channel out. */
  able: z.boolean(),
  reason: z.string().nullable(),
});
export type ComposerChannel = z.infer<typeof ComposerChannel>;

/** `GET /api/conversations/:id/composer`. `preferred` is the channel the customer used last. */
export const Composer = z.object({
  /** The clocks by which "tomorrow at nine" is meant: the office's, and the customer's where it is known. */
  zones: z.object({ office: z.string(), customer: z.string().nullable() }).optional(),
  preferred: z.string(),
  channels: z.array(ComposerChannel),
  /** Who speaks for this customer: every channel is closed with the reason `represented`, and this one is written to instead. */
  counsel: CounselOf.nullable(),
});
export type Composer = z.infer<typeof Composer>;
