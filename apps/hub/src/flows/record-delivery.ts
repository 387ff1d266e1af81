import { Contacts, Journal, type RawDelivery } from '@claimline/conversations';
import type { Transaction } from '@claimline/database';
import { bounced, DeliveryReports, report, type DeliveryRow, type OutsideReport } from '@claimline/delivery';
import type { InboundBounce, InboundDelivery, InboundOutcome, InboundRead } from '@claimline/messages';
import type { Event } from '../inbound/inbound-desk';
import { SettleDelivery } from './settle-delivery';

const DUPLICATE: InboundOutcome = { duplicate: true };
const TAKEN: InboundOutcome = { duplicate: false };

/** A receipt with what it came in. */
export interface Receipt {
  readonly inbox: Event['inbox'];
  readonly event: InboundDelivery;
  readonly raw: RawDelivery;
}

interface Known {
  readonly receipt: Receipt;
  readonly report: OutsideReport;
  readonly delivery: DeliveryRow | undefined;
}

const AWAITED = Symbol('somebody else holds the vendor’s id');

/** News of our own messages comes in: receipts, reads and mails that came back. Handlers for the inbound desk. */
export class RecordDelivery {
  constructor(
    private readonly journal: Journal,
    private readonly reports: DeliveryReports,
    private readonly contacts: Contacts,
    private readonly settle: SettleDelivery,
  ) {}

  /** A receipt. One that comes before our own commit of the vendor's id is kept and applied with that. */
  async onDelivery(tx: Transaction, event: Event<'delivery'>): Promise<InboundOutcome> {
    const said = toReport(event.inbox.id, event.event);
    // Before its key, as those do who come together.
    await this.reports.hold(tx, said.inboxId, said.externalId);
    if (!(await this.isNew(tx, event))) return DUPLICATE;
    const delivery = await this.reports.speaksOf(tx, said);
    if (!delivery) await this.reports.keep(tx, said, event.receivedAt);
    else await this.apply(tx, delivery, { said, optedOut: event.event.optedOut ?? false }, event.receivedAt);
    return TAKEN;
  }

  /**
   * Receipts that came together, with what they came in; the answers to those that are written. The others are left to their caller, each alone: those
   * whose conversation or id somebody else holds, for whoever holds many must not wait, and those that bring a delivery its id of the vendor's.
   */
  async onDeliveries(tx: Transaction, receipts: readonly Receipt[]): Promise<ReadonlyMap<Receipt, InboundOutcome>> {
    const said = receipts.map((receipt) => ({ receipt, report: toReport(receipt.inbox.id, receipt.event) }));
    const known = await this.whichKnown(
      tx,
      said.map(({ report }) => report),
    );
    const free = await this.settle.lockFree(
      tx,
      known.flatMap((delivery) => (delivery && delivery !== AWAITED ? delivery.conversation_id : [])),
    );
    const ours = said.flatMap((one, place): Known[] => {
      const delivery = known[place];
      if (delivery === AWAITED || (delivery && !(delivery.external_id && free.has(delivery.conversation_id)))) return [];
      return [{ ...one, delivery }];
    });
    return ours.length > 0 ? this.write(tx, ours) : new Map();
  }

  /** The deliveries that reports speak of. Only where one is not known yet somebody may just be bringing its id: then it is awaited, and not by many. */
  private async whichKnown(
    tx: Transaction,
    about: readonly OutsideReport[],
  ): Promise<readonly (DeliveryRow | undefined | typeof AWAITED)[]> {
    const known = await this.reports.speakOf(tx, about);
    const unknown = about.filter((_, place) => !known[place]?.external_id);
    if (unknown.length === 0) return known;
    const free = await this.reports.holdFree(tx, unknown);
    const now = await this.reports.speakOf(tx, about);
    return now.map((delivery, place) => (delivery?.external_id || free.has(about[place]!) ? delivery : AWAITED));
  }

  private async write(tx: Transaction, ours: readonly Known[]): Promise<ReadonlyMap<Receipt, InboundOutcome>> {
    const isNew = await this.journal.keepNew(
      tx,
      'delivery',
      ours.map(({ receipt: { inbox, event, raw } }) => ({ inboxId: inbox.id, externalId: event.key, raw })),
    );
    const news = ours.filter((_, place) => isNew[place]);
    await this.reports.keepAll(
      tx,
      news.flatMap(({ receipt, report, delivery }) => (delivery ? [] : [{ ...report, at: receipt.raw.receivedAt }])),
    );
    const reported = news.flatMap(({ report, delivery }) => (delivery ? [{ deliveryId: delivery.id, said: report }] : []));
    const rows = news.flatMap(({ delivery }) => delivery ?? []);
    if (reported.length > 0) await this.settle.report(tx, rows, reported, latest(news));
    return new Map(ours.map(({ receipt }, place) => [receipt, isNew[place] ? TAKEN : DUPLICATE]));
  }

  private apply(
    tx: Transaction,
    delivery: DeliveryRow,
    { said, optedOut }: { said: OutsideReport; optedOut: boolean },
    at: Date,
  ): Promise<void> {
    return this.settle.change(
      tx,
      delivery,
      (row) => {
        const news = report(row.state, said);
        if (!news && !optedOut && row.external_id) return undefined;
        const { state, reason, vendorCode } = news ?? { state: row.state, reason: row.reason, vendorCode: row.vendor_code };
        return { verdict: { state, reason: optedOut ? 'opted-out' : reason, vendorCode, externalId: said.externalId }, optedOut };
      },
      at,
    );
  }

  /** The customer has seen our messages up to here. */
  async onRead(tx: Transaction, event: Event<'read'>): Promise<InboundOutcome> {
    if (!(await this.isNew(tx, event))) return DUPLICATE;
    const read: InboundRead = event.event;
    const address = await this.contacts.findAddress(tx, read.from);
    if (!address) return TAKEN;
    const seen = await this.reports.unread(tx, {
      inboxId: event.inbox.id,
      addressId: address.id,
      upTo: read.upTo ?? event.receivedAt,
      externalId: read.externalId ?? null,
    });
    // In one order everywhere, so that two receipts of one customer cannot lock each other out.
    for (const delivery of [...seen].sort((a, b) => (a.conversation_id + a.id < b.conversation_id + b.id ? -1 : 1))) {
      await this.settle.change(tx, delivery, (row) => wrap(report(row.state, { state: 'read' })), event.receivedAt);
    }
    return TAKEN;
  }

  /** A mail came back. One that names no mail of ours is for a person: anybody can forge a bounce. */
  async onBounce(tx: Transaction, event: Event<'bounce'>): Promise<InboundOutcome> {
    if (!(await this.isNew(tx, event))) return DUPLICATE;
    const bounce: InboundBounce = event.event;
    const about = { inboxId: event.inbox.id, externalId: bounce.externalId ?? '' };
    await this.reports.hold(tx, about.inboxId, about.externalId);
    const delivery = about.externalId ? await this.reports.speaksOf(tx, about) : undefined;
    if (delivery) await this.returned(tx, delivery, bounce, event.receivedAt);
    else await this.keepBounce(tx, about, bounce, event.receivedAt);
    return TAKEN;
  }

  private async returned(tx: Transaction, delivery: DeliveryRow, bounce: InboundBounce, at: Date): Promise<void> {
    if (!bounce.permanent) return;
    const others = bounce.recipient && bounce.recipient.value !== delivery.to_value;
    if (others) return this.copyReturned(tx, bounce);
    await this.settle.change(tx, delivery, (row) => wrap(bounced(row.state, bounce.status), bounce.status ?? 'bounced'), at);
  }

  /** The copy of somebody in CC came back: what was sent to the recipient stands, but nobody writes to that address again unknowing. */
  private async copyReturned(tx: Transaction, bounce: InboundBounce): Promise<void> {
    const address = await this.contacts.findAddress(tx, bounce.recipient!);
    if (address) await this.contacts.markUnusable(tx, address.id, bounce.status ?? 'bounced');
  }

  private async keepBounce(
    tx: Transaction,
    about: { inboxId: string; externalId: string },
    bounce: InboundBounce,
    at: Date,
  ): Promise<void> {
    if (!about.externalId || !(await this.reports.mayComeYet(tx, about.inboxId))) throw new Error('a bounce that names no mail of ours');
    if (bounce.permanent)
      await this.reports.keep(tx, { ...about, state: 'undeliverable', reason: 'bounced', vendorCode: bounce.status }, at);
  }

  private isNew(
    tx: Transaction,
    { inbox, event, rawId, receivedAt }: Event<'delivery'> | Event<'read'> | Event<'bounce'>,
  ): Promise<boolean> {
    return this.journal.isNew(tx, { inboxId: inbox.id, kind: event.kind, externalId: event.key, rawId, messageId: null, at: receivedAt });
  }
}

function toReport(inboxId: string, event: InboundDelivery): OutsideReport {
  const { externalId, deliveryId, state, reason, vendorCode, optedOut } = event;
  return { inboxId, externalId, deliveryId, state, reason: optedOut ? 'opted-out' : reason, vendorCode };
}

const latest = (news: readonly Known[]): Date => new Date(Math.max(...news.map(({ receipt }) => receipt.raw.receivedAt.getTime())));

const wrap = (verdict: ReturnType<typeof report>, addressUnusable?: string) => verdict && { verdict, addressUnusable };
