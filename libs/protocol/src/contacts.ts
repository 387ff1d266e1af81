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

/** `PATCH /api/contacts/:id`. */
export const UpdateContact = z.object({ name: z.string().min(1).max(200), language: z.enum(['en', 'zh-CN']).nullable() }).partial();
export type UpdateContact = z.infer<typeof UpdateContact>;

/** `GET /api/contacts?q=`: by name, address or customer number; by name where nothing is asked for. */
export const ContactQuery = z.object({ q: z.string().max(200).optional(), limit: Limit });
export const ContactList = z.object({
  items: z.array(z.object({ id: Id, name: z.string(), address: z.string().nullable(), claims: z.number() })),
});
export type ContactList = z.infer<typeof ContactList>;
