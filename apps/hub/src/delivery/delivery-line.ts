import type { Transaction } from '@claimline/database';
import { BULK_PRIORITY, Deliveries } from '@claimline/delivery';
import { SendingLine, type Outlet } from '../flows/send-reply';

/** Puts an answer into the queue of the gate. */
export class DeliveryLine extends SendingLine {
  constructor(private readonly deliveries: Deliveries) {
    super();
  }

  async enqueue(
    tx: Transaction,
    delivery: { messageId: string; conversationId: string; outlet: Outlet; purpose: 'reply' | 'automatic'; toMany?: boolean; at: Date },
  ): Promise<void> {
    const { messageId, conversationId, outlet, purpose, toMany, at } = delivery;
    await this.deliveries.enqueue(tx, {
      messageId,
      conversationId,
      inboxId: outlet.inboxId,
      channel: outlet.channel,
      to: outlet.to,
      purpose,
      priority: toMany ? BULK_PRIORITY : undefined,
      at,
    });
  }
}
