import { Conversations } from '@claimline/conversations';
import { Outbox, type Transaction } from '@claimline/database';
import { Deliveries, mayRetry, type DeliveryRow, type NewDelivery } from '@claimline/delivery';
import { HubProblem } from '../http/problem';
import type { Outlet } from './send-reply';
import { changed } from './settle-delivery';

/** A person lets a message go once more: the same way, or another. Every time is a new row with its own fate and no id of the vendor's. */
export class RetryDelivery {
  constructor(
    private readonly conversations: Conversations,
    private readonly deliveries: Deliveries,
    private readonly outbox: Outbox,
  ) {}

  /** @throws HubProblem `not-found`; `edge-not-allowed` when it has not failed, or another attempt for this recipient is under way or has arrived */
  async retry(tx: Transaction, deliveryId: string, at: Date): Promise<DeliveryRow> {
    const seen = await this.deliveries.find(tx, deliveryId);
    if (!seen) throw new HubProblem('not-found');
    await this.conversations.lock(tx, seen.conversation_id);
    const attempts = (await this.deliveries.ofMessage(tx, seen.message_id)).filter((one) => one.to_value === seen.to_value);
    const delivery = attempts.find((one) => one.id === deliveryId)!;
    const hope = attempts.find((one) => !mayRetry(one));
    if (hope) throw new HubProblem('edge-not-allowed', { state: hope.state });
    return this.enqueue(tx, { ...again(delivery), at });
  }

  /**
   * Sends a message another way. What still waits is taken back first; what may be on its way already is not said twice.
   * @throws HubProblem `edge-not-allowed` when the message has left or may have
   */
  async resend(tx: Transaction, message: { id: string; conversationId: string }, outlet: Outlet, at: Date): Promise<DeliveryRow> {
    await this.conversations.lock(tx, message.conversationId);
    const canceled = await this.deliveries.cancel(tx, message.id, 'superseded', at);
    const attempts = await this.deliveries.ofMessage(tx, message.id);
    const hope = attempts.find((one) => !mayRetry(one));
    if (hope) throw new HubProblem('edge-not-allowed', { state: hope.state });
    await this.outbox.append(
      tx,
      at,
      canceled.map((row) => changed(row)),
    );
    const last = attempts.at(-1);
    const { inboxId, channel, to } = outlet;
    return this.enqueue(tx, {
      messageId: message.id,
      conversationId: message.conversationId,
      inboxId,
      channel,
      to,
      purpose: last?.purpose ?? 'reply',
      privacy: last?.privacy,
      fallbackOf: last?.id,
      at,
    });
  }

  private async enqueue(tx: Transaction, delivery: NewDelivery): Promise<DeliveryRow> {
    const row = await this.deliveries.enqueue(tx, delivery);
    await this.outbox.append(tx, delivery.at, [changed(row)]);
    return row;
  }
}

const again = (row: DeliveryRow): Omit<NewDelivery, 'at'> => ({
  messageId: row.message_id,
  conversationId: row.conversation_id,
  inboxId: row.inbox_id,
  channel: row.channel,
  to: { value: row.to_value, addressId: row.address_id },
  purpose: row.purpose,
  privacy: row.privacy,
  template: row.template,
  fallbackOf: row.id,
});
