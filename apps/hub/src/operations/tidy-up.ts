import { PortalGrants } from '@claimline/conversations';
import { systemClock, type Database } from '@claimline/database';
import { Sessions } from '@claimline/people';
import { RateLimits } from '../http/rate-limits';
import type { Sweep } from '../workers';

const EVERY_MS = 10 * 60_000;
const DAY_MS = 24 * 3_600_000;
// What every consumer has read and no console asks for any more: a browser that was away for longer reads everything anew.
const LOG_KEPT_MS = 30 * DAY_MS;

/** Removes what has served: ended sessions of ours and of customers, old counters and keys, codes and links that have been sent, events that everybody has read. */
export class TidyUp implements Sweep {
  readonly name = 'tidy-up';
  private last = 0;

  constructor(
    private readonly database: Database,
    private readonly sessions: Sessions,
    private readonly limits: RateLimits,
    private readonly grants: PortalGrants,
  ) {}

  async sweep(now: Date): Promise<number> {
    if (now.getTime() - this.last < EVERY_MS) return 0;
    this.last = now.getTime();
    const removed = await Promise.all([
      this.sessions.sweep(this.database, systemClock.now()),
      this.limits.sweep(now),
      this.grants.tidy(this.database, now),
      this.keys(now),
      this.secrets(now),
      this.events(now),
    ]);
    return removed.reduce((sum, count) => sum + count, 0);
  }

  private async keys(now: Date): Promise<number> {
    return (
      await this.database.query({
        name: 'tidy-keys',
        text: 'DELETE FROM idempotency_keys WHERE at < $1 RETURNING 1',
        values: [new Date(now.getTime() - DAY_MS)],
      })
    ).length;
  }

  // A code or a link is read once more, when it is sent: after a day it was, or it waits or has failed and may be sent again. What was masked stays: people may ask for it.
  private async secrets(now: Date): Promise<number> {
    const rows = await this.database.query({
      name: 'tidy-secrets',
      text: `DELETE FROM sealed_words s USING messages m WHERE m.id = s.message_id AND s.kind = 'secret' AND m.received_at < $1 AND (m.received_at < $2
               OR NOT EXISTS (SELECT FROM deliveries d WHERE d.message_id = m.id AND d.state NOT IN ('accepted', 'sent', 'delivered', 'read', 'canceled'))) RETURNING 1`,
      values: [new Date(now.getTime() - DAY_MS), new Date(now.getTime() - LOG_KEPT_MS)],
    });
    return rows.length;
  }

  // The last one stays: positions go on from it. Nothing parked and nothing unread is touched.
  private async events(now: Date): Promise<number> {
    const rows = await this.database.query({
      name: 'tidy-events',
      text: `DELETE FROM event_log WHERE at < $1 AND position < (SELECT max(position) FROM event_log) AND position <= (SELECT min(position) FROM consumers)
               AND position NOT IN (SELECT position FROM parked_events) AND conversation_id IS NULL RETURNING 1`,
      values: [new Date(now.getTime() - LOG_KEPT_MS)],
    });
    return rows.length;
  }
}
