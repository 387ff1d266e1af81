import { Contacts, Conversations, Threads } from '@claimline/conversations';
import { Outbox, type Transaction } from '@claimline/database';
import {
  Deliveries,
  DeliveryReports,
  LineHealth,
  needsPerson,
  type DeliveryEvent,
  type DeliveryRow,
  type LineNews,
  type Verdict,
} from '@claimline/delivery';

/** Who does not want to be written to on a line, as a carrier said it; `evidence` is the id of the delivery that it refused. */
export interface CarrierOptOut {
  readonly addressId: string;
  readonly channel: string;
  readonly inboxId: string;
  readonly conversationId: string;
  readonly evidence: string;
  readonly at: Date;
}

/** A carrier said that somebody does not want to be written to. Bound to the consent ledger. */
export abstract class CarrierOptOuts {
  abstract record(tx: Transaction, said: CarrierOptOut): Promise<void>;
}

/** What a try came to, and what it says beside that. */
export interface Settlement {
  readonly verdict: Verdict;
  /** What it says about the line; undefined where the vendor was not asked. */
  readonly line?: LineNews;
  /** The id under which replies will refer to the message (mail: the Message-ID we wrote). */
  readonly reference?: string;
  /** Why the address is dead. */
  readonly addressUnusable?: string;
  readonly optedOut?: boolean;
}

/** Writes down what became of a delivery: its state, what follows for address, consent and line, and the event that tells others. */
export class SettleDelivery {
  constructor(
    private readonly deliveries: Deliveries,
    private readonly reports: DeliveryReports,
    private readonly rows: { readonly conversations: Conversations; readonly threads: Threads; readonly contacts: Contacts },
    private readonly optOuts: CarrierOptOuts,
    private readonly health: LineHealth,
    private readonly outbox: Outbox,
  ) {}

  /** After a try by whoever claimed the delivery. Reports that came before this commit of the vendor's id are applied with it. */
  async settle(tx: Transaction, claimed: DeliveryRow, settlement: Settlement, at: Date): Promise<void> {
    const { verdict } = settlement;
    if (verdict.externalId) await this.reports.hold(tx, claimed.inbox_id, verdict.externalId);
    await this.rows.conversations.lock(tx, claimed.conversation_id);
    const settled = await this.deliveries.settle(tx, claimed, verdict, at);
    if (settled) await this.follow(tx, { before: claimed, row: settled }, settlement, at);
    if (settlement.line) await this.outbox.append(tx, at, await this.health.note(tx, claimed.inbox_id, settlement.line, at));
  }

  /** After news from anywhere else: `decide` sees the row under its lock; undefined: nothing new. The caller holds the vendor's id. */
  async change(
    tx: Transaction,
    delivery: Pick<DeliveryRow, 'id' | 'conversation_id'>,
    decide: (row: DeliveryRow) => Settlement | undefined,
    at: Date,
  ): Promise<void> {
    await this.rows.conversations.lock(tx, delivery.conversation_id);
    const row = await this.deliveries.lock(tx, delivery.id);
    const settlement = row && decide(row);
    if (!settlement) return;
    const moved = await this.deliveries.move(tx, row.id, settlement.verdict, at);
    await this.follow(tx, { before: row, row: moved }, settlement, at);
  }

  /**
   * After asking the vendor about an uncertain one; whatever a receipt has made of it meanwhile stays. False, and nothing written, when the
   * message that the vendor found is another of ours: the same words to the same person, sent before.
   */
  async resolve(tx: Transaction, asked: DeliveryRow, settlement: Settlement, at: Date): Promise<boolean> {
    const { externalId } = settlement.verdict;
    if (externalId) await this.reports.hold(tx, asked.inbox_id, externalId);
    const owner = externalId ? await this.reports.speaksOf(tx, { inboxId: asked.inbox_id, externalId }) : undefined;
    if (owner && owner.id !== asked.id) return false;
    await this.change(tx, asked, (row) => (row.state === 'uncertain' ? settlement : undefined), at);
    return true;
  }

  private async follow(
    tx: Transaction,
    { before, row: settled }: { before: DeliveryRow; row: DeliveryRow },
    settlement: Settlement,
    at: Date,
  ): Promise<void> {
    const kept = await this.reports.takeKept(tx, settled);
    const row = kept ? await this.deliveries.move(tx, settled.id, kept, at) : settled;
    if (settlement.reference)
      await this.rows.threads.refer(tx, { inboxId: row.inbox_id, messageId: row.message_id, conversationId: row.conversation_id }, [
        settlement.reference,
      ]);
    if (settlement.addressUnusable && row.address_id) await this.rows.contacts.markUnusable(tx, row.address_id, settlement.addressUnusable);
    // A report that came early says by its reason what it could not say when there was nobody to say it of.
    const optedOut = settlement.optedOut || kept?.reason === 'opted-out';
    if (optedOut && row.address_id) await this.optOuts.record(tx, optOutOf(row, row.address_id, at));
    if (row.state !== before.state || row.reason !== before.reason) await this.outbox.append(tx, at, [changed(row)]);
  }
}

const optOutOf = (row: DeliveryRow, addressId: string, at: Date): CarrierOptOut => ({
  addressId,
  channel: row.channel,
  inboxId: row.inbox_id,
  conversationId: row.conversation_id,
  evidence: row.id,
  at,
});

/** The event that tells of a delivery's state. */
export function changed(row: DeliveryRow): DeliveryEvent {
  return {
    type: 'delivery.changed',
    conversationId: row.conversation_id,
    payload: {
      messageId: row.message_id,
      deliveryId: row.id,
      state: row.state,
      reason: row.reason,
      purpose: row.purpose,
      channel: row.channel,
      inboxId: row.inbox_id,
      needsPerson: needsPerson(row.purpose, row),
    },
  };
}
