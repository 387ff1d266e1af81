import { Conversations } from '@claimline/conversations';
import { Outbox, type LoggedEvent, type Transaction } from '@claimline/database';
import { ClaimNewsView } from '../views/claim-news.view';

/** A claim that becomes restricted takes its conversations behind the wall with it; one that is opened again brings them back. */
export class WallConversations {
  constructor(
    private readonly conversations: Conversations,
    private readonly news: ClaimNewsView,
    private readonly outbox: Outbox,
  ) {}

  async onClaimChanged(tx: Transaction, event: LoggedEvent): Promise<void> {
    const claim = await this.news.of(tx, String(event.payload.claimNumber));
    if (!claim?.isWalledOtherwise) return;
    const changed = await this.conversations.wall(tx, claim.id, claim.restrictedTo);
    await this.outbox.append(
      tx,
      event.at,
      changed.map((conversationId) => ({ type: 'conversation.walled', conversationId, payload: { restrictedTo: claim.restrictedTo } })),
    );
  }
}
