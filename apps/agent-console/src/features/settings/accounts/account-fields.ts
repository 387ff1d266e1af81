import type { NewStaffAccount, Role, StaffAccount, UpdateStaffAccount } from '@claimline/protocol';

/** What the form of an account holds: everything as it is typed. */
export interface AccountFields {
  readonly email: string;
  readonly name: string;
  readonly role: Exclude<Role, 'integration'>;
  readonly phone: string;
  readonly externalId: string;
  readonly teams: readonly string[];
  readonly groups: readonly string[];
  /** Takes work from the router. */
  readonly takesWork: boolean;
  readonly lines: readonly string[];
  readonly languages: readonly string[];
  readonly licences: readonly string[];
  readonly capacity: number;
  readonly timeZone: string;
}

// As good as anybody where the form does not ask for a level; a level that is there stays.
const USUAL_LEVEL = 3;
const USUAL_CAPACITY = 100;

/** The fields of an account, or of a new one. */
export function fieldsOf(account: StaffAccount | null, timeZone: string): AccountFields {
  const profile = account?.profile ?? null;
  return {
    email: account?.email ?? '',
    name: account?.name ?? '',
    role: account && account.role !== 'integration' ? account.role : 'adjuster',
    phone: account?.phone ?? '',
    externalId: account?.externalId ?? '',
    teams: profile?.teams ?? [],
    groups: account?.groups ?? [],
    takesWork: account ? profile !== null : true,
    lines: Object.keys(profile?.lines ?? {}),
    languages: Object.keys(profile?.languages ?? {}),
    licences: Object.keys(profile?.licences ?? {}),
    capacity: profile?.capacity ?? USUAL_CAPACITY,
    timeZone: profile?.timeZone ?? timeZone,
  };
}

/** What the hub is asked to make. */
export const newAccountOf = (fields: AccountFields): NewStaffAccount => ({ email: fields.email.trim(), ...saidOf(fields, null) });

/** What the hub is asked to change; levels and dates that the form does not show stay as they are. */
export const changeOf = (fields: AccountFields, account: StaffAccount): UpdateStaffAccount => saidOf(fields, account);

function saidOf(fields: AccountFields, before: StaffAccount | null) {
  const { takesWork, lines, languages, licences, teams, capacity, timeZone } = fields;
  const kept = before?.profile;
  const profile = {
    teams: [...teams],
    lines: keeping(lines, kept?.lines, USUAL_LEVEL),
    languages: keeping(languages, kept?.languages, USUAL_LEVEL),
    licences: keeping<string | null>(licences, kept?.licences, null),
    capacity,
    timeZone,
  };
  return {
    name: fields.name.trim(),
    role: fields.role,
    phone: fields.phone.replace(/[\s()-]/g, '') || null,
    externalId: fields.externalId.trim() || null,
    groups: [...fields.groups],
    ...(takesWork && { profile }),
  };
}

function keeping<Value>(
  wanted: readonly string[],
  before: Readonly<Record<string, Value>> | undefined,
  usual: Value,
): Record<string, Value> {
  return Object.fromEntries(wanted.map((name) => [name, before?.[name] ?? usual]));
}
