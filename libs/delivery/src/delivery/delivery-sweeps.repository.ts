import type { Queries } from '@claimline/database';
import type { DeliveryRow } from './delivery';

/** An answer that has waited this long behind a line that does not work is better told another way. */
export interface Patience {
  readonly stoppedSince: Date;
  readonly unreachableSince: Date;
  readonly now: Date;
}

/** What time does to deliveries: holds end, leases run out, answers stay away. Each is looked for by its own small index. */
export class DeliverySweeps {
  /** Lets go what was held until now; returns how many. */
  async release(queries: Queries, now: Date): Promise<number> {
    const rows = await queries.query({
      name: 'sweep-release',
      text: `UPDATE deliveries SET state = 'due', reason = NULL, changed_at = $1 WHERE id IN
               (SELECT id FROM deliveries WHERE state = 'held' AND due_at <= $1 ORDER BY due_at LIMIT 500 FOR UPDATE SKIP LOCKED) RETURNING 1`,
      values: [now],
    });
    return rows.length;
  }

  /** Those whose sender has died in the middle: nobody knows whether they left. */
  async orphaned(queries: Queries, now: Date): Promise<DeliveryRow[]> {
    return queries.query<DeliveryRow>({
      name: 'sweep-orphaned',
      text: `SELECT * FROM deliveries WHERE state = 'sending' AND lease_until < $1 ORDER BY lease_until LIMIT 100`,
      values: [now],
    });
  }

  /** Uncertain ones whose vendor is to be asked now. They are put off until `again`, so that no second replica asks. */
  async toAsk(queries: Queries, now: Date, again: Date): Promise<DeliveryRow[]> {
    return queries.query<DeliveryRow>({
      name: 'sweep-to-ask',
      text: `UPDATE deliveries SET asks = asks + 1, due_at = $2 WHERE id IN
               (SELECT id FROM deliveries WHERE state = 'uncertain' AND reason IS NULL AND due_at <= $1 ORDER BY due_at LIMIT 50 FOR UPDATE SKIP LOCKED) RETURNING *`,
      values: [now, again],
    });
  }

  /** Those that are no longer worth waiting for: expired, or their line has been down for too long. */
  async overdue(
    queries: Queries,
    patience: Patience,
  ): Promise<(DeliveryRow & { why: 'expired' | 'inbox-stopped' | 'inbox-unreachable' })[]> {
    return queries.query({
      name: 'sweep-overdue',
      text: OVERDUE,
      values: [patience.stoppedSince, patience.unreachableSince, patience.now],
    });
  }

  /** How many wait, by state: for the gauges. */
  async backlog(queries: Queries): Promise<{ state: string; count: number }[]> {
    return queries.query({
      name: 'deliveries-backlog',
      text: BACKLOG,
      values: [],
    });
  }
}

// Of a line that works only what has expired is looked for, by an index of its own: a hundred thousand that wait their turn are not read.
export const OVERDUE = `
  (SELECT d.*, 'expired' AS why FROM deliveries d WHERE d.state = 'due' AND d.expires_at <= $3 ORDER BY d.expires_at LIMIT 100)
  UNION ALL
  SELECT d.*, CASE i.state WHEN 'stopped' THEN 'inbox-stopped' ELSE 'inbox-unreachable' END AS why
  FROM inboxes i LEFT JOIN inbox_circuits c ON c.inbox_id = i.id
    CROSS JOIN LATERAL (
      SELECT * FROM deliveries d WHERE d.inbox_id = i.id AND d.state = 'due' AND (d.expires_at IS NULL OR d.expires_at > $3)
        AND d.created_at <= CASE i.state WHEN 'stopped' THEN $1::timestamptz ELSE $2::timestamptz END
      ORDER BY d.priority, d.due_at LIMIT 100) d
  WHERE i.state = 'stopped' OR c.open_until > $3
`;

// State by state, so that each is counted in its own small index and never in the table of all that ever left.
const BACKLOG = `
  SELECT 'due' AS state, count(*)::int AS count FROM deliveries WHERE state = 'due'
  UNION ALL SELECT 'held', count(*)::int FROM deliveries WHERE state = 'held'
  UNION ALL SELECT 'sending', count(*)::int FROM deliveries WHERE state = 'sending'
  UNION ALL SELECT 'uncertain', count(*)::int FROM deliveries WHERE state = 'uncertain'
`;
