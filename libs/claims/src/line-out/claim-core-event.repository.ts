import type { Queries, Sealed, Transaction } from '@claimline/database';
import type { ClaimCoreState } from './claim-core-event.entity';

/** An event for the claim core with its body sealed, as it lies here. */
export interface StoredClaimCoreEvent extends Sealed {
  readonly id: string;
  readonly position: string | null;
  readonly type: string;
  readonly subject: string;
  readonly state: ClaimCoreState;
  readonly attempts: number;
  readonly lastStatus: number | null;
  readonly problem: string | null;
  readonly triedAt: Date | null;
  readonly deliveredAt: Date | null;
  readonly createdAt: Date;
}

/** How one try went. */
export interface Tried {
  readonly state: ClaimCoreState;
  readonly status: number | null;
  /** For a person: an HTTP status or what the network said, never a body. */
  readonly problem: string | null;
  readonly at: Date;
}

const SELECT = `SELECT id, position::text AS position, type, subject, key_id AS "keyId", sealed, state, attempts, last_status AS "lastStatus", problem,
  tried_at AS "triedAt", delivered_at AS "deliveredAt", created_at AS "createdAt" FROM claim_core_events`;

/** What the claim core is told: written with what it tells of, read by position or by time. */
export class ClaimCoreEventRepository {
  async insert(tx: Transaction, event: Sealed & { id: string; type: string; subject: string; createdAt: Date }): Promise<void> {
    await tx.query({
      name: 'claim-core-event-insert',
      text: `INSERT INTO claim_core_events (id, type, subject, key_id, sealed, state, created_at) VALUES ($1, $2, $3, $4, $5, 'due', $6)`,
      values: [event.id, event.type, event.subject, event.keyId, event.sealed, event.createdAt],
    });
  }

  /** Gives the event its place in the log; a second time changes nothing. */
  async place(tx: Transaction, id: string, position: string, state: ClaimCoreState): Promise<void> {
    await tx.query({
      name: 'claim-core-event-place',
      text: 'UPDATE claim_core_events SET position = $2, state = $3 WHERE id = $1 AND position IS NULL',
      values: [id, position, state],
    });
  }

  async find(queries: Queries, id: string): Promise<StoredClaimCoreEvent | undefined> {
    const [row] = await queries.query<StoredClaimCoreEvent>({
      name: 'claim-core-event-find',
      text: `${SELECT} WHERE id = $1`,
      values: [id],
    });
    return row;
  }

  async noteTry(tx: Queries, id: string, tried: Tried): Promise<void> {
    await tx.query({
      name: 'claim-core-event-tried',
      text: `UPDATE claim_core_events SET state = $2, attempts = attempts + 1, last_status = $3, problem = $4, tried_at = $5,
               delivered_at = CASE WHEN $2 = 'delivered' THEN coalesce(delivered_at, $5) ELSE delivered_at END WHERE id = $1`,
      values: [id, tried.state, tried.status, tried.problem, tried.at],
    });
  }

  /** To be sent again, as if it had just happened. False: there is none, or it waits already. */
  async renew(tx: Transaction, id: string): Promise<boolean> {
    const rows = await tx.query({
      name: 'claim-core-event-renew',
      text: `UPDATE claim_core_events SET state = 'due' WHERE id = $1 AND state <> 'due' AND position IS NOT NULL RETURNING id`,
      values: [id],
    });
    return rows.length > 0;
  }

  /** Newest first, for people. `before`: the last one of the page before. */
  async newest(
    queries: Queries,
    limit: number,
    before: { readonly at: Date; readonly id: string } | null,
  ): Promise<StoredClaimCoreEvent[]> {
    return queries.query<StoredClaimCoreEvent>({
      name: 'claim-core-events-newest',
      text: `${SELECT} WHERE $2::timestamptz IS NULL OR (created_at, id) < ($2, $3::uuid) ORDER BY created_at DESC, id DESC LIMIT $1`,
      values: [limit, before?.at ?? null, before?.id ?? null],
    });
  }

  /** Oldest first after a position, for a claim core that asks. */
  async after(queries: Queries, position: string, limit: number): Promise<StoredClaimCoreEvent[]> {
    return queries.query<StoredClaimCoreEvent>({
      name: 'claim-core-events-after',
      text: `${SELECT} WHERE position > $1::bigint ORDER BY position LIMIT $2`,
      values: [position, limit],
    });
  }
}
