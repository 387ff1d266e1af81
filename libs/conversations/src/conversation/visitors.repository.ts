import { createHash, randomBytes } from 'node:crypto';
import type { Queries } from '@claimline/database';

/** A browser that chats: known by a token that only it has. */
export interface VisitorRow {
  readonly id: string;
  readonly inbox_id: string;
  readonly user_id: string | null;
  readonly read_seq: number;
}

const hash = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Visitors of the chat widget. Their token is the only proof they have, so only its hash is kept. */
export class Visitors {
  async byToken(queries: Queries, inboxId: string, token: string, at: Date): Promise<VisitorRow | undefined> {
    const [row] = await queries.query<VisitorRow>({
      name: 'visitor-by-token',
      text: 'UPDATE visitors SET seen_at = $3 WHERE token_hash = $1 AND inbox_id = $2 RETURNING id, inbox_id, user_id, read_seq',
      values: [hash(token), inboxId, at],
    });
    return row;
  }

  async make(queries: Queries, inboxId: string, at: Date): Promise<{ visitor: VisitorRow; token: string }> {
    const id = randomBytes(16).toString('hex');
    const token = randomBytes(32).toString('base64url');
    await queries.query({
      name: 'visitor-make',
      text: 'INSERT INTO visitors (id, inbox_id, token_hash, created_at, seen_at) VALUES ($1, $2, $3, $4, $4)',
      values: [id, inboxId, hash(token), at],
    });
    return { visitor: { id, inbox_id: inboxId, user_id: null, read_seq: 0 }, token };
  }

  /** The site has vouched for who this is. */
  async identify(queries: Queries, id: string, userId: string): Promise<void> {
    await queries.query({ name: 'visitor-identify', text: 'UPDATE visitors SET user_id = $2 WHERE id = $1', values: [id, userId] });
  }

  /** Has read up to this place of their thread, or to its end; never back. Returns how far that is. */
  async markRead(queries: Queries, id: string, seq: number): Promise<number> {
    const [row] = await queries.query<{ read_seq: number }>({
      name: 'visitor-read',
      text: `UPDATE visitors SET read_seq = greatest(read_seq, least($2::int, (SELECT coalesce(max(seq), 0) FROM visitor_messages WHERE visitor_id = $1)))
             WHERE id = $1 RETURNING read_seq`,
      values: [id, seq],
    });
    return row?.read_seq ?? 0;
  }
}
