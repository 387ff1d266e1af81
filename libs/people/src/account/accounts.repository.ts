import { newId, type Queries, type Transaction } from '@claimline/database';

export type AccountRole =
  'adjuster' | 'supervisor' | 'administrator' | 'integration' | 'auditor' | 'hotline' | 'complaints-officer' | 'mailroom' | 'counter';

/** Somebody who signs in. */
export interface AccountRow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly password_hash: string;
  readonly role: AccountRole;
  readonly external_id: string | null;
  readonly locale: 'en' | 'zh-CN' | null;
  readonly phone: string | null;
  readonly brand_ids: string[];
  readonly groups: string[];
  readonly active: boolean;
  readonly demo: boolean;
}

export interface NewAccount {
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string;
  readonly role: AccountRole;
  readonly externalId?: string | null;
  readonly locale?: 'en' | 'zh-CN' | null;
  readonly phone?: string | null;
  readonly brandIds?: readonly string[];
  readonly groups?: readonly string[];
  readonly demo?: boolean;
}

/** What may be changed of an account; what is left out stays. */
export type AccountChange = Partial<Pick<AccountRow, 'name' | 'role' | 'locale' | 'phone' | 'external_id' | 'groups' | 'active'>>;

/** Accounts. An address is compared in lower case; a demo account is only seen while the hub runs as a demo. */
export class Accounts {
  constructor(private readonly demo: boolean) {}

  async findByEmail(queries: Queries, email: string): Promise<AccountRow | undefined> {
    const [row] = await queries.query<AccountRow>({
      name: 'account-by-email',
      text: 'SELECT * FROM accounts WHERE email = lower($1) AND active AND (NOT demo OR $2)',
      values: [email, this.demo],
    });
    return row;
  }

  async find(queries: Queries, id: string): Promise<AccountRow | undefined> {
    const [row] = await queries.query<AccountRow>({
      name: 'account-find',
      text: 'SELECT * FROM accounts WHERE id = $1 AND active AND (NOT demo OR $2)',
      values: [id, this.demo],
    });
    return row;
  }

  async list(queries: Queries): Promise<AccountRow[]> {
    return queries.query<AccountRow>({
      name: 'account-list',
      text: 'SELECT * FROM accounts WHERE active AND (NOT demo OR $1) ORDER BY name, id',
      values: [this.demo],
    });
  }

  /** Everybody, closed accounts too: for whoever keeps them. */
  async all(queries: Queries): Promise<AccountRow[]> {
    return queries.query<AccountRow>({
      name: 'account-all',
      text: `SELECT * FROM accounts WHERE role <> 'integration' AND (NOT demo OR $1) ORDER BY active DESC, name, id`,
      values: [this.demo],
    });
  }

  /** Changes an account; undefined where there is none. The caller has made sure that an administrator is left ({@link administratorsBeside}). */
  async change(tx: Transaction, id: string, change: AccountChange): Promise<AccountRow | undefined> {
    const [row] = await tx.query<AccountRow>({
      name: 'account-change',
      text: `UPDATE accounts SET name = coalesce($2, name), role = coalesce($3, role), locale = CASE WHEN $4 THEN $5 ELSE locale END,
               phone = CASE WHEN $6 THEN $7 ELSE phone END, external_id = CASE WHEN $8 THEN $9 ELSE external_id END,
               groups = coalesce($10, groups), active = coalesce($11, active)
             WHERE id = $1 AND (NOT demo OR $12) RETURNING *`,
      values: [
        id,
        change.name ?? null,
        change.role ?? null,
        ...maybe(change.locale),
        ...maybe(change.phone),
        ...maybe(change.external_id),
        change.groups ?? null,
        change.active ?? null,
        this.demo,
      ],
    });
    return row;
  }

  /** How many others can configure the hub. Locks them, so that two administrators cannot close each other's account at once. */
  async administratorsBeside(tx: Transaction, id: string): Promise<number> {
    const rows = await tx.query({
      name: 'account-administrators',
      text: `SELECT id FROM accounts WHERE role = 'administrator' AND active AND (NOT demo OR $1) ORDER BY id FOR UPDATE`,
      values: [this.demo],
    });
    return (rows as { id: string }[]).filter((row) => row.id !== id).length;
  }

  async setPassword(queries: Queries, id: string, passwordHash: string): Promise<boolean> {
    const rows = await queries.query({
      name: 'account-password',
      text: 'UPDATE accounts SET password_hash = $2 WHERE id = $1 AND active AND (NOT demo OR $3) RETURNING 1',
      values: [id, passwordHash, this.demo],
    });
    return rows.length > 0;
  }

  /** Whether there is no account yet, so that the first-run command may make one. Until the transaction ends nobody else makes any. */
  async isEmpty(tx: Transaction): Promise<boolean> {
    await tx.query({ name: 'account-lock-all', text: 'LOCK TABLE accounts IN SHARE ROW EXCLUSIVE MODE', values: [] });
    const [row] = await tx.query<{ empty: boolean }>({
      name: 'account-empty',
      text: 'SELECT NOT EXISTS (SELECT FROM accounts) AS empty',
      values: [],
    });
    return row!.empty;
  }

  /** Fails with 23505 where the address is taken. */
  async make(queries: Queries, account: NewAccount, at: Date): Promise<string> {
    const id = newId(at);
    await queries.query({
      name: 'account-make',
      text: `INSERT INTO accounts (id, email, name, password_hash, role, external_id, locale, phone, brand_ids, groups, demo, created_at)
             VALUES ($1, lower($2), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      values: [
        id,
        account.email,
        account.name,
        account.passwordHash,
        account.role,
        account.externalId ?? null,
        account.locale ?? null,
        account.phone ?? null,
        account.brandIds ?? [],
        account.groups ?? [],
        account.demo ?? false,
        at,
      ],
    });
    return id;
  }

  async setLocale(queries: Queries, id: string, locale: 'en' | 'zh-CN' | null): Promise<void> {
    await queries.query({ name: 'account-locale', text: 'UPDATE accounts SET locale = $2 WHERE id = $1', values: [id, locale] });
  }
}

/** Whether to write, and what: null is a value of its own. */
const maybe = <Value>(value: Value | null | undefined): [boolean, Value | null] => [value !== undefined, value ?? null];
