import type { Queries, Sealed, Transaction } from '@claimline/database';
import { claimVisibleTo, type ClaimReader } from '../visible-to';
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
  tried_at AS "triedAt", delivered_at AS "deliveredAt", created_at AS "createdAt" FROM claim_core_events e`;

// An event is as closed as the claim that it names, or that its report has become. `first`: the reader's groups, then their brands.
const visibleTo = (first: number): string => `
  NOT EXISTS (SELECT FROM claims c WHERE c.number = e.subject AND NOT ${claimVisibleTo('c', first)})
  AND NOT EXISTS (SELECT FROM fnol_drafts d LEFT JOIN claims c ON c.number = d.claim_number
    WHERE d.id = CASE WHEN e.type = 'fnol.submitted' THEN e.subject::uuid END
      AND NOT CASE WHEN c.id IS NULL THEN cardinality($${first + 1}::uuid[]) = 0 OR d.brand_id = ANY ($${first + 1}::uuid[]) ELSE ${claimVisibleTo('c', first)} END)`;

/** A page of the log. `before`: the last one of the page before. */
export interface ClaimCoreEventPage {
  readonly limit: number;
  readonly before: { readonly at: Date; readonly id: string } | null;
}

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

  /** One for people: undefined where it is of a claim that they may not see. */
  async shown(queries: Queries, reader: ClaimReader, id: string): Promise<StoredClaimCoreEvent | undefined> {
    const [row] = await queries.query<StoredClaimCoreEvent>({
      name: 'claim-core-event-shown',
      text: `${SELECT} WHERE id = $1 AND ${visibleTo(2)}`,
      values: [id, reader.groups, reader.brandIds],
    });
    return row;
  }

  /** Newest first, for people. */
  async newest(queries: Queries, reader: ClaimReader, { limit, before }: ClaimCoreEventPage): Promise<StoredClaimCoreEvent[]> {
    return queries.query<StoredClaimCoreEvent>({
      name: 'claim-core-events-newest',
      text: `${SELECT} WHERE ($2::timestamptz IS NULL OR (created_at, id) < ($2, $3::uuid)) AND ${visibleTo(4)} ORDER BY created_at DESC, id DESC LIMIT $1`,
      values: [limit, before?.at ?? null, before?.id ?? null, reader.groups, reader.brandIds],
    });
  }

  /** Oldest first after a position. `reader` null: the claim core itself, whose claims they are. */
  async after(
    queries: Queries,
    reader: ClaimReader | null,
    { position, limit }: { readonly position: string; readonly limit: number },
  ): Promise<StoredClaimCoreEvent[]> {
    return queries.query<StoredClaimCoreEvent>({
      name: reader ? 'claim-core-events-after-visible' : 'claim-core-events-after',
      text: `${SELECT} WHERE position > $1::bigint ${reader ? `AND ${visibleTo(3)}` : ''} ORDER BY position LIMIT $2`,
      values: [position, limit, ...(reader ? [reader.groups, reader.brandIds] : [])],
    });
  }
}
