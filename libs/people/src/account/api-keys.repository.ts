import { createHash, randomBytes } from 'node:crypto';
import { newId, type Queries } from '@claimline/database';
import type { AccountRole } from './accounts.repository';

/** A program's key. */
export interface ApiKeyRow {
  readonly id: string;
  readonly name: string;
  readonly role: AccountRole;
}

/** A key as its keeper sees it. */
export interface KeptApiKey extends ApiKeyRow {
  readonly created_at: Date;
  readonly revoked_at: Date | null;
}

const digest = (key: string): Buffer => createHash('sha256').update(key).digest();

/** Keys of programs: shown once when made, kept as hash. */
export class ApiKeys {
  constructor(private readonly demo: boolean) {}

  async make(
    queries: Queries,
    key: { name: string; role: AccountRole; demo?: boolean; secret?: string },
    at: Date,
  ): Promise<{ id: string; key: string }> {
    const id = newId(at);
    const secret = key.secret ?? `clk_${randomBytes(32).toString('base64url')}`;
    await queries.query({
      name: 'api-key-make',
      text: 'INSERT INTO api_keys (id, name, key_hash, role, demo, created_at) VALUES ($1, $2, $3, $4, $5, $6)',
      values: [id, key.name, digest(secret), key.role, key.demo ?? false, at],
    });
    return { id, key: secret };
  }

  async find(queries: Queries, key: string): Promise<ApiKeyRow | undefined> {
    const [row] = await queries.query<ApiKeyRow>({
      name: 'api-key-find',
      brief: true,
      text: 'SELECT id, name, role FROM api_keys WHERE key_hash = $1 AND revoked_at IS NULL AND (NOT demo OR $2)',
      values: [digest(key), this.demo],
    });
    return row;
  }

  async all(queries: Queries): Promise<KeptApiKey[]> {
    return queries.query<KeptApiKey>({
      name: 'api-key-all',
      text: 'SELECT id, name, role, created_at, revoked_at FROM api_keys WHERE NOT demo OR $1 ORDER BY revoked_at NULLS FIRST, created_at DESC, id DESC LIMIT 200',
      values: [this.demo],
    });
  }

  /** From here on it opens nothing. False where there is none, or it was revoked before. */
  async revoke(queries: Queries, id: string, at: Date): Promise<boolean> {
    const rows = await queries.query({
      name: 'api-key-revoke',
      text: 'UPDATE api_keys SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL AND (NOT demo OR $3) RETURNING 1',
      values: [id, at, this.demo],
    });
    return rows.length > 0;
  }
}
