import type { Database } from '@claimline/database';
import { Deliveries, DeliverySweeps, DeliveryReports, type DeliveryRow, type Verdict } from '@claimline/delivery';
import { backlogGauge } from '../operations/metrics';
import type { Sweep } from '../workers';
import { SettleDelivery } from './settle-delivery';

const MINUTE = 60_000;
// A person who has sent an answer should hear within the quarter of an hour that it cannot leave; a vendor's outage is given an hour.
const STOPPED_PATIENCE_MS = 15 * MINUTE;
const UNREACHABLE_PATIENCE_MS = 60 * MINUTE;
const REPORTS_KEPT_MS = 7 * 24 * 60 * MINUTE;
// These look over everything that waits, so they are done less often than what looks at the next few.
const THOROUGH_EVERY_MS = 10_000;

/** What time does to deliveries: holds end, leases of dead senders run out, waiting behind a broken line ends. */
export class SweepDeliveries implements Sweep {
  readonly name = 'deliveries';
  private thoroughAt = new Date(0);

  constructor(
    private readonly database: Database,
    private readonly sweeps: DeliverySweeps,
    private readonly deliveries: Deliveries,
    private readonly reports: DeliveryReports,
    private readonly settle: SettleDelivery,
  ) {}

  async sweep(now: Date): Promise<number> {
    const released = await this.sweeps.release(this.database, now);
    if (released > 0) this.deliveries.wake();
    const orphaned = await this.sweeps.orphaned(this.database, now);
    for (const row of orphaned) await this.end(row, 'sending', { state: 'uncertain', reason: null, dueAt: now }, now);
    return released + orphaned.length + (await this.thoroughly(now));
  }

  private async thoroughly(now: Date): Promise<number> {
    // Either way: the demo moves its clock forward and back.
    if (Math.abs(now.getTime() - this.thoroughAt.getTime()) < THOROUGH_EVERY_MS) return 0;
    this.thoroughAt = now;
    const before = (ms: number): Date => new Date(now.getTime() - ms);
    const overdue = await this.sweeps.overdue(this.database, {
      stoppedSince: before(STOPPED_PATIENCE_MS),
      unreachableSince: before(UNREACHABLE_PATIENCE_MS),
      now,
    });
    for (const row of overdue) await this.end(row, 'due', { state: 'failed', reason: row.why }, now);
    await this.reports.forget(this.database, before(REPORTS_KEPT_MS));
    await this.gauge();
    return overdue.length;
  }

  /** Moves it where it still stands as it was seen; its sender may have been just in time. */
  private end(row: DeliveryRow, seen: DeliveryRow['state'], verdict: Verdict, now: Date): Promise<void> {
    const stands = (fresh: DeliveryRow): boolean =>
      fresh.state === seen && (seen !== 'sending' || (fresh.lease_until !== null && fresh.lease_until < now));
    return this.database.transaction((tx) => this.settle.change(tx, row, (fresh) => (stands(fresh) ? { verdict } : undefined), now));
  }

  private async gauge(): Promise<void> {
    const counts = new Map((await this.sweeps.backlog(this.database)).map(({ state, count }) => [state, count]));
    for (const state of ['held', 'due', 'sending', 'uncertain']) backlogGauge.set({ queue: `deliveries-${state}` }, counts.get(state) ?? 0);
  }
}
