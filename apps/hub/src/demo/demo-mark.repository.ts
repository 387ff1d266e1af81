import type { Queries, Transaction } from '@claimline/database';

/** What makes a database a demo: a settings row, written with its first rows. */
export interface DemoMark {
  readonly seededAt: string;
  /** Signed with the hub's secret: tells whether passwords that are made from the secret still fit. */
  readonly proof: string;
}

const KEY = 'demo';
// Any number will do as long as nobody else takes it: two hubs that start at once fill the database once.
const LOCK = 7_305_108_812;

/** The mark, and what tells a fresh database from a used one. */
export class DemoMarks {
  async find(queries: Queries): Promise<DemoMark | undefined> {
    const [row] = await queries.query<{ value: DemoMark }>({
      name: 'demo-mark',
      text: 'SELECT value FROM settings WHERE key = $1 ORDER BY version DESC LIMIT 1',
      values: [KEY],
    });
    return row?.value;
  }

  /** Writes the first mark, or the next version of it. */
  async put(tx: Transaction, mark: DemoMark, at: Date): Promise<void> {
    await tx.query({
      name: 'demo-mark-put',
      text: 'INSERT INTO settings (key, version, value, at) SELECT $1, coalesce(max(version), 0) + 1, $2, $3 FROM settings WHERE key = $1',
      values: [KEY, JSON.stringify(mark), at],
    });
  }

  /** Waits for another hub that is filling the same database. */
  async lock(tx: Transaction): Promise<void> {
    await tx.query({ name: 'demo-lock', text: 'SELECT pg_advisory_xact_lock($1)', values: [LOCK] });
  }

  /** Nobody has worked with it: no people, no customers, no claims, no lines. */
  async isFresh(queries: Queries): Promise<boolean> {
    const [row] = await queries.query<{ fresh: boolean }>({
      name: 'demo-is-fresh',
      text: `SELECT NOT EXISTS (SELECT FROM accounts) AND NOT EXISTS (SELECT FROM contacts) AND NOT EXISTS (SELECT FROM claims) AND NOT EXISTS (SELECT FROM inboxes)
               AND NOT EXISTS (SELECT FROM brands) AS fresh`,
      values: [],
    });
    return row!.fresh;
  }

  async setPassword(tx: Transaction, email: string, hash: string): Promise<void> {
    await tx.query({
      name: 'demo-password',
      text: 'UPDATE accounts SET password_hash = $2 WHERE email = $1 AND demo',
      values: [email, hash],
    });
  }

  async setApiKey(tx: Transaction, name: string, hash: Buffer): Promise<void> {
    await tx.query({ name: 'demo-api-key', text: 'UPDATE api_keys SET key_hash = $2 WHERE name = $1 AND demo', values: [name, hash] });
  }
}
