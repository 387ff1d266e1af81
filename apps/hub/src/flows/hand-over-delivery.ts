import { Conversations } from '@claimline/conversations';
import type { LoggedEvent, Transaction } from '@claimline/database';
import { BY_PERSON, mayEndTrouble } from '@claimline/delivery';
import { Tasks, TaskStore } from '@claimline/quality';

const MINUTE = 60_000;
// The customer waits for an answer that did not reach them; the one who wrote it should know before the coffee is cold.
const DUE_MS = 30 * MINUTE;
const KINDS = ['uncertain-send', 'send-another-way'] as const;

/** What delivery cannot finish by itself becomes a task: an answer that did not arrive, a send of which nobody knows, an inbox that stopped. */
export class HandOverDelivery {
  constructor(
    private readonly conversations: Conversations,
    private readonly tasks: Tasks,
    private readonly store: TaskStore,
  ) {}

  /** Makes the task, or takes it back when the message has left after all: by a late receipt, or another attempt. */
  async onDeliveryChanged(tx: Transaction, { conversationId, payload, at }: LoggedEvent): Promise<void> {
    const { messageId, deliveryId, state, reason, channel, needsPerson } = payload as Record<string, string | boolean | null>;
    if (!needsPerson) return mayEndTrouble(payload) ? this.takeBack(tx, conversationId!, String(messageId), at) : undefined;
    const conversation = await this.conversations.lock(tx, conversationId!);
    if (!conversation) return;
    await this.tasks.create(
      tx,
      {
        key: `delivery:${String(deliveryId)}`,
        kind: state === 'uncertain' ? 'uncertain-send' : 'send-another-way',
        reason: reason as string | null,
        params: { messageId, deliveryId, channel },
        claim: conversation.claim_id && conversation.claim_number ? { id: conversation.claim_id, number: conversation.claim_number } : null,
        conversationId: conversation.id,
        contactId: conversation.contact_id,
        ownerId: conversation.assignee_id,
        due: new Date(at.getTime() + DUE_MS),
      },
      at,
    );
  }

  /** An administrator has to mend the settings; not where one has stopped it on purpose. */
  async onInboxStopped(tx: Transaction, { id, payload, at }: LoggedEvent): Promise<void> {
    if (payload['reason'] === BY_PERSON) return;
    await this.tasks.create(
      tx,
      {
        key: `inbox-stopped:${id}`,
        kind: 'inbox-stopped',
        reason: String(payload['reason']),
        params: { inboxId: payload['inboxId'] },
        due: new Date(at.getTime() + DUE_MS),
      },
      at,
    );
  }

  /** Sends again: whoever was to mend it need not. */
  async onInboxRecovered(tx: Transaction, { payload, at }: LoggedEvent): Promise<void> {
    for (const { id } of await this.store.openAbout(tx, String(payload['inboxId']), 'inbox-stopped'))
      await this.tasks.cancel(tx, id, { outcome: 'repaired', by: null, at });
  }

  private async takeBack(tx: Transaction, conversationId: string, messageId: string, at: Date): Promise<void> {
    const open = await this.store.openOf(tx, conversationId, ...KINDS);
    const about = open.filter(({ params }) => params['messageId'] === messageId);
    if (about.length > 0) await this.conversations.lock(tx, conversationId);
    for (const task of about) await this.tasks.cancel(tx, task.id, { outcome: 'sent', by: null, at });
  }
}
