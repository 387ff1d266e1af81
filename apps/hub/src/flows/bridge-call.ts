import { Threads, type ConversationRow, type MessageRow } from '@claimline/conversations';
import { newId, Outbox, type Transaction } from '@claimline/database';
import { Deliveries } from '@claimline/delivery';
import { Accounts } from '@claimline/people';
import type { Outlets } from '../conversations/outlets';
import { HubProblem } from '../http/problem';

// Whoever asked for a call waits beside the phone: one that could not leave by then must not ring out of the blue.
const WORTH_MS = 5 * 60_000;

/** Puts somebody of ours through to a customer: our own phone rings first, and once it is picked up the customer's. */
export class BridgeCall {
  constructor(
    private readonly accounts: Accounts,
    private readonly outlets: Outlets,
    private readonly threads: Threads,
    private readonly deliveries: Deliveries,
    private readonly outbox: Outbox,
  ) {}

  /**
   * The entry of the call, which is now on its way. The caller holds the conversation's row.
   * @throws HubProblem `no-own-phone` where the account has none, and what {@link Outlets.forCall} throws
   */
  async start(tx: Transaction, conversation: ConversationRow, asked: { by: string; to?: string; at: Date }): Promise<MessageRow> {
    const { by, to, at } = asked;
    if (!(await this.accounts.find(tx, by))?.phone) throw new HubProblem('no-own-phone');
    const outlet = await this.outlets.forCall(tx, conversation, to);
    const where = { conversationId: conversation.id, channel: outlet.channel, inboxId: outlet.inboxId };
    const messageId = newId(at);
    const words = { direction: 'outbound', kind: 'call', text: '', authorId: by } as const;
    await this.threads.append(tx, { ...where, ...words, id: messageId, to: [outlet.to.value], cc: [], occurredAt: at, receivedAt: at });
    const expiresAt = new Date(at.getTime() + WORTH_MS);
    const { id: callId } = await this.deliveries.enqueue(tx, { ...where, messageId, to: outlet.to, purpose: 'reply', at, expiresAt });
    const payload = { messageId, callId, phase: 'placed' };
    await this.outbox.append(tx, at, [{ type: 'call.changed', conversationId: conversation.id, payload }]);
    return (await this.threads.find(tx, messageId))!;
  }
}
