import type { ConversationRow } from '@claimline/conversations';
import type { Transaction } from '@claimline/database';
import { Accounts } from '@claimline/people';
import { Router } from '@claimline/routing';
import { found, HubProblem } from '../http/problem';
import { RoutingFactsView } from '../views/routing-facts.view';
import { PlaceConversation } from './place-conversation';

/** Somebody gives a conversation to a colleague, takes it, or gives it back to the router. */
export class AssignConversation {
  constructor(
    private readonly facts: RoutingFactsView,
    private readonly accounts: Accounts,
    private readonly router: Router,
    private readonly place: PlaceConversation,
  ) {}

  /** The caller holds the conversation's row. @throws HubProblem `not-allowed` with the obstacle, where a hard constraint stands against it */
  async assign(
    tx: Transaction,
    conversation: ConversationRow,
    to: { assigneeId: string | null; actorId: string; now: Date },
  ): Promise<void> {
    const facts = (await this.facts.of(tx, conversation.id, to.now))!;
    if (to.assigneeId === null) return await this.giveBack(tx, conversation, to);
    const account = found(await this.accounts.find(tx, to.assigneeId));
    const refusal = await this.router.assign(tx, facts, { accountId: account.id, actorId: to.actorId, now: to.now });
    if (refusal) throw new HubProblem('not-allowed', { why: refusal.refused });
    await this.place.assign(tx, conversation.id, account.id, { actorId: to.actorId, cause: 'person', now: to.now });
  }

  private async giveBack(tx: Transaction, conversation: ConversationRow, by: { actorId: string; now: Date }): Promise<void> {
    const facts = (await this.facts.of(tx, conversation.id, by.now))!;
    const { assignment } = await this.router.reassign(tx, facts, by.now);
    await this.place.assign(tx, conversation.id, assignment?.assigneeId ?? null, { actorId: by.actorId, cause: 'person', now: by.now });
  }
}
