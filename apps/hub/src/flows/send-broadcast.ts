import { Conversations, Threads } from '@claimline/conversations';
import { newId, Outbox, type Transaction } from '@claimline/database';
import { Deliveries, PRIORITY, type Purpose } from '@claimline/delivery';
import { isSafety, type Broadcast } from '@claimline/notifications';
import type { Worded } from '../broadcasts/word-broadcast';
import { PartyClaims } from '../views/party-claims.view';

type Told = Extract<Worded, { told: true }>;

/** One recipient of a broadcast gets it: a message in their own thread, on its way behind everything that people write. */
export class SendBroadcast {
  constructor(
    private readonly conversations: Conversations,
    private readonly threads: Threads,
    private readonly deliveries: Deliveries,
    private readonly claims: PartyClaims,
    private readonly outbox: Outbox,
  ) {}

  async send(tx: Transaction, broadcast: Broadcast, told: Told, at: Date): Promise<{ messageId: string; conversationId: string }> {
    const conversationId = await this.threadOf(tx, told, at);
    const step = told.plan.steps[0]!;
    const messageId = newId(at);
    await this.threads.append(tx, {
      id: messageId,
      conversationId,
      direction: 'outbound',
      kind: 'notice',
      channel: step.channel,
      inboxId: step.inboxId,
      to: [step.to],
      cc: [],
      subject: told.text.subject,
      text: told.text.text,
      clientId: `broadcast:${broadcast.id}`,
      facts: { code: broadcast.template, claim: told.found.situation.claim.number, occurredAt: at.toISOString(), broadcast: broadcast.id },
      occurredAt: at,
      receivedAt: at,
    });
    await this.outbox.append(tx, at, [{ type: 'message.sent', conversationId, payload: { messageId, authorId: null } }]);
    await this.deliveries.enqueue(tx, {
      messageId,
      conversationId,
      inboxId: step.inboxId,
      channel: step.channel,
      to: { value: step.to, addressId: step.addressId },
      purpose: purposeOf(broadcast),
      priority: PRIORITY.broadcast,
      dueAt: told.plan.heldUntil ?? at,
      template: { name: broadcast.template, language: told.text.language, parameters: told.parameters },
      at,
    });
    return { messageId, conversationId };
  }

  private async threadOf(tx: Transaction, { plan, text, found }: Told, at: Date): Promise<string> {
    const { claim, brand } = found.situation;
    const { contactId } = plan.person;
    const step = plan.steps[0]!;
    const walled = (await this.claims.byNumber(tx, claim.number, contactId, plan.party.id))!;
    const { id, made } = await this.conversations.openFor(tx, {
      contactId,
      claim: { id: claim.id, number: claim.number, partyId: plan.party.id, restrictedTo: walled.restrictedTo },
      brandId: brand.id,
      teamId: null,
      channel: step.channel,
      inboxId: step.inboxId,
      addressId: step.addressId,
      language: text.language,
      at,
    });
    await this.conversations.lock(tx, id);
    if (made && found.handlerId) await this.conversations.assign(tx, id, found.handlerId);
    if (made) await this.outbox.append(tx, at, [{ type: 'conversation.opened', conversationId: id, payload: { contactId } }]);
    return id;
  }
}

// Safety is told like news of one's own claim, and where the approver said so at any hour; what is no matter of safety needs a consent to news.
function purposeOf({ template, anyHour }: Pick<Broadcast, 'template' | 'anyHour'>): Purpose {
  if (!isSafety(template)) return 'broadcast';
  return anyHour ? 'automatic' : 'notice';
}
