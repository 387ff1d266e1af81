import { createHash, randomBytes } from 'node:crypto';
import type { Queries } from '@claimline/database';
import type { AccountRow } from './accounts.repository';

const IDLE_MS = 12 * 3_600_000;
const TOUCH_MS = 5 * 60_000;

const digest = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Signed-in browsers. The cookie holds the token; only its hash is kept, so a copy of the database signs nobody in. */
export class Sessions {
  constructor(private readonly demo: boolean) {}

  /** Opens a session and returns its token: 256 random bits. It ends after twelve idle hours. */
  async open(queries: Queries, accountId: string, at: Date): Promise<{ token: string; expiresAt: Date }> {
    const token = randomBytes(32).toString('base64url');
    const expiresAt = new Date(at.getTime() + IDLE_MS);
    await queries.query({
      name: 'session-open',
      text: 'INSERT INTO sessions (token_hash, account_id, created_at, expires_at, seen_at) VALUES ($1, $2, $3, $4, $3)',
      values: [digest(token), accountId, at, expiresAt],
    });
    return { token, expiresAt };
  }

  /** The account behind each token; undefined where its session has ended or it is closed. Moves the sessions' end on, at most every five minutes. */
  async accounts(queries: Queries, tokens: readonly string[], at: Date): Promise<(AccountRow | undefined)[]> {
    const hashes = tokens.map(digest);
    const rows = await queries.query<AccountRow & { token_hash: Buffer; seen_at: Date }>({
      name: 'session-accounts',
      text: 'SELECT a.*, s.token_hash, s.seen_at FROM sessions s JOIN accounts a ON a.id = s.account_id WHERE s.token_hash = ANY ($1::bytea[]) AND s.expires_at > $2 AND a.active AND (NOT a.demo OR $3)',
      values: [hashes, at, this.demo],
    });
    const stale = rows.filter((row) => at.getTime() - row.seen_at.getTime() > TOUCH_MS).map((row) => row.token_hash);
    if (stale.length > 0) await this.touch(queries, stale, at);
    const found = new Map(rows.map((row) => [row.token_hash.toString('hex'), row]));
    return hashes.map((hash) => found.get(hash.toString('hex')));
  }

  async end(queries: Queries, token: string): Promise<void> {
    await queries.query({ name: 'session-end', text: 'DELETE FROM sessions WHERE token_hash = $1', values: [digest(token)] });
  }

  /** Signs somebody out everywhere, but for the one session that goes on (`keep`, its token). */
  async endAll(queries: Queries, accountId: string, keep?: string): Promise<void> {
    await queries.query({
      name: 'session-end-all',
      text: 'DELETE FROM sessions WHERE account_id = $1 AND token_hash IS DISTINCT FROM $2',
      values: [accountId, keep ? digest(keep) : null],
    });
  }

  // A session that somebody else holds is being moved on or ended by them: waiting for several, in whatever order, could be a deadlock.
  private async touch(queries: Queries, hashes: readonly Buffer[], at: Date): Promise<void> {
    await queries.query({
      name: 'sessions-touch',
      text: `UPDATE sessions SET seen_at = $2, expires_at = $3
             WHERE token_hash IN (SELECT token_hash FROM sessions WHERE token_hash = ANY ($1::bytea[]) FOR UPDATE SKIP LOCKED)`,
      values: [hashes, at, new Date(at.getTime() + IDLE_MS)],
    });
  }
}
