import { newId, type Queries, type Transaction, type Wakeups } from '@claimline/database';
import type { PrivacyClass } from '@claimline/messages';
import { PRIORITY, type DeliveryRow, type DeliveryTemplate, type Purpose, type Verdict } from './delivery';

/** A message put on its way to one recipient. */
export interface NewDelivery {
  readonly messageId: string;
  readonly conversationId: string;
  readonly inboxId: string;
  readonly channel: string;
  readonly to: { readonly value: string; readonly addressId: string | null };
  readonly purpose: Purpose;
  /** Its place among others, where it is not that of its purpose. */
  readonly priority?: number;
  /** Not before; now where left out. */
  readonly dueAt?: Date;
  /** What has not left by then is no longer worth saying. */
  readonly expiresAt?: Date | null;
  /** The privacy class that the words need. */
  readonly privacy?: PrivacyClass | null;
  readonly template?: DeliveryTemplate | null;
  /** The delivery whose failure made this one necessary. */
  readonly fallbackOf?: string | null;
  readonly at: Date;
}

/** Who takes deliveries out of the queue, how many, and until when they are theirs. */
export interface Claim {
  readonly inboxId: string;
  readonly limit: number;
  readonly holder: string;
  readonly leaseUntil: Date;
  readonly now: Date;
}

/** The queue of the gate and the memory of every attempt. */
export class Deliveries {
  constructor(private readonly wakeups: Wakeups) {}

  /** Puts a message on its way. A further attempt for the same recipient and channel gets the next number; two writers at once make one. */
  async enqueue(tx: Transaction, delivery: NewDelivery): Promise<DeliveryRow> {
    const { at, dueAt = at } = delivery;
    const [row] = await tx.query<DeliveryRow>({
      name: 'delivery-enqueue',
      text: ENQUEUE,
      values: [
        newId(at),
        delivery.messageId,
        delivery.conversationId,
        delivery.inboxId,
        delivery.channel,
        delivery.to.addressId,
        delivery.to.value,
        delivery.purpose,
        delivery.priority ?? PRIORITY[delivery.purpose],
        dueAt > at ? 'held' : 'due',
        delivery.template ? JSON.stringify(delivery.template) : null,
        delivery.privacy ?? null,
        delivery.fallbackOf ?? null,
        dueAt,
        delivery.expiresAt ?? null,
        at,
      ],
    });
    tx.afterCommit(() => this.wakeups.wake('deliveries'));
    return row!;
  }

  /** The inboxes that have something to send now. */
  async waiting(queries: Queries, now: Date): Promise<string[]> {
    const rows = await queries.query<{ id: string }>({
      name: 'deliveries-waiting',
      text: `SELECT i.id FROM inboxes i LEFT JOIN inbox_circuits c ON c.inbox_id = i.id
             WHERE i.state = 'active' AND (c.open_until IS NULL OR c.open_until <= $1)
               AND EXISTS (SELECT FROM deliveries d WHERE d.inbox_id = i.id AND d.state = 'due' AND d.due_at <= $1) ORDER BY i.id`,
      values: [now],
    });
    return rows.map((row) => row.id);
  }

  /** Takes the next deliveries of one inbox: `sending`, with a lease, in a short transaction. Most urgent first, per conversation in order. */
  async claim(tx: Transaction, claim: Claim): Promise<DeliveryRow[]> {
    const rows = await tx.query<DeliveryRow>({
      name: 'deliveries-claim',
      text: CLAIM,
      values: [claim.inboxId, claim.now, claim.limit, claim.leaseUntil, claim.holder],
    });
    return rows.sort((a, b) => a.priority - b.priority || a.due_at.getTime() - b.due_at.getTime() || (a.id < b.id ? -1 : 1));
  }

  /**
   * Writes what a try came to; only for whoever claimed it, also after the lease ran out. A report may have been faster: then the state stays
   * and only the provider's id is added. Returns the row as it is now; undefined when it is no longer ours.
   */
  async settle(
    tx: Transaction,
    claimed: Pick<DeliveryRow, 'id' | 'lease_holder'>,
    verdict: Verdict,
    at: Date,
  ): Promise<DeliveryRow | undefined> {
    const [row] = await tx.query<DeliveryRow>({
      name: 'delivery-settle',
      text: SETTLE,
      values: [
        claimed.id,
        claimed.lease_holder,
        verdict.state,
        verdict.reason,
        verdict.vendorCode ?? null,
        verdict.externalId ?? null,
        verdict.dueAt ?? null,
        at,
        verdict.isFree ?? false,
        verdict.addressId ?? null,
      ],
    });
    return row;
  }

  /** Moves a delivery to where a report, a question or a person put it. The caller holds the row's lock and has decided. */
  async move(tx: Transaction, id: string, verdict: Verdict, at: Date): Promise<DeliveryRow> {
    const [row] = await tx.query<DeliveryRow>({
      name: 'delivery-move',
      text: `UPDATE deliveries SET state = $2, reason = $3, vendor_code = coalesce($4, vendor_code), external_id = coalesce(external_id, $5), due_at = coalesce($6, due_at), changed_at = $7,
               settled_at = CASE WHEN ${FINAL} THEN coalesce(settled_at, $7) ELSE settled_at END
             WHERE id = $1 RETURNING *`,
      values: [id, verdict.state, verdict.reason, verdict.vendorCode ?? null, verdict.externalId ?? null, verdict.dueAt ?? null, at],
    });
    return row!;
  }

  async find(queries: Queries, id: string): Promise<DeliveryRow | undefined> {
    const [row] = await queries.query<DeliveryRow>({ name: 'delivery-find', text: 'SELECT * FROM deliveries WHERE id = $1', values: [id] });
    return row;
  }

  async lock(tx: Transaction, id: string): Promise<DeliveryRow | undefined> {
    const [row] = await tx.query<DeliveryRow>({
      name: 'delivery-lock',
      text: 'SELECT * FROM deliveries WHERE id = $1 FOR UPDATE',
      values: [id],
    });
    return row;
  }

  /** Every attempt for a message, oldest first. */
  async ofMessage(queries: Queries, messageId: string): Promise<DeliveryRow[]> {
    return queries.query<DeliveryRow>({
      name: 'deliveries-of-message',
      text: 'SELECT * FROM deliveries WHERE message_id = $1 ORDER BY created_at, id',
      values: [messageId],
    });
  }

  /** Takes back what has not begun to leave; returns what was canceled. What is `sending` is no longer ours to stop. */
  async cancel(tx: Transaction, messageId: string, reason: 'canceled-by-person' | 'superseded', at: Date): Promise<DeliveryRow[]> {
    return tx.query<DeliveryRow>({
      name: 'deliveries-cancel',
      text: `UPDATE deliveries SET state = 'canceled', reason = $2, changed_at = $3, settled_at = $3 WHERE message_id = $1 AND state IN ('held', 'due') RETURNING *`,
      values: [messageId, reason, at],
    });
  }

  /** Tells the senders that there may be something to do. */
  wake(): void {
    this.wakeups.wake('deliveries');
  }
}

const FINAL = `$2 IN ('delivered', 'read', 'failed', 'undeliverable', 'suppressed', 'canceled')`;

const ENQUEUE = `
  INSERT INTO deliveries (id, message_id, conversation_id, inbox_id, channel, address_id, to_value, purpose, priority, state, template, privacy, fallback_of, due_at, expires_at,
    created_at, changed_at, attempt)
  SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16,
    1 + coalesce((SELECT max(attempt) FROM deliveries WHERE message_id = $2 AND to_value = $7 AND channel = $5), 0)
  ON CONFLICT (message_id, to_value, channel, attempt) DO UPDATE SET state = deliveries.state
  RETURNING *
`;

// What goes before in the same conversation to the same address on the same channel goes first, unless it is less urgent: an answer never
// waits behind a broadcast. An uncertain one holds up the next for a minute only: by then its vendor has been asked.
export const CLAIM = `
  WITH picked AS (
    SELECT d.id FROM deliveries d
    WHERE d.inbox_id = $1 AND d.state = 'due' AND d.due_at <= $2
      AND NOT EXISTS (
        SELECT FROM deliveries e
        WHERE e.conversation_id = d.conversation_id AND e.to_value = d.to_value AND e.channel = d.channel AND e.state IN ('due', 'sending', 'uncertain')
          AND (e.created_at, e.id) < (d.created_at, d.id) AND e.priority <= d.priority
          AND (e.state <> 'uncertain' OR e.changed_at > $2::timestamptz - interval '1 minute'))
    ORDER BY d.priority, d.due_at, d.id LIMIT $3 FOR UPDATE OF d SKIP LOCKED
  )
  UPDATE deliveries SET state = 'sending', reason = NULL, lease_until = $4, lease_holder = $5, tries = tries + 1, first_tried_at = coalesce(first_tried_at, $2), changed_at = $2
  FROM picked WHERE deliveries.id = picked.id RETURNING deliveries.*
`;

// `sending` and `uncertain` may become anything; whatever a report has made of it meanwhile stays. One whose lease ran out never becomes due
// again, even if its sender comes back and says that it was not taken: a person may have sent it again by then.
const SETTLE = `
  UPDATE deliveries SET
    state = CASE WHEN state = 'uncertain' AND $3 IN ('due', 'held') THEN 'failed' WHEN state IN ('sending', 'uncertain') THEN $3 ELSE state END,
    reason = CASE WHEN state = 'uncertain' AND $3 IN ('due', 'held') THEN 'unreachable' WHEN state IN ('sending', 'uncertain') THEN $4 ELSE reason END,
    vendor_code = coalesce($5, vendor_code),
    external_id = coalesce(external_id, $6),
    address_id = coalesce(address_id, $10),
    due_at = CASE WHEN state = 'sending' THEN coalesce($7, due_at) ELSE due_at END,
    tries = tries - ($9::boolean AND state = 'sending')::int,
    first_tried_at = CASE WHEN $9::boolean AND state = 'sending' AND tries = 1 THEN NULL ELSE first_tried_at END,
    lease_until = NULL,
    settled_at = CASE WHEN state IN ('sending', 'uncertain') AND ${FINAL.replace('$2', '$3')} THEN $8 ELSE settled_at END,
    changed_at = $8
  WHERE id = $1 AND lease_holder = $2 AND state NOT IN ('held', 'due')
  RETURNING *
`;
