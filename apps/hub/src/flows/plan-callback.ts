import { Calls, Conversations } from '@claimline/conversations';
import type { LoggedEvent, Transaction } from '@claimline/database';
import { afterCall, Calendars, callbackDue, Tasks } from '@claimline/quality';
import { RoutingFactsView } from '../views/routing-facts.view';
import { ClockFactsView } from '../views/clock-facts.view';
import { FollowClocks } from './follow-clocks';

/** A customer who called and reached nobody is called back: somebody has a task. */
export class PlanCallback {
  constructor(
    private readonly calls: Calls,
    private readonly conversations: Conversations,
    private readonly facts: { readonly clocks: ClockFactsView; readonly routing: RoutingFactsView },
    private readonly calendars: Calendars,
    private readonly tasks: Tasks,
    private readonly due: FollowClocks,
  ) {}

  async onCallChanged(tx: Transaction, event: LoggedEvent): Promise<void> {
    const call = await this.calls.ofMessage(tx, String(event.payload['messageId']));
    const conversation = call && (await this.conversations.lock(tx, call.conversation_id));
    if (!call || !conversation) return;
    const outcome = afterCall({ direction: call.direction, endedAt: call.ended_at, outcome: call.outcome });
    if (outcome === 'settled')
      await this.tasks.settle(tx, { conversationId: conversation.id, kind: 'callback' }, 'customer-called', event.at);
    if (outcome === 'call-back') await this.plan(tx, { callId: call.id, conversationId: conversation.id, endedAt: call.ended_at! });
    await this.due.renewDue(tx, conversation.id);
  }

  private async plan(tx: Transaction, call: { callId: string; conversationId: string; endedAt: Date }): Promise<void> {
    const conversation = (await this.conversations.find(tx, call.conversationId))!;
    const { place } = (await this.facts.clocks.of(tx, call.conversationId))!;
    const needs = (await this.facts.routing.of(tx, call.conversationId, call.endedAt))!.needs;
    const calendar = await this.calendars.forBrand(tx, place.brand, call.endedAt);
    const claim =
      conversation.claim_id && conversation.claim_number ? { id: conversation.claim_id, number: conversation.claim_number } : null;
    await this.tasks.create(
      tx,
      {
        key: `missed-call:${call.callId}`,
        kind: 'callback',
        reason: 'missed-call',
        params: { call: call.callId, language: needs.language },
        claim,
        conversationId: conversation.id,
        contactId: conversation.contact_id,
        ownerId: needs.assigneeId ?? needs.ownerId,
        teamId: conversation.team_id,
        due: callbackDue(calendar, call.endedAt),
      },
      call.endedAt,
    );
  }
}
