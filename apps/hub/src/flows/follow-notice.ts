import { Claims } from '@claimline/claims';
import { Conversations } from '@claimline/conversations';
import type { Clock, LoggedEvent, Transaction } from '@claimline/database';
import { isFailure, type DeliveryState } from '@claimline/messages';
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

  /** Those that come one after another: what ends in a line of its notice at once, each failure by itself in its place. */
  async onDeliveriesChanged(tx: Transaction, events: readonly LoggedEvent[]): Promise<void> {
    const waiting: LoggedEvent[] = [];
    for (const event of events.filter(mayCarryNotice)) {
      if (!isFailure(newsOf(event).state)) {
        waiting.push(event);
        continue;
      }
      await this.notices.followAll(tx, waiting.splice(0).map(newsOf));
      await this.onDeliveryChanged(tx, event);
    }
    await this.notices.followAll(tx, waiting.map(newsOf));
  }

  private async onDeliveryChanged(tx: Transaction, event: LoggedEvent): Promise<void> {
    const { conversationId } = event;
    await this.conversations.lock(tx, conversationId!);
    const { messageId, ...news } = newsOf(event);
    const { deliveryId } = news;
    const up = await this.notices.follow(tx, messageId, news);
    const at = this.clock.now();
    if (up?.fallback) await this.sending.sendAnotherWay(tx, { ...up.fallback, conversationId: conversationId!, failed: deliveryId }, at);
    if (up?.forPerson) await this.person.ask(tx, up.forPerson, (await this.claims.get(tx, up.forPerson.claimNumber)).handlerId, at);
  }
}

// A notice leaves as one, or as an answer to somebody who is talking to us; a further attempt keeps its purpose.
const mayCarryNotice = ({ payload }: LoggedEvent): boolean => payload['purpose'] !== 'reply' && payload['purpose'] !== 'broadcast';

const newsOf = ({ payload }: LoggedEvent) => ({
  messageId: String(payload['messageId']),
  deliveryId: String(payload['deliveryId']),
  state: String(payload['state']) as DeliveryState,
  reason: (payload['reason'] as string | null) ?? null,
});
