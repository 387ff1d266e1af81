import { Contacts, Journal } from '@claimline/conversations';
import type { Transaction } from '@claimline/database';
import { bounced, DeliveryReports, report, type DeliveryRow, type OutsideReport } from '@claimline/delivery';
import type { InboundBounce, InboundDelivery, InboundOutcome, InboundRead } from '@claimline/messages';
import type { Event } from '../inbound/inbound-desk';
import { SettleDelivery } from './settle-delivery';

const DUPLICATE: InboundOutcome = { duplicate: true };
const TAKEN: InboundOutcome = { duplicate: false };

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
    if (!(await this.isNew(tx, event))) return DUPLICATE;
    const said = toReport(event.inbox.id, event.event);
    await this.reports.hold(tx, said.inboxId, said.externalId);
    const delivery = await this.reports.speaksOf(tx, said);
    if (!delivery) await this.reports.keep(tx, said, event.receivedAt);
    else await this.apply(tx, delivery, { said, optedOut: event.event.optedOut ?? false }, event.receivedAt);
    return TAKEN;
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

const wrap = (verdict: ReturnType<typeof report>, addressUnusable?: string) => verdict && { verdict, addressUnusable };
