import { Conversations } from '@claimline/conversations';
import { Outbox, type LoggedEvent, type Transaction } from '@claimline/database';
import { PartyClaims } from '../views/party-claims.view';

/** A claim that becomes restricted takes its conversations behind the wall with it; one that is opened again brings them back. */
export class WallConversations {
  constructor(
    private readonly conversations: Conversations,
    private readonly claims: PartyClaims,
    private readonly outbox: Outbox,
  ) {}

  async onClaimChanged(tx: Transaction, event: LoggedEvent): Promise<void> {
    const claim = await this.claims.byNumber(tx, String(event.payload.claimNumber), null, null);
    if (!claim) return;
    const changed = await this.conversations.wall(tx, claim.claimId, claim.restrictedTo);
    await this.outbox.append(
      tx,
      event.at,
      changed.map((conversationId) => ({ type: 'conversation.walled', conversationId, payload: { restrictedTo: claim.restrictedTo } })),
    );
  }
}
