import { newId, type Queries, type Transaction, type Wakeups } from '@claimline/database';
import type { DeliveryState, PrivacyClass, ReasonCode } from '@claimline/messages';
import { PRIORITY, type DeliveryRow, type DeliveryTemplate, type KeptReport, type Purpose, type Verdict } from './delivery';

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

/** A delivery after a try, with what it was just before: a report may have been faster than its sender. */
export interface SettledRow extends DeliveryRow {
  readonly was: DeliveryState;
  readonly was_reason: ReasonCode | null;
  /** Something else of its conversation is due and may have waited for it. */
  readonly is_waited_for: boolean;
  /** Its line has failed before and has not worked since. */
  readonly is_line_failing: boolean;
  /** Reports that came before the vendor's id was known, taken out. */
  readonly kept: readonly KeptReport[];
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
    return rows.sort(bySending);
  }

  /**
   * The same in one statement, of a line that may send as much as it likes: active, without a rate, and without anything in its circuit. Undefined where the
   * line is none of these: then its circuit has to be held first.
   */
  async claimFreely(queries: Queries, claim: Claim): Promise<DeliveryRow[] | undefined> {
    const rows = await queries.query<DeliveryRow & { is_free: boolean }>({
      name: 'deliveries-claim-freely',
      text: CLAIM_FREELY,
      values: [claim.inboxId, claim.now, claim.limit, claim.leaseUntil, claim.holder],
    });
    if (!rows[0]!.is_free) return undefined;
    return rows.flatMap(({ is_free: _, ...row }) => (row.id ? [row] : [])).sort(bySending);
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
  ): Promise<SettledRow | undefined> {
    const [row] = await this.settleAll(tx, [{ claimed, verdict }], at);
    return row;
  }

  /** The same for many: those that are still ours, as they are now, with what they were just before. */
  async settleAll(
    tx: Transaction,
    tried: readonly { readonly claimed: Pick<DeliveryRow, 'id' | 'lease_holder'>; readonly verdict: Verdict }[],
    at: Date,
  ): Promise<SettledRow[]> {
    const column = <Value>(of: (verdict: Verdict) => Value): Value[] => tried.map(({ verdict }) => of(verdict));
    const rows = await tx.query<SettledRow>({
      name: 'delivery-settle',
      text: SETTLE,
      values: [
        tried.map(({ claimed }) => claimed.id),
        tried.map(({ claimed }) => claimed.lease_holder),
        column(({ state }) => state),
        column(({ reason }) => reason),
        column(({ vendorCode }) => vendorCode ?? null),
        column(({ externalId }) => externalId ?? null),
        column(({ dueAt }) => dueAt ?? null),
        column(({ isFree }) => isFree ?? false),
        column(({ addressId }) => addressId ?? null),
        at,
      ],
    });
    if (rows.some(({ is_waited_for: waits }) => waits)) tx.afterCommit(() => this.wake());
    return rows;
  }

  /** Moves a delivery to where a report, a question or a person put it. The caller holds the row's lock and has decided. */
  async move(tx: Transaction, id: string, verdict: Verdict, at: Date): Promise<DeliveryRow> {
    const [row] = await this.moveAll(tx, [{ id, verdict }], at);
    return row!;
  }

  /** The same for many, each named once. Where `from` is given the row need not be held: it stays where it is when somebody else has moved it meanwhile. */
  async moveAll(
    tx: Transaction,
    moves: readonly { readonly id: string; readonly verdict: Verdict; readonly from?: DeliveryState }[],
    at: Date,
  ): Promise<DeliveryRow[]> {
    if (moves.length === 0) return [];
    const column = <Value>(of: (verdict: Verdict) => Value): Value[] => moves.map(({ verdict }) => of(verdict));
    return tx.query<DeliveryRow>({
      name: 'delivery-move',
      text: MOVE,
      values: [
        moves.map(({ id }) => id),
        column(({ state }) => state),
        column(({ reason }) => reason),
        column(({ vendorCode }) => vendorCode ?? null),
        column(({ externalId }) => externalId ?? null),
        column(({ dueAt }) => dueAt ?? null),
        at,
        moves.map(({ from }) => from ?? null),
      ],
    });
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

const bySending = (a: DeliveryRow, b: DeliveryRow): number =>
  a.priority - b.priority || a.due_at.getTime() - b.due_at.getTime() || (a.id < b.id ? -1 : 1);

const FINAL = `i.state IN ('delivered', 'read', 'failed', 'undeliverable', 'suppressed', 'canceled')`;

const MOVE = `
  UPDATE deliveries d SET state = i.state, reason = i.reason, vendor_code = coalesce(i.vendor_code, d.vendor_code), external_id = coalesce(d.external_id, i.external_id),
    due_at = coalesce(i.due_at, d.due_at), changed_at = $7, settled_at = CASE WHEN ${FINAL} THEN coalesce(d.settled_at, $7) ELSE d.settled_at END
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $8::text[]) AS i(id, state, reason, vendor_code, external_id, due_at, origin)
  WHERE d.id = i.id AND (i.origin IS NULL OR d.state = i.origin) RETURNING d.*
`;

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
// OFFSET 0: what goes before is asked of each by itself, in its conversation; joined, a queue that PostgreSQL believes to be empty is read whole for each.
const pick = (isOpen = ''): string => `
    SELECT d.id FROM deliveries d
    WHERE d.inbox_id = $1 AND d.state = 'due' AND d.due_at <= $2 ${isOpen}
      AND NOT EXISTS (
        SELECT FROM deliveries e
        WHERE e.conversation_id = d.conversation_id AND e.to_value = d.to_value AND e.channel = d.channel AND e.state IN ('due', 'sending', 'uncertain')
          AND (e.created_at, e.id) < (d.created_at, d.id) AND e.priority <= d.priority
          AND (e.state <> 'uncertain' OR e.changed_at > $2::timestamptz - interval '1 minute') OFFSET 0)
    ORDER BY d.priority, d.due_at, d.id LIMIT $3 FOR UPDATE OF d SKIP LOCKED`;

const TAKE = `
  UPDATE deliveries SET state = 'sending', reason = NULL, lease_until = $4, lease_holder = $5, tries = tries + 1, first_tried_at = coalesce(first_tried_at, $2), changed_at = $2
  FROM picked WHERE deliveries.id = picked.id RETURNING deliveries.*`;

export const CLAIM = `WITH picked AS (${pick()}) ${TAKE}`;

// Most lines are such: then nobody has to hold anything, and one row always says whether it is.
export const CLAIM_FREELY = `
  WITH line AS MATERIALIZED (
    SELECT FROM inboxes i LEFT JOIN inbox_circuits c ON c.inbox_id = i.id
    WHERE i.id = $1 AND i.state = 'active' AND i.sends_per_second IS NULL
      AND coalesce(c.failures, 0) = 0 AND c.open_until IS NULL AND NOT coalesce(c.probing, false)
  ), picked AS (${pick('AND EXISTS (SELECT FROM line)')}), taken AS (${TAKE})
  SELECT EXISTS (SELECT FROM line) AS is_free, taken.* FROM (SELECT) AS always LEFT JOIN taken ON true
`;

// `sending` and `uncertain` may become anything; whatever a report has made of it meanwhile stays. One whose lease ran out never becomes due
// again, even if its sender comes back and says that it was not taken: a person may have sent it again by then.
const SETTLE = `
  WITH input AS (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::boolean[], $9::uuid[])
      AS i(id, holder, state, reason, vendor_code, external_id, due_at, is_free, address_id)
  ), ours AS (
    SELECT d.id, d.state, d.reason FROM deliveries d JOIN input i ON i.id = d.id
    WHERE d.lease_holder = i.holder AND d.state NOT IN ('held', 'due') ORDER BY d.id FOR UPDATE OF d
  ), settled AS (UPDATE deliveries d SET
    state = CASE WHEN d.state = 'uncertain' AND i.state IN ('due', 'held') THEN 'failed' WHEN d.state IN ('sending', 'uncertain') THEN i.state ELSE d.state END,
    reason = CASE WHEN d.state = 'uncertain' AND i.state IN ('due', 'held') THEN 'unreachable' WHEN d.state IN ('sending', 'uncertain') THEN i.reason ELSE d.reason END,
    vendor_code = coalesce(i.vendor_code, d.vendor_code),
    external_id = coalesce(d.external_id, i.external_id),
    address_id = coalesce(d.address_id, i.address_id),
    due_at = CASE WHEN d.state = 'sending' THEN coalesce(i.due_at, d.due_at) ELSE d.due_at END,
    tries = d.tries - (i.is_free AND d.state = 'sending')::int,
    first_tried_at = CASE WHEN i.is_free AND d.state = 'sending' AND d.tries = 1 THEN NULL ELSE d.first_tried_at END,
    lease_until = NULL,
    settled_at = CASE WHEN d.state IN ('sending', 'uncertain') AND ${FINAL} THEN $10 ELSE d.settled_at END,
    changed_at = $10
  FROM input i JOIN ours ON ours.id = i.id
  WHERE d.id = i.id AND d.lease_holder = i.holder AND d.state NOT IN ('held', 'due')
  RETURNING d.*, ours.state AS was, ours.reason AS was_reason
  ), kept AS (
    DELETE FROM delivery_reports r USING settled s WHERE r.inbox_id = s.inbox_id AND r.external_id = s.external_id RETURNING r.*
  )
  SELECT s.*,
    EXISTS (SELECT FROM deliveries w WHERE w.conversation_id = s.conversation_id AND w.state = 'due') AS is_waited_for,
    EXISTS (SELECT FROM inbox_circuits c WHERE c.inbox_id = s.inbox_id AND c.failures > 0) AS is_line_failing,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('state', k.state, 'reason', k.reason, 'vendor_code', k.vendor_code)), '[]') FROM kept k
     WHERE k.inbox_id = s.inbox_id AND k.external_id = s.external_id) AS kept
  FROM settled s
`;
