import { z } from 'zod';
import { Id } from './paging';

/**
 * Who may do what: an adjuster works, a supervisor steps in, an administrator configures, an integration posts events, an auditor only reads;
 * a hotline seat, a complaints officer, the mailroom and the counter work with customers as an adjuster does, from a first screen of their own.
 */
export const ROLES = [
  'adjuster',
  'supervisor',
  'administrator',
  'integration',
  'auditor',
  'hotline',
  'complaints-officer',
  'mailroom',
  'counter',
] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

/** Everybody who works with customers: all people but those who only read. */
export const DESK_ROLES = [
  'adjuster',
  'supervisor',
  'administrator',
  'hotline',
  'complaints-officer',
  'mailroom',
  'counter',
] as const satisfies readonly Role[];

/** `POST /api/auth/sign-in`: sets the session cookie. */
export const SignIn = z.object({ email: z.email().max(254), password: z.string().min(1).max(200) });
export type SignIn = z.infer<typeof SignIn>;

/** `GET /api/me`: the account behind the session. */
export const Me = z.object({
  id: Id,
  name: z.string(),
  email: z.string(),
  role: Role,
  /** Language of the console for this person; null: as the browser says. */
  locale: z.enum(['en', 'zh-CN']).nullable(),
  brand: z.object({ name: z.string(), language: z.enum(['en', 'zh-CN']), timeZone: z.string() }),
  demo: z.boolean(),
});
export type Me = z.infer<typeof Me>;

/** `PATCH /api/me`. */
export const UpdateMe = z.object({ locale: z.enum(['en', 'zh-CN']).nullable() }).partial();
export type UpdateMe = z.infer<typeof UpdateMe>;
