import { Conversations, Threads } from '@claimline/conversations';
import { newId, Outbox, type Transaction } from '@claimline/database';
import { Deliveries } from '@claimline/delivery';
import { Notices, type NoticeToSend, type PlanStep } from '@claimline/notifications';
import type { SituationToTell } from '../views/notice-situation.view';
import { changed } from './settle-delivery';

/** A planned notice gets its place in a thread and is put on its way. */
export class SendNotice {
  constructor(
    private readonly notices: Notices,
    private readonly conversations: Conversations,
    private readonly threads: Threads,
    private readonly deliveries: Deliveries,
    private readonly outbox: Outbox,
  ) {}

  async send(tx: Transaction, notice: NoticeToSend, told: SituationToTell, at: Date): Promise<void> {
    const conversationId = await this.threadOf(tx, notice, told, at);
    const messageId = newId(at);
    const { step } = notice;
    await this.threads.append(tx, {
      id: messageId,
      conversationId,
      direction: 'outbound',
      kind: 'notice',
      channel: step.channel,
      inboxId: step.inboxId,
      to: [step.to],
      cc: [],
      subject: notice.subject,
      text: notice.text,
      noticeId: notice.noticeId,
      facts: { code: notice.code, claim: notice.claimNumber, occurredAt: notice.occurredAt.toISOString(), skipped: notice.skipped },
      occurredAt: at,
      receivedAt: at,
    });
    await this.outbox.append(tx, at, [{ type: 'message.sent', conversationId, payload: { messageId, authorId: null } }]);
    await this.enqueue(
      tx,
      {
        noticeId: notice.noticeId,
        conversationId,
        messageId,
        step,
        live: notice.live,
        dueAt: notice.notBefore ?? at,
        template: { name: notice.code, language: notice.language, parameters: notice.parameters },
      },
      at,
    );
  }

  /** The same message by the next way. */
  async sendAnotherWay(
    tx: Transaction,
    next: {
      readonly noticeId: string;
      readonly messageId: string;
      readonly conversationId: string;
      readonly step: PlanStep;
      readonly failed: string;
    },
    at: Date,
  ): Promise<void> {
    await this.enqueue(tx, { ...next, live: false, dueAt: at, fallbackOf: next.failed }, at);
  }

  /** Takes back a notice that waits for the morning and is out of date. */
  async takeBack(tx: Transaction, messageId: string, at: Date): Promise<void> {
    const canceled = await this.deliveries.cancel(tx, messageId, 'superseded', at);
    for (const row of canceled) {
      await this.conversations.lock(tx, row.conversation_id);
      await this.outbox.append(tx, at, [changed(row)]);
    }
  }

  private async threadOf(
    tx: Transaction,
    notice: NoticeToSend,
    { situation: { brand, claim }, handlerId, restrictedTo }: SituationToTell,
    at: Date,
  ): Promise<string> {
    const partyId = claim.parties.find(({ contactId }) => contactId === notice.contactId)?.id ?? notice.partyId;
    const { step, contactId, language } = notice;
    const { id, made } = await this.conversations.openFor(tx, {
      contactId,
      claim: { id: claim.id, number: claim.number, partyId, restrictedTo },
      brandId: brand.id,
      teamId: null,
      channel: step.channel,
      inboxId: step.inboxId,
      addressId: step.addressId,
      language,
      at,
    });
    if (made) await this.settleIn(tx, id, { contactId, handlerId, at });
    return id;
  }

  /** A new thread belongs to the claim's handler. */
  private async settleIn(tx: Transaction, id: string, made: { contactId: string; handlerId: string | null; at: Date }): Promise<void> {
    if (made.handlerId) await this.conversations.assign(tx, id, made.handlerId);
    await this.outbox.append(tx, made.at, [{ type: 'conversation.opened', conversationId: id, payload: { contactId: made.contactId } }]);
  }

  private async enqueue(
    tx: Transaction,
    out: {
      noticeId: string;
      conversationId: string;
      messageId: string;
      step: PlanStep;
      live: boolean;
      dueAt: Date;
      fallbackOf?: string;
      template?: { name: string; language: string; parameters: readonly string[] };
    },
    at: Date,
  ): Promise<void> {
    const { step, conversationId, messageId } = out;
    const delivery = await this.deliveries.enqueue(tx, {
      messageId,
      conversationId,
      inboxId: step.inboxId,
      channel: step.channel,
      to: { value: step.to, addressId: step.addressId },
      // Somebody who is talking to us hears at any hour: for the gate this is an answer.
      purpose: out.live ? 'automatic' : 'notice',
      dueAt: out.dueAt,
      template: out.template ?? null,
      fallbackOf: out.fallbackOf ?? null,
      at,
    });
    await this.notices.sent(tx, out.noticeId, { conversationId, messageId, deliveryId: delivery.id });
  }
}
