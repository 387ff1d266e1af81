import type { Queries, Transaction } from '@claimline/database';
import type { DeliveryRow, KeptReport, Report } from './delivery';

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

  /** The same for many ids; returns those that nobody else holds, because whoever holds many must not wait. */
  async holdFree<Said extends Pick<OutsideReport, 'inboxId' | 'externalId'>>(
    tx: Transaction,
    about: readonly Said[],
  ): Promise<ReadonlySet<Said>> {
    if (about.length === 0) return new Set();
    const keyOf = ({ inboxId, externalId }: Said): string => `${inboxId} ${externalId}`;
    const rows = await tx.query<{ key: string; held: boolean }>({
      name: 'reports-hold-free',
      text: 'SELECT key, pg_try_advisory_xact_lock(hashtextextended(key, 0)) AS held FROM unnest($1::text[]) AS wanted(key)',
      values: [[...new Set(about.map(keyOf))]],
    });
    const held = new Set(rows.flatMap((row) => (row.held ? [row.key] : [])));
    return new Set(about.filter((said) => held.has(keyOf(said))));
  }

  /** The deliveries that reports speak of, in their order; undefined where it is none that is known. */
  async speakOf(
    queries: Queries,
    about: readonly Pick<OutsideReport, 'inboxId' | 'externalId' | 'deliveryId'>[],
  ): Promise<(DeliveryRow | undefined)[]> {
    const rows = await queries.query<DeliveryRow & { n: string }>({
      name: 'reports-speak-of',
      text: `SELECT d.*, a.n FROM unnest($1::uuid[], $2::text[], $3::uuid[]) WITH ORDINALITY AS a(inbox_id, external_id, id, n) CROSS JOIN LATERAL (
               SELECT * FROM deliveries WHERE inbox_id = a.inbox_id AND external_id = a.external_id
               UNION ALL SELECT * FROM deliveries WHERE id = a.id AND inbox_id = a.inbox_id AND external_id IS NULL LIMIT 1) AS d`,
      values: [
        about.map(({ inboxId }) => inboxId),
        about.map(({ externalId }) => externalId),
        about.map(({ deliveryId }) => (isUuid(deliveryId) ? deliveryId : null)),
      ],
    });
    const found = new Map(rows.map((row) => [Number(row.n) - 1, row]));
    return about.map((_, place) => found.get(place));
  }

  /** The delivery that a report speaks of. Ours by its own id counts only within the same inbox and while no other id of the vendor's is on it. */
  async speaksOf(queries: Queries, about: Pick<OutsideReport, 'inboxId' | 'externalId' | 'deliveryId'>): Promise<DeliveryRow | undefined> {
    return (await this.speakOf(queries, [about]))[0];
  }

  /** Keeps a report whose delivery is not known yet. */
  async keep(tx: Transaction, early: OutsideReport, at: Date): Promise<void> {
    await this.keepAll(tx, [{ ...early, at }]);
  }

  async keepAll(tx: Transaction, early: readonly (OutsideReport & { readonly at: Date })[]): Promise<void> {
    if (early.length === 0) return;
    await tx.query({
      name: 'report-keep',
      text: `INSERT INTO delivery_reports (inbox_id, external_id, state, reason, vendor_code, at)
             SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[]) ON CONFLICT DO NOTHING`,
      values: [
        early.map(({ inboxId }) => inboxId),
        early.map(({ externalId }) => externalId),
        early.map(({ state }) => state),
        early.map(({ reason }) => reason ?? null),
        early.map(({ vendorCode }) => vendorCode ?? null),
        early.map(({ at }) => at),
      ],
    });
  }

  /** Takes out what was kept for an id. */
  async takeKept(tx: Transaction, delivery: Pick<DeliveryRow, 'inbox_id' | 'external_id'>): Promise<KeptReport[]> {
    if (!delivery.external_id) return [];
    return tx.query<KeptReport>({
      name: 'report-take-kept',
      text: 'DELETE FROM delivery_reports WHERE inbox_id = $1 AND external_id = $2 RETURNING state, reason, vendor_code',
      values: [delivery.inbox_id, delivery.external_id],
    });
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
