import { z } from 'zod';
import { Role } from './accounts';
import { Id, Moment } from './paging';

const Level = z.number().int().min(1).max(5);
const Code = z.string().trim().min(1).max(60);

/** What the router knows of somebody who takes work. */
export const StaffProfile = z.object({
  /** Names of teams; a new name makes the team. */
  teams: z.array(z.string().trim().min(1).max(120)).max(20),
  /** Line of business → level 1–5. */
  lines: z.record(Code, Level),
  /** Language tag → level 1–5. */
  languages: z.record(Code, Level),
  /** Region → last day of validity (`YYYY-MM-DD`), null: does not expire. */
  licences: z.record(Code, z.iso.date().nullable()),
  capacity: z.number().int().min(0).max(1000),
  timeZone: z.string().max(60),
});
export type StaffProfile = z.infer<typeof StaffProfile>;

/** Somebody who signs in, as an administrator keeps them. `GET /api/accounts`, newest role first, closed ones last. */
export const StaffAccount = z.object({
  id: Id,
  email: z.string(),
  name: z.string(),
  role: Role,
  locale: z.enum(['en', 'zh-CN']).nullable(),
  phone: z.string().nullable(),
  /** The id by which the claim core calls this person. */
  externalId: z.string().nullable(),
  /** Restricted groups they belong to. */
  groups: z.array(z.string()),
  active: z.boolean(),
  /** Null: takes no work from the router. */
  profile: StaffProfile.nullable(),
});
export type StaffAccount = z.infer<typeof StaffAccount>;
export const StaffAccounts = z.object({ items: z.array(StaffAccount) });

const Phone = z.string().regex(/^\+[1-9]\d{6,14}$/, 'a number with its country code: +861012345678');
const Words = {
  name: z.string().trim().min(1).max(200),
  role: Role.exclude(['integration']),
  locale: z.enum(['en', 'zh-CN']).nullable(),
  phone: Phone.nullable(),
  externalId: z.string().trim().min(1).max(120).nullable(),
  groups: z.array(Code).max(20),
  profile: StaffProfile.partial(),
};

/** `POST /api/accounts`. */
export const NewStaffAccount = z.object({
  email: z.email().max(254),
  name: Words.name,
  role: Words.role,
  locale: Words.locale.default(null),
  phone: Words.phone.default(null),
  externalId: Words.externalId.default(null),
  groups: Words.groups.default([]),
  profile: Words.profile.optional(),
});
export type NewStaffAccount = z.input<typeof NewStaffAccount>;

/** The answer names the first password. It is shown once and kept as a hash. */
export const MadeStaffAccount = z.object({ account: StaffAccount, password: z.string() });
export type MadeStaffAccount = z.infer<typeof MadeStaffAccount>;

/** `PATCH /api/accounts/:id`: what is left out stays. A closed account signs in nowhere; its work stays until somebody moves it. */
export const UpdateStaffAccount = z.object({ ...Words, active: z.boolean() }).partial();
export type UpdateStaffAccount = z.infer<typeof UpdateStaffAccount>;

/** `POST /api/accounts/:id/password`: a new password, shown once; every session of theirs ends. */
export const NewPassword = z.object({ password: z.string() });

/** `POST /api/me/password`: every other session of mine ends. */
export const ChangePassword = z.object({
  current: z.string().min(1).max(200),
  password: z.string().min(12, 'at least 12 characters').max(200),
});
export type ChangePassword = z.infer<typeof ChangePassword>;

/** A program's key. `GET /api/api-keys`; the secret is in no answer but the first. */
export const ApiKey = z.object({ id: Id, name: z.string(), role: Role, made: Moment, revoked: Moment.nullable() });
export type ApiKey = z.infer<typeof ApiKey>;
export const ApiKeyList = z.object({ items: z.array(ApiKey) });

/** `POST /api/api-keys`. `integration` posts claim events and fetches what is meant for the claim core; `auditor` reads. */
export const NewApiKey = z.object({ name: z.string().trim().min(1).max(120), role: z.enum(['integration', 'auditor']) });
export type NewApiKey = z.infer<typeof NewApiKey>;
export const MadeApiKey = z.object({ id: Id, key: z.string() });
export type MadeApiKey = z.infer<typeof MadeApiKey>;
