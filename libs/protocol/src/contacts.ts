import { z } from 'zod';
import { Id, Limit, Moment } from './paging';

/** `GET /api/contacts/:id`: the customer panel. */
export const Contact = z.object({
  id: Id,
  kind: z.enum(['person', 'organisation', 'gateway']),
  name: z.string(),
  salutation: z.string().nullable(),
  language: z.enum(['en', 'zh-CN']).nullable(),
  timeZone: z.string().nullable(),
  labels: z.array(z.string()),
  addresses: z.array(
    z.object({
      id: Id,
      scheme: z.string(),
      value: z.string(),
      level: z.enum(['claimed', 'verified']),
      unusable: z.string().nullable(),
      /** Consent by channel kind that reaches this address. */
      consent: z.array(z.object({ channel: z.string(), state: z.enum(['granted', 'opted-out', 'unknown']), since: Moment.nullable() })),
      sharedWith: z.array(z.object({ id: Id, name: z.string() })),
    }),
  ),
  claims: z.array(z.object({ number: z.string(), stage: z.string(), line: z.string(), role: z.string() })),
  conversations: z.array(
    z.object({ id: Id, claim: z.string().nullable(), status: z.string(), lastMessageAt: Moment, preview: z.string() }),
  ),
});
export type Contact = z.infer<typeof Contact>;

/** `GET /api/contacts/:id/merge-review?with=`: what two contacts do not agree on; `refusal` where they can never be one. */
export const MergeReviewQuery = z.object({ with: Id });
export const MergeReview = z.object({
  kept: z.object({ id: Id, name: z.string() }),
  other: z.object({ id: Id, name: z.string() }),
  refusal: z.enum(['same', 'shared-address', 'merged-already']).nullable(),
  conflicts: z.array(
    z.object({
      about: z.enum(['name', 'language', 'salutation', 'time-zone', 'core-id', 'deceased', 'open-conversation']),
      kept: z.string().nullable(),
      other: z.string().nullable(),
    }),
  ),
  /** What becomes the kept one's. */
  moves: z.object({ addresses: z.array(z.string()), claims: z.array(z.string()), optOuts: z.number() }),
});
export type MergeReview = z.infer<typeof MergeReview>;

/** `POST /api/contacts/:id/merge`: the other becomes this one. What is not chosen stays as this one has it. */
export const MergeContacts = z.object({
  with: Id,
  name: z.string().trim().min(1).max(200).optional(),
  language: z.enum(['en', 'zh-CN']).nullable().optional(),
  salutation: z.string().trim().max(40).nullable().optional(),
});
export type MergeContacts = z.infer<typeof MergeContacts>;

/** `POST /api/contacts/:id/split`: these addresses, and what was said from them, are somebody else's. */
export const SplitContact = z.object({ name: z.string().trim().min(1).max(200), addresses: z.array(Id).min(1).max(20) });
export type SplitContact = z.infer<typeof SplitContact>;

/** `GET /api/contacts/:id/changes`: merges and splits, newest first. `POST /api/contact-changes/:id/undo` takes one back. */
export const ContactChange = z.object({
  id: Id,
  kind: z.enum(['merge', 'split']),
  keptId: Id,
  otherId: Id,
  otherName: z.string(),
  actor: z.string().nullable(),
  at: Moment,
  undoneAt: Moment.nullable(),
});
export type ContactChange = z.infer<typeof ContactChange>;
export const ContactChangeList = z.object({ items: z.array(ContactChange) });

/** `PATCH /api/contacts/:id`. */
export const UpdateContact = z.object({ name: z.string().min(1).max(200), language: z.enum(['en', 'zh-CN']).nullable() }).partial();
export type UpdateContact = z.infer<typeof UpdateContact>;

/** `GET /api/contacts?q=`: by name, address or customer number; by name where nothing is asked for. */
export const ContactQuery = z.object({ q: z.string().max(200).optional(), limit: Limit });
export const ContactList = z.object({
  items: z.array(z.object({ id: Id, name: z.string(), address: z.string().nullable(), claims: z.number() })),
});
export type ContactList = z.infer<typeof ContactList>;
