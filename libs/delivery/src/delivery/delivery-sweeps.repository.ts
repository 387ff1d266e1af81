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
      text: `SELECT d.*, CASE WHEN d.expires_at <= $3 THEN 'expired' WHEN i.state = 'stopped' THEN 'inbox-stopped' ELSE 'inbox-unreachable' END AS why
             FROM inboxes i LEFT JOIN inbox_circuits c ON c.inbox_id = i.id
               CROSS JOIN LATERAL (
                 SELECT * FROM deliveries d WHERE d.inbox_id = i.id AND d.state = 'due'
                   AND (d.expires_at <= $3 OR (i.state = 'stopped' AND d.created_at <= $1) OR (c.open_until > $3 AND d.created_at <= $2)) LIMIT 100) d`,
      values: [patience.stoppedSince, patience.unreachableSince, patience.now],
    });
  }

  /** How many wait, by state: for the gauges. */
  async backlog(queries: Queries): Promise<{ state: string; count: number }[]> {
    return queries.query({
      name: 'deliveries-backlog',
      text: `SELECT state, count(*)::int AS count FROM deliveries WHERE state IN ('due', 'sending', 'uncertain') OR state = 'held' GROUP BY state`,
      values: [],
    });
  }
}
