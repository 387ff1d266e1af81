import type { Transaction } from '@claimline/database';
import type { DeliveryRow } from './delivery';

// What is stopped has no time; far enough that no sweep lets it go, near enough for a calendar.
const NEVER_MS = 20 * 365 * 24 * 3_600_000;
const FAR_MS = NEVER_MS / 2;

/** Takes what many are to get out of the queue and puts it back, or takes it back for good. What is being sent at this moment is no longer ours to stop. */
export class StoppedDeliveries {
  async stop(tx: Transaction, messageIds: readonly string[], at: Date): Promise<number> {
    const rows = await tx.query({
      name: 'deliveries-stop',
      text: `UPDATE deliveries SET state = 'held', due_at = $2, changed_at = $3 WHERE message_id = ANY ($1::uuid[]) AND state = 'due' RETURNING 1`,
      values: [messageIds, new Date(at.getTime() + NEVER_MS), at],
    });
    return rows.length;
  }

  /** What waits for the morning goes on waiting. */
  async goOn(tx: Transaction, messageIds: readonly string[], at: Date): Promise<number> {
    const rows = await tx.query({
      name: 'deliveries-go-on',
      text: `UPDATE deliveries SET state = 'due', due_at = $2, changed_at = $2 WHERE message_id = ANY ($1::uuid[]) AND state = 'held' AND due_at > $3 RETURNING 1`,
      values: [messageIds, at, new Date(at.getTime() + FAR_MS)],
    });
    return rows.length;
  }

  async takeBack(tx: Transaction, messageIds: readonly string[], at: Date): Promise<DeliveryRow[]> {
    return tx.query<DeliveryRow>({
      name: 'deliveries-take-back',
      text: `UPDATE deliveries SET state = 'canceled', reason = 'canceled-by-person', changed_at = $2, settled_at = $2
             WHERE message_id = ANY ($1::uuid[]) AND state IN ('held', 'due') RETURNING *`,
      values: [messageIds, at],
    });
  }
}
