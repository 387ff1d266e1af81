import { looksLikeLawFirm } from '@claimline/assist';
import { Conversations, Threads } from '@claimline/conversations';
import { Outbox, type LoggedEvent, type Transaction } from '@claimline/database';

/** The label of a conversation in which somebody writes who looks like a law firm. */
export const LAW_FIRM = 'law-firm';

/** Suggests that a lawyer writes; for whom, and in which claim, a person says. */
export class SuggestCounsel {
  constructor(
    private readonly conversations: Conversations,
    private readonly threads: Threads,
    private readonly outbox: Outbox,
  ) {}

  async onMessageReceived(tx: Transaction, event: LoggedEvent): Promise<void> {
    const message = await this.threads.find(tx, String(event.payload.messageId));
    const conversation = event.conversationId ? await this.conversations.lock(tx, event.conversationId) : undefined;
    if (!message?.from_value || !conversation) return;
    // With our own counsel there is nothing to suggest, and whoever is known to speak in this claim is known.
    if (conversation.kind === 'privileged' || conversation.claim_id !== null || conversation.labels.includes(LAW_FIRM)) return;
    const { from_name: senderName, from_value: senderAddress, subject, text } = message;
    if (!looksLikeLawFirm({ senderName, senderAddress, subject, text })) return;
    const labels = await this.conversations.label(tx, conversation.id, [LAW_FIRM]);
    await this.outbox.append(tx, event.at, [{ type: 'conversation.labeled', conversationId: conversation.id, payload: { labels } }]);
  }
}
