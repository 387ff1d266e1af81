import { Calls, Contacts, Conversations, occurredAt, Threads, whichConversation, type CallRow } from '@claimline/conversations';
import { newId, Outbox, type Transaction } from '@claimline/database';
import { DeliveryReports, report, type DeliveryRow } from '@claimline/delivery';
import type { InboundCall } from '@claimline/messages';
import type { Event } from '../inbound/inbound-desk';
import { SettleDelivery } from './settle-delivery';

type Line = Event['inbox'];

/** Gives each call its one entry in a thread: the caller's, or the one that our own person made by calling. */
export class EnterCall {
  constructor(
    private readonly calls: Calls,
    private readonly places: { readonly contacts: Contacts; readonly conversations: Conversations; readonly threads: Threads },
    private readonly placed: { readonly reports: DeliveryReports; readonly settle: SettleDelivery },
    private readonly outbox: Outbox,
  ) {}

  /** The call that an event speaks of, made at its first word. Its conversation and its own row are locked from here on. */
  async of(tx: Transaction, line: Line, event: InboundCall, at: Date): Promise<CallRow> {
    await this.calls.hold(tx, line.id, event.callId);
    const known = await this.calls.find(tx, line.id, event.callId);
    if (known) await this.places.conversations.lock(tx, known.conversation_id);
    else if (!(await this.link(tx, line, event, at))) await this.begin(tx, line, event, at);
    return (await this.calls.find(tx, line.id, event.callId))!;
  }

  /** A call of ours: its entry was made when it was asked for. Its first event may come before the provider's answer to our asking. */
  private async link(tx: Transaction, line: Line, event: InboundCall, at: Date): Promise<boolean> {
    if (event.direction !== 'outbound') return false;
    const delivery = await this.placed.reports.speaksOf(tx, {
      inboxId: line.id,
      externalId: event.callId,
      deliveryId: event.deliveryId,
    });
    if (!delivery) return false;
    await this.placed.settle.change(tx, delivery, (row) => wasTaken(row, event.callId), at);
    await this.calls.start(tx, {
      inboxId: line.id,
      externalId: event.callId,
      conversationId: delivery.conversation_id,
      messageId: delivery.message_id,
      direction: 'outbound',
      fromValue: line.address,
      at,
    });
    return true;
  }

  // The first word of a call makes its entry: a hang-up a second later is still a call that somebody can return.
  private async begin(tx: Transaction, line: Line, event: InboundCall, at: Date): Promise<void> {
    const sender = await this.places.contacts.senderOf(tx, event.from, at);
    const { conversationId, opened } = await this.place(tx, line, sender, at);
    const messageId = newId(at);
    await this.append(tx, { line, event, at, addressId: sender.addressId }, { messageId, conversationId });
    const { callId, direction } = event;
    const fromValue = direction === 'inbound' ? event.from.value : line.address;
    await this.calls.start(tx, { inboxId: line.id, externalId: callId, conversationId, messageId, direction, fromValue, at });
    await this.outbox.append(tx, at, [
      ...(opened ? [{ type: 'conversation.opened', conversationId, payload: { contactId: sender.contactId } }] : []),
      { type: 'call.changed', conversationId, payload: { messageId, callId, phase: 'started' } },
    ]);
  }

  private async place(
    tx: Transaction,
    line: Line,
    sender: Awaited<ReturnType<Contacts['senderOf']>>,
    at: Date,
  ): Promise<{ conversationId: string; opened: boolean }> {
    const { conversations } = this.places;
    const place = whichConversation({ contactKind: sender.kind, open: await conversations.openOf(tx, sender.contactId) }, at);
    if (place.to === 'existing') {
      await conversations.lock(tx, place.id);
      return { conversationId: place.id, opened: false };
    }
    const { id, made } = await conversations.openFor(tx, {
      contactId: sender.contactId,
      brandId: line.brandId,
      teamId: line.teamId,
      channel: line.kind,
      inboxId: line.id,
      addressId: sender.addressId,
      toFile: place.why === 'to-file',
      at,
    });
    return { conversationId: id, opened: made };
  }

  private async append(
    tx: Transaction,
    { line, event, at, addressId }: { line: Line; event: InboundCall; at: Date; addressId: string },
    ids: { messageId: string; conversationId: string },
  ): Promise<void> {
    const isInbound = event.direction === 'inbound';
    await this.places.threads.append(tx, {
      id: ids.messageId,
      conversationId: ids.conversationId,
      direction: event.direction,
      kind: 'call',
      channel: line.kind,
      inboxId: line.id,
      from: isInbound ? { value: event.from.value, name: event.from.name ?? null, addressId } : null,
      to: [isInbound ? event.to : event.from.value],
      cc: [],
      text: '',
      occurredAt: occurredAt(event.occurredAt, at),
      receivedAt: at,
    });
  }
}

// The call rings, so the provider has taken it, whatever became of its answer.
function wasTaken(row: DeliveryRow, callId: string): ReturnType<Parameters<SettleDelivery['change']>[2]> {
  if (row.external_id) return undefined;
  const taken = report(row.state, { state: 'accepted' }) ?? { state: row.state, reason: row.reason };
  return { verdict: { ...taken, externalId: callId } };
}
