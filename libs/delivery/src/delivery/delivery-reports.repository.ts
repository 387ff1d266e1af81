import type { Queries, Transaction } from '@claimline/database';
import { report, type DeliveryRow, type Report, type Verdict } from './delivery';

/** What a vendor says about one message of ours, under its own id for it, or ours where it echoes that. */
export interface OutsideReport extends Report {
  readonly inboxId: string;
  readonly externalId: string;
  readonly deliveryId?: string;
}

/** Vendors' news of our messages, also those that come before our own commit of the id under which they speak. */
export class DeliveryReports {
  /**
   * Makes everybody wait who writes about this id of the vendor's: a report that finds no delivery yet and the commit that brings the id would
   * otherwise miss each other. Taken before the conversation's lock, everywhere.
   */
  async hold(tx: Transaction, inboxId: string, externalId: string): Promise<void> {
    await tx.query({
      name: 'report-hold',
      text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))',
      values: [`${inboxId} ${externalId}`],
    });
  }

  /** The delivery that a report speaks of. Ours by its own id counts only within the same inbox and while no other id of the vendor's is on it. */
  async speaksOf(queries: Queries, about: Pick<OutsideReport, 'inboxId' | 'externalId' | 'deliveryId'>): Promise<DeliveryRow | undefined> {
    const [row] = await queries.query<DeliveryRow>({
      name: 'report-speaks-of',
      text: `SELECT * FROM deliveries WHERE inbox_id = $1 AND external_id = $2
             UNION ALL SELECT * FROM deliveries WHERE id = $3 AND inbox_id = $1 AND external_id IS NULL LIMIT 1`,
      values: [about.inboxId, about.externalId, isUuid(about.deliveryId) ? about.deliveryId : null],
    });
    return row;
  }

  /** Keeps a report whose delivery is not known yet. */
  async keep(tx: Transaction, early: OutsideReport, at: Date): Promise<void> {
    await tx.query({
      name: 'report-keep',
      text: `INSERT INTO delivery_reports (inbox_id, external_id, state, reason, vendor_code, at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
      values: [early.inboxId, early.externalId, early.state, early.reason ?? null, early.vendorCode ?? null, at],
    });
  }

  /** Takes out what was kept for an id, and says what it makes of a delivery in this state; undefined: nothing new. */
  async takeKept(tx: Transaction, delivery: Pick<DeliveryRow, 'inbox_id' | 'external_id' | 'state'>): Promise<Verdict | undefined> {
    if (!delivery.external_id) return undefined;
    const rows = await tx.query<{ state: Report['state']; reason: Report['reason'] | null; vendor_code: string | null }>({
      name: 'report-take-kept',
      text: 'DELETE FROM delivery_reports WHERE inbox_id = $1 AND external_id = $2 RETURNING state, reason, vendor_code',
      values: [delivery.inbox_id, delivery.external_id],
    });
    return rows.reduce<Verdict | undefined>(
      (so, row) =>
        report(so?.state ?? delivery.state, {
          state: row.state,
          reason: row.reason ?? undefined,
          vendorCode: row.vendor_code ?? undefined,
        }) ?? so,
      undefined,
    );
  }

  /** What a customer has now seen: taken by the vendor, not yet read, up to a moment or to one message. Locked by nobody. */
  async unread(
    queries: Queries,
    seen: { inboxId: string; addressId: string; upTo: Date; externalId: string | null },
  ): Promise<DeliveryRow[]> {
    return queries.query<DeliveryRow>({
      name: 'report-unread',
      text: `SELECT * FROM deliveries WHERE address_id = $1 AND inbox_id = $2 AND state IN ('uncertain', 'accepted', 'sent', 'delivered')
               AND created_at <= coalesce((SELECT created_at FROM deliveries WHERE inbox_id = $2 AND external_id = $4), $3)
             ORDER BY created_at DESC LIMIT 200`,
      values: [seen.addressId, seen.inboxId, seen.upTo, seen.externalId],
    });
  }

  /** Whether something is on its way by this line to this address whose id of the vendor's is not known yet. */
  async mayComeYet(queries: Queries, inboxId: string): Promise<boolean> {
    const rows = await queries.query({
      name: 'report-may-come',
      text: `SELECT 1 FROM deliveries WHERE inbox_id = $1 AND state IN ('sending', 'uncertain') AND external_id IS NULL LIMIT 1`,
      values: [inboxId],
    });
    return rows.length > 0;
  }

  /** Drops reports that nobody has claimed: of messages that others sent by the same account. */
  async forget(queries: Queries, before: Date): Promise<void> {
    await queries.query({ name: 'reports-forget', text: 'DELETE FROM delivery_reports WHERE at < $1', values: [before] });
  }
}

// A vendor echoes what it was given, but the address that carries it is public: anything may stand there.
const isUuid = (text: string | undefined): boolean => text !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
