import { isAcknowledged } from '@claimline/claims';
import { Conversations, Threads } from '@claimline/conversations';
import type { Clock, LoggedEvent, Transaction } from '@claimline/database';
import { consentIntent } from '@claimline/messages';
import { surgeKey, type SurgeSwitch } from '../catastrophes/surge-switch';
import { StormFigures } from '../views/storm-figures.view';
import type { SendAutomatic } from './send-automatic';

/** While a surge is switched on, whoever writes hears once that it has arrived and when a person answers. It is no answer: every clock runs on. */
export class AcknowledgeSurge {
  constructor(
    private readonly conversations: Conversations,
    private readonly threads: Threads,
    private readonly surge: SurgeSwitch,
    private readonly figures: StormFigures,
    private readonly sending: SendAutomatic,
    private readonly clock: Clock,
  ) {}

  /** True: the surge answers here, now or by its one answer before. */
  async onMessageReceived(tx: Transaction, event: LoggedEvent): Promise<boolean> {
    const surge = await this.surge.read(tx);
    if (!surge?.on) return false;
    const message = await this.threads.find(tx, String(event.payload['messageId']));
    const conversation = message && (await this.conversations.lock(tx, event.conversationId!));
    if (!message || !conversation || !message.channel) return false;
    const { tag } = await this.figures.marksOf(tx, conversation.id);
    const about = {
      brandId: conversation.brand_id,
      channel: message.channel,
      tags: [...conversation.labels, ...(tag ? [tag] : [])],
      at: message.received_at,
      wantsNoAnswer:
        Boolean(message.facts?.['automatic']) || message.kind === 'call' || !['review', undefined].includes(consentIntent(message.text)),
    };
    const key = surgeKey(surge);
    if (!isAcknowledged(surge, about)) return false;
    if (await this.threads.findByClientId(tx, conversation.id, key)) return true;
    const hours = await this.surge.wait(tx, conversation.brand_id);
    await this.sending.send(tx, conversation, {
      template: 'received_acknowledgement',
      key,
      words: hours === undefined ? {} : { waitHours: String(hours) },
      at: this.clock.now(),
    });
    return true;
  }
}
