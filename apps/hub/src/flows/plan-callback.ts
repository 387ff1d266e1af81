import { Calls, Conversations } from '@claimline/conversations';
import type { LoggedEvent, Transaction } from '@claimline/database';
import { Callbacks } from '@claimline/quality';
import { ClockFactsView } from '../views/clock-facts.view';
import { RoutingFactsView } from '../views/routing-facts.view';
import { FollowClocks } from './follow-clocks';

/** A customer who called and reached nobody is called back: somebody has a task. */
export class PlanCallback {
  constructor(
    private readonly calls: Calls,
    private readonly conversations: Conversations,
    private readonly clockFacts: ClockFactsView,
    private readonly routingFacts: RoutingFactsView,
    private readonly callbacks: Callbacks,
    private readonly due: FollowClocks,
  ) {}

  async onCallChanged(tx: Transaction, event: LoggedEvent): Promise<void> {
    const call = await this.calls.ofMessage(tx, String(event.payload['messageId']));
    const conversation = call && (await this.conversations.lock(tx, call.conversation_id));
    if (!call || !conversation) return;
    const { place } = (await this.clockFacts.of(tx, conversation.id))!;
    const { needs } = (await this.routingFacts.of(tx, conversation.id, event.at))!;
    const about = {
      callId: call.id,
      conversationId: conversation.id,
      contactId: conversation.contact_id,
      claim: conversation.claim_id && conversation.claim_number ? { id: conversation.claim_id, number: conversation.claim_number } : null,
      ownerId: needs.assigneeId ?? needs.ownerId,
      teamId: conversation.team_id,
      params: { call: call.id, language: call.language ?? needs.language },
      brand: place.brand,
    };
    await this.callbacks.changed(tx, { direction: call.direction, endedAt: call.ended_at, outcome: call.outcome }, about, event.at);
    await this.due.renewDue(tx, conversation.id);
  }
}
