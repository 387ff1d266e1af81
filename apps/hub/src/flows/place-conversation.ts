import { Conversations } from '@claimline/conversations';
import { Outbox, type Transaction } from '@claimline/database';
import { Router, type Occasion, type RoutingFacts } from '@claimline/routing';
import { RoutingFactsView } from '../views/routing-facts.view';

/** Asks the router about a conversation, and writes down whose it is from now on. */
export class PlaceConversation {
  constructor(
    private readonly conversations: Conversations,
    private readonly facts: RoutingFactsView,
    private readonly router: Router,
    private readonly outbox: Outbox,
  ) {}

  /** Routes it, whatever it was that happened. Nothing happens to a conversation that is gone. */
  async route(tx: Transaction, conversationId: string, occasion: Occasion): Promise<void> {
    const row = await this.conversations.lock(tx, conversationId);
    const facts = row && (await this.facts.of(tx, conversationId, occasion.now));
    if (!facts) return;
    if (row.kind === 'privileged') return this.toOwner(tx, facts, occasion);
    const { assignment } = await this.router.route(tx, facts, occasion);
    if (assignment) await this.assign(tx, conversationId, assignment.assigneeId, { actorId: null, ...occasion });
  }

  // What is said with our own counsel is the claim's handler's: skills and load choose nobody else.
  private async toOwner(tx: Transaction, { conversationId, needs }: RoutingFacts, occasion: Occasion): Promise<void> {
    if (needs.assigneeId || !needs.ownerId) return;
    await this.assign(tx, conversationId, needs.ownerId, { actorId: null, ...occasion });
  }

  /** What the router knows of it, with its row locked. */
  async locked(tx: Transaction, conversationId: string, now: Date): Promise<RoutingFacts | undefined> {
    await this.conversations.lock(tx, conversationId);
    return await this.facts.of(tx, conversationId, now);
  }

  async assign(
    tx: Transaction,
    conversationId: string,
    assigneeId: string | null,
    by: { actorId: string | null; cause: string; now: Date },
  ): Promise<void> {
    await this.conversations.assign(tx, conversationId, assigneeId);
    const payload = { assigneeId, actorId: by.actorId, cause: by.cause };
    await this.outbox.append(tx, by.now, [{ type: 'conversation.assigned', conversationId, payload }]);
  }
}
