import type { Queries, Transaction } from '@claimline/database';

/** Settings of the hub: whatever is not needed before the database opens. Versioned rows, so that a change can be read and taken back. */
export class Settings {
  /** The value in force; undefined where nobody has set it. */
  async read<Value>(queries: Queries, key: string): Promise<Value | undefined> {
    const [row] = await queries.query<{ value: Value }>({
      name: 'setting-read',
      text: 'SELECT value FROM settings WHERE key = $1 ORDER BY version DESC LIMIT 1',
      values: [key],
      steady: true,
    });
    return row?.value;
  }

  /** The value in force with its version; undefined where nobody has set it. */
  async latest<Value>(queries: Queries, key: string): Promise<{ readonly value: Value; readonly version: number } | undefined> {
    const [row] = await queries.query<{ value: Value; version: number }>({
      name: 'setting-latest',
      text: 'SELECT value, version FROM settings WHERE key = $1 ORDER BY version DESC LIMIT 1',
      values: [key],
      steady: true,
    });
    return row;
  }

  /** The value in force for whoever writes the next one out of it: until the transaction ends nobody else does, and nothing is answered from memory. */
  async hold<Value>(tx: Transaction, key: string): Promise<Value | undefined> {
    await this.lock(tx, key);
    const [row] = await tx.query<{ value: Value }>({
      name: 'setting-held',
      text: 'SELECT value FROM settings WHERE key = $1 ORDER BY version DESC LIMIT 1',
      values: [key],
    });
    return row?.value;
  }

  /** Writes the next version. `by`: the account that changed it; null where a program did. */
  async write(tx: Transaction, key: string, value: object, change: { readonly at: Date; readonly by: string | null }): Promise<void> {
    await this.lock(tx, key);
    await tx.query({
      name: 'setting-write',
      text: 'INSERT INTO settings (key, version, value, at, by) SELECT $1, coalesce(max(version), 0) + 1, $2, $3, $4 FROM settings WHERE key = $1',
      values: [key, JSON.stringify(value), change.at, change.by],
    });
  }

  private async lock(tx: Transaction, key: string): Promise<void> {
    await tx.query({ name: 'setting-hold', text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 7))', values: [key] });
  }
}
