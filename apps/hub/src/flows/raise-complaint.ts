import { Conversations, Threads } from '@claimline/conversations';
import { Outbox, type Transaction } from '@claimline/database';
import { lockVisible } from '../conversations/visible-conversation';
import { found, refuse } from '../http/problem';
import type { ByPerson } from './handle-complaint';
import type { OpenComplaint } from './open-complaint';

/** From where, and in which words. */
export interface RaisedComplaint {
  readonly conversation: string;
  readonly message?: string;
  readonly content?: string;
}

/** Somebody of ours hears a complaint that no rule heard. */
export class RaiseComplaint {
  constructor(
    private readonly conversations: Conversations,
    private readonly threads: Threads,
    private readonly opening: OpenComplaint,
    private readonly outbox: Outbox,
  ) {}

  /** Its id; that of the one which is open already, where there is one. */
  async raise(tx: Transaction, raised: RaisedComplaint, { who, at }: ByPerson): Promise<string> {
    const conversation = await lockVisible(this.conversations, tx, who, raised.conversation);
    const message = raised.message ? found(await this.threads.find(tx, raised.message)) : undefined;
    if (message && message.conversation_id !== conversation.id) refuse('not-found');
    const { id } = await this.opening.open(tx, conversation, {
      source: 'person',
      signals: ['person'],
      messageId: message?.id ?? null,
      content: raised.content ?? message?.text ?? '',
      channel: message?.channel ?? conversation.channel,
      regulator: null,
      // What somebody raises later was said when the message came: the clock counts from then.
      receivedAt: message?.direction === 'inbound' ? message.received_at : at,
      openedBy: who.id,
      at,
    });
    const labels = await this.conversations.label(tx, conversation.id, ['complaint', 'needs-attention']);
    await this.outbox.append(tx, at, [{ type: 'conversation.labeled', conversationId: conversation.id, payload: { labels } }]);
    return id;
  }
}
