import type { Clock, LoggedEvent, Transaction } from '@claimline/database';
import type { Cause, RoutingFacts } from '@claimline/routing';
import { RoutingFactsView } from '../views/routing-facts.view';
import { PlaceConversation } from './place-conversation';

/** Gives conversations to adjusters as they come in, wake up or change. */
export class RouteConversation {
  constructor(
    private readonly place: PlaceConversation,
    private readonly facts: RoutingFactsView,
    private readonly clock: Clock,
  ) {}

  /** Returns by which facts: whoever follows need not gather them again. */
  async onMessageReceived(tx: Transaction, event: LoggedEvent): Promise<RoutingFacts | undefined> {
    return this.route(tx, event, 'arrived');
  }

  async onConversationLinked(tx: Transaction, event: LoggedEvent): Promise<void> {
    // A rule has found the claim: its owner goes first if they are there. Where a person has bound it, whoever works on it keeps it.
    await this.route(tx, event, event.payload['actorId'] === null ? 'linked' : 'arrived');
  }

  async onConversationWoken(tx: Transaction, event: LoggedEvent): Promise<void> {
    await this.route(tx, event, 'arrived');
  }

  async onConversationReopened(tx: Transaction, event: LoggedEvent): Promise<void> {
    await this.route(tx, event, 'arrived');
  }

  /** Labels tell line, urgency and new losses: what it needs may have changed. */
  async onConversationLabeled(tx: Transaction, event: LoggedEvent): Promise<void> {
    await this.route(tx, event, 'arrived');
  }

  /** Whoever has it may stand outside of the wall now. */
  async onConversationWalled(tx: Transaction, event: LoggedEvent): Promise<void> {
    await this.route(tx, event, 'arrived');
  }

  /** A deadline comes near: its turn comes earlier. */
  async onClockWarned(tx: Transaction, event: LoggedEvent): Promise<void> {
    await this.route(tx, event, 'arrived');
  }

  async onClaimChanged(tx: Transaction, event: LoggedEvent): Promise<void> {
    const now = this.clock.now();
    const cause = event.payload['handlerChanged'] ? 'handler-changed' : 'arrived';
    for (const id of await this.facts.ofClaim(tx, String(event.payload['claimNumber']))) await this.place.route(tx, id, { cause, now });
  }

  private async route(tx: Transaction, event: LoggedEvent, cause: Cause): Promise<RoutingFacts | undefined> {
    return event.conversationId ? this.place.route(tx, event.conversationId, { cause, now: this.clock.now() }) : undefined;
  }
}
