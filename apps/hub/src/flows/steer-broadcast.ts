import { Conversations } from '@claimline/conversations';
import { Outbox, type Transaction } from '@claimline/database';
import { StoppedDeliveries } from '@claimline/delivery';
import { actOn, Broadcasts, type BroadcastAct } from '@claimline/notifications';
import { found, refuse } from '../http/problem';
import { changed } from './settle-delivery';

/** Approves, starts, pauses, resumes and cancels broadcasts: what has not begun to leave stops with it. */
export class SteerBroadcast {
  constructor(
    private readonly broadcasts: Broadcasts,
    private readonly stopped: StoppedDeliveries,
    private readonly conversations: Conversations,
    private readonly outbox: Outbox,
  ) {}

  /** @throws HubProblem `own-approval`, `edge-not-allowed` */
  async steer(tx: Transaction, id: string, act: BroadcastAct, by: { accountId: string; at: Date }): Promise<void> {
    const { at } = by;
    const broadcast = found(await this.broadcasts.lock(tx, id));
    const outcome = actOn(broadcast, act, by.accountId);
    if ('refused' in outcome) refuse(outcome.refused);
    await this.broadcasts.move(tx, id, outcome.to, by);
    await this.queue(tx, id, act, at);
    await this.outbox.append(tx, at, [
      { type: 'broadcast.changed', conversationId: null, payload: { broadcastId: id, state: outcome.to } },
    ]);
  }

  private async queue(tx: Transaction, id: string, act: BroadcastAct, at: Date): Promise<void> {
    if (act === 'approve' || act === 'start') return;
    const messages = await this.broadcasts.messages(tx, id);
    if (act === 'pause') await this.stopped.stop(tx, messages, at);
    else if (act === 'resume') await this.stopped.goOn(tx, messages, at);
    else await this.cancel(tx, id, messages, at);
  }

  private async cancel(tx: Transaction, id: string, messages: readonly string[], at: Date): Promise<void> {
    await this.broadcasts.cancelWaiting(tx, id, at);
    const rows = await this.stopped.takeBack(tx, messages, at);
    for (const row of [...rows].sort((a, b) => (a.conversation_id < b.conversation_id ? -1 : 1))) {
      await this.conversations.lock(tx, row.conversation_id);
      await this.outbox.append(tx, at, [changed(row)]);
    }
  }
}
