import type { ConversationRow, MessageRow } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import { Deliveries } from '@claimline/delivery';
import { Outlets } from '../conversations/outlets';
import type { Outlet } from '../flows/send-reply';
import { HubProblem } from '../http/problem';
import { OpenInboxes } from '../inbound/open-inboxes';

/** Chooses how a message that did not arrive goes out instead. */
export class AnotherWay {
  constructor(
    private readonly outlets: Outlets,
    private readonly inboxes: OpenInboxes,
    private readonly deliveries: Deliveries,
  ) {}

  /** @throws HubProblem `not-found` for what was never sent, and for calls; `channel-not-able` when nothing else reaches the recipient */
  async choose(
    queries: Queries,
    conversation: ConversationRow,
    message: MessageRow,
    wish: { channel?: string; to?: string },
  ): Promise<Outlet> {
    if (message.direction !== 'outbound' || message.kind === 'call') throw new HubProblem('not-found');
    const to = wish.to ? [wish.to] : undefined;
    if (wish.channel) return this.outlets.choose(queries, conversation, { channel: wish.channel, to });
    const tried = new Set((await this.deliveries.ofMessage(queries, message.id)).map(({ channel }) => channel));
    const able = (await this.inboxes.all()).filter(
      ({ kindOf, kind, state }) => state === 'active' && !kindOf.capabilities.calls && !tried.has(kind),
    );
    for (const channel of new Set(able.map(({ kind }) => kind))) {
      const outlet = await this.tryOutlet(queries, conversation, { channel, to });
      if (outlet) return outlet;
    }
    throw new HubProblem('channel-not-able', { why: 'no other channel reaches the recipient' });
  }

  private async tryOutlet(
    queries: Queries,
    conversation: ConversationRow,
    wish: { channel: string; to?: string[] },
  ): Promise<Outlet | undefined> {
    return this.outlets.choose(queries, conversation, wish).catch((error: unknown) => {
      if (error instanceof HubProblem) return undefined;
      throw error;
    });
  }
}
