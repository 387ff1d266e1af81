import type { ClaimCoreLine } from '@claimline/claims';
import type { Conversations } from '@claimline/conversations';
import type { Clock, LoggedEvent, Transaction } from '@claimline/database';
import type { PublicUrl } from '../platform/public-url';

/** A conversation about a claim has been resolved: the claim core is told where its transcript and its files are, so that its own file is whole. */
export class TellTranscript {
  constructor(
    private readonly conversations: Conversations,
    private readonly line: ClaimCoreLine,
    private readonly address: PublicUrl,
    private readonly clock: Clock,
  ) {}

  async onConversationResolved(tx: Transaction, event: LoggedEvent): Promise<void> {
    const conversation = await this.conversations.find(tx, event.conversationId!);
    // What was said with our own counsel leaves the house in no file.
    if (!conversation?.claim_number || conversation.privileged_to) return;
    const { id, claim_number: claim, message_count: messages } = conversation;
    const data = {
      claim,
      conversation: id,
      messages,
      transcript: `/api/conversations/${id}/transcript`,
      console: `${this.address.get()}/inbox/all/${id}`,
    };
    await this.line.publish(tx, { type: 'conversation.resolved', subject: claim, data }, this.clock.now());
  }
}
