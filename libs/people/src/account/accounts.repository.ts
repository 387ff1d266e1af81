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
