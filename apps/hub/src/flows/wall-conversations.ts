import { Conversations } from '@claimline/conversations';
import { Outbox, type LoggedEvent, type Transaction } from '@claimline/database';
import { ClaimNewsView, type Walled } from '../views/claim-news.view';

/** A claim that becomes restricted takes its conversations behind the wall with it; one that is opened again brings them back. */
export class WallConversations {
  constructor(
    private readonly conversations: Conversations,
    private readonly news: ClaimNewsView,
    private readonly outbox: Outbox,
  ) {}

  async onClaimChanged(tx: Transaction, event: LoggedEvent): Promise<void> {
    const claim = await this.news.of(tx, String(event.payload.claimNumber));
    if (claim?.isWalledOtherwise) await this.wall(tx, claim, event.at);
  }

  /**
   * Who opened or bound a conversation while its claim was changed has put it where the claim stood before. Either this reads the claim after that change,
   * or the change is followed up after this: so one of both puts it right.
   */
  async onConversationsBound(tx: Transaction, events: readonly LoggedEvent[]): Promise<void> {
    const ids = events.flatMap(({ conversationId }) => conversationId ?? []);
    for (const claim of await this.news.walledOtherwise(tx, ids)) await this.wall(tx, claim, events.at(-1)!.at);
  }

  private async wall(tx: Transaction, { id, restrictedTo }: Walled, at: Date): Promise<void> {
    const changed = await this.conversations.wall(tx, id, restrictedTo);
    await this.outbox.append(
      tx,
      at,
      changed.map((conversationId) => ({ type: 'conversation.walled', conversationId, payload: { restrictedTo } })),
    );
  }
}
