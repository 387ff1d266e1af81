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

  /** Routes it, whatever it was that happened. Returns by which facts; undefined: the conversation is gone, and nothing happens to it. */
  async route(tx: Transaction, conversationId: string, occasion: Occasion): Promise<RoutingFacts | undefined> {
    const row = await this.conversations.lock(tx, conversationId);
    const facts = row && (await this.facts.of(tx, conversationId, occasion.now));
    if (!facts) return undefined;
    if (row.kind === 'privileged') await this.toOwner(tx, facts, occasion);
    else await this.toBest(tx, facts, occasion);
    return facts;
  }

  private async toBest(tx: Transaction, facts: RoutingFacts, occasion: Occasion): Promise<void> {
    const { assignment } = await this.router.route(tx, facts, occasion);
    if (assignment) await this.assign(tx, facts.conversationId, assignment.assigneeId, { actorId: null, ...occasion });
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
