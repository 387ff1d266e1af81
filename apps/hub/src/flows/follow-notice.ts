import { Claims } from '@claimline/claims';
import { Conversations } from '@claimline/conversations';
import type { Clock, LoggedEvent, Transaction } from '@claimline/database';
import type { DeliveryState } from '@claimline/messages';
import { Notices } from '@claimline/notifications';
import type { AskPerson } from './ask-person';
import type { SendNotice } from './send-notice';

/** News of a delivery that carries a notice: told with proof, tried once another way, or given to a person. */
export class FollowNotice {
  constructor(
    private readonly conversations: Conversations,
    private readonly notices: Notices,
    private readonly claims: Claims,
    private readonly sending: SendNotice,
    private readonly person: AskPerson,
    private readonly clock: Clock,
  ) {}

  async onDeliveryChanged(tx: Transaction, { conversationId, payload }: LoggedEvent): Promise<void> {
    await this.conversations.lock(tx, conversationId!);
    const [messageId, deliveryId] = [String(payload['messageId']), String(payload['deliveryId'])];
    const up = await this.notices.follow(tx, messageId, {
      deliveryId,
      state: String(payload['state']) as DeliveryState,
      reason: (payload['reason'] as string | null) ?? null,
    });
    const at = this.clock.now();
    if (up?.fallback) await this.sending.sendAnotherWay(tx, { ...up.fallback, conversationId: conversationId!, failed: deliveryId }, at);
    if (up?.forPerson) await this.person.ask(tx, up.forPerson, (await this.claims.get(tx, up.forPerson.claimNumber)).handlerId, at);
  }
}
