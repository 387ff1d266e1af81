import { Contacts, Conversations, Threads } from '@claimline/conversations';
import { Outbox, type Transaction } from '@claimline/database';
import {
  Deliveries,
  DeliveryReports,
  fromKept,
  LineHealth,
  needsPerson,
  reportAll,
  type DeliveryEvent,
  type DeliveryRow,
  type KeptReport,
  type LineNews,
  type Report,
  type SettledRow,
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

/** A try that is over. */
export interface Tried {
  readonly delivery: DeliveryRow;
  readonly settlement: Settlement;
}

/** A delivery that has just been written, and what of it has changed. */
interface Written {
  readonly before: Pick<DeliveryRow, 'state' | 'reason'>;
  readonly row: DeliveryRow;
  /** Reports that came before the vendor's id. */
  readonly kept: readonly KeptReport[];
  readonly settlement: Settlement;
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
    await this.write(tx, [{ delivery: claimed, settlement }], at);
  }

  /**
   * The same for many tries that ended together; returns those that are written. The others are left to their caller, each alone: those that say more than
   * that the message was taken or not, and those whose conversation or vendor's id somebody else holds, for whoever holds many must not wait.
   */
  async settleAll(tx: Transaction, tried: readonly Tried[], at: Date): Promise<Tried[]> {
    const plain = tried.filter(({ settlement }) => isPlain(settlement));
    const named = new Map(plain.flatMap((one) => namedByVendor(one).map((name) => [one, name] as const)));
    const conversations = plain.map(({ delivery }) => delivery.conversation_id);
    const [held, free] = await Promise.all([
      this.reports.holdFree(tx, [...named.values()]),
      this.rows.conversations.lockFree(tx, conversations),
    ]);
    const isHeld = (one: Tried): boolean => !named.has(one) || held.has(named.get(one)!);
    const ours = plain.filter((one) => isHeld(one) && free.has(one.delivery.conversation_id));
    if (ours.length > 0) await this.write(tx, ours, at);
    return ours;
  }

  /** Ids and conversations are held. */
  private async write(tx: Transaction, tried: readonly Tried[], at: Date): Promise<void> {
    const settled = await this.deliveries.settleAll(
      tx,
      tried.map(({ delivery: claimed, settlement: { verdict } }) => ({ claimed, verdict })),
      at,
    );
    const said = new Map(tried.map(({ delivery, settlement }) => [delivery.id, settlement]));
    const events: DeliveryEvent[] = [];
    for (const row of settled) {
      const before = { state: row.was, reason: row.was_reason };
      events.push(...(await this.follow(tx, { before, row, kept: row.kept, settlement: said.get(row.id)! }, at)));
    }
    await this.outbox.append(tx, at, [...events, ...(await this.lines(tx, withNewsOfLine(tried, settled), at))]);
  }

  /** What tries say about their lines. That one works is said once, however many have shown it. */
  private async lines(tx: Transaction, tried: readonly Tried[], at: Date): Promise<DeliveryEvent[]> {
    const events: DeliveryEvent[] = [];
    const working = new Set<string>();
    for (const { delivery, settlement } of [...tried].sort((a, b) => (a.delivery.inbox_id < b.delivery.inbox_id ? -1 : 1))) {
      const { inbox_id: inboxId } = delivery;
      if (!settlement.line || working.has(inboxId)) continue;
      if (settlement.line.is === 'works') working.add(inboxId);
      events.push(...(await this.health.note(tx, inboxId, settlement.line, at)));
    }
    return events;
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
    const kept = await this.reports.takeKept(tx, moved);
    await this.outbox.append(tx, at, await this.follow(tx, { before: row, row: moved, kept, settlement }, at));
  }

  /** Those conversations that nobody else holds, held for {@link report}. */
  lockFree(tx: Transaction, conversationIds: readonly string[]): Promise<ReadonlySet<string>> {
    return this.rows.conversations.lockFree(tx, conversationIds);
  }

  /**
   * After reports that came together, of deliveries that the vendor's ids on them have told apart. The caller holds their conversations, so that nobody has
   * moved them since but who holds none: then nothing is written, and each is to be taken alone. Nothing can have been kept for them, because the commit
   * that brought an id has taken it.
   */
  async report(
    tx: Transaction,
    rows: readonly DeliveryRow[],
    reported: readonly { readonly deliveryId: string; readonly said: Report }[],
    at: Date,
  ): Promise<void> {
    const { steps, moves } = reportAll(rows, reported);
    const moved = await this.deliveries.moveAll(tx, moves, at);
    if (moved.length < moves.length) throw new Error('a delivery has moved since its reports were compared with it');
    await this.outbox.append(
      tx,
      at,
      steps.map(({ row, was }) => changed(row, was)),
    );
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

  /** What follows from what has been written beside the row itself; returns the event that tells of it, where it is news. */
  private async follow(tx: Transaction, { before, row: seen, kept, settlement }: Written, at: Date): Promise<DeliveryEvent[]> {
    const early = fromKept(seen.state, kept);
    const row = early ? await this.deliveries.move(tx, seen.id, early, at) : seen;
    // A report that came early says by its reason what it could not say when there was nobody to say it of.
    await this.tellRooms(tx, row, { ...settlement, optedOut: settlement.optedOut || early?.reason === 'opted-out' }, at);
    return row.state !== before.state || row.reason !== before.reason ? [changed(row, before.state)] : [];
  }

  private async tellRooms(tx: Transaction, row: DeliveryRow, settlement: Settlement, at: Date): Promise<void> {
    const { reference, addressUnusable, optedOut } = settlement;
    const place = { inboxId: row.inbox_id, messageId: row.message_id, conversationId: row.conversation_id };
    if (reference) await this.rows.threads.refer(tx, place, [reference]);
    if (addressUnusable && row.address_id) await this.rows.contacts.markUnusable(tx, row.address_id, addressUnusable);
    if (optedOut && row.address_id) await this.optOuts.record(tx, optOutOf(row, row.address_id, at));
  }
}

const isPlain = ({ line, addressUnusable, optedOut }: Settlement): boolean =>
  !addressUnusable && !optedOut && (line === undefined || line.is === 'works');

/** That a line works is news where it has failed before. What nobody has written says nothing of it either way, so it counts. */
function withNewsOfLine(tried: readonly Tried[], settled: readonly SettledRow[]): Tried[] {
  const asBefore = new Set(settled.filter(({ is_line_failing: isFailing }) => !isFailing).map(({ id }) => id));
  return tried.filter(({ delivery, settlement: { line } }) => line?.is !== 'works' || !asBefore.has(delivery.id));
}

const namedByVendor = ({ delivery, settlement: { verdict } }: Tried): { inboxId: string; externalId: string }[] =>
  verdict.externalId ? [{ inboxId: delivery.inbox_id, externalId: verdict.externalId }] : [];

const optOutOf = (row: DeliveryRow, addressId: string, at: Date): CarrierOptOut => ({
  addressId,
  channel: row.channel,
  inboxId: row.inbox_id,
  conversationId: row.conversation_id,
  evidence: row.id,
  at,
});

/** The event that tells of a delivery's state, and of the one before. */
export function changed(row: DeliveryRow, was?: DeliveryRow['state']): DeliveryEvent {
  return {
    type: 'delivery.changed',
    conversationId: row.conversation_id,
    payload: {
      messageId: row.message_id,
      deliveryId: row.id,
      state: row.state,
      was,
      again: row.attempt > 1 || row.fallback_of !== null,
      reason: row.reason,
      purpose: row.purpose,
      channel: row.channel,
      inboxId: row.inbox_id,
      needsPerson: needsPerson(row.purpose, row),
    },
  };
}
