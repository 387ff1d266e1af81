import { impressionOf } from '@claimline/assist';
import { Conversations, Threads } from '@claimline/conversations';
import { Outbox, type LoggedEvent, type Transaction } from '@claimline/database';
import { languageOfText } from '@claimline/messages';

/** Labels a conversation by what the customer's words suggest: a new loss, somebody hurt, the line of business, the language. */
export class ClassifyMessage {
  constructor(
    private readonly conversations: Conversations,
    private readonly threads: Threads,
    private readonly outbox: Outbox,
  ) {}

  /** What was said in a voicemail is known only some time after it: the transcript comes later. */
  async onCallChanged(tx: Transaction, event: LoggedEvent): Promise<void> {
    if (event.payload.phase === 'transcribed') await this.onMessageReceived(tx, event);
  }

  async onMessageReceived(tx: Transaction, event: LoggedEvent): Promise<void> {
    const message = await this.threads.find(tx, String(event.payload.messageId));
    const conversation = await this.conversations.lock(tx, event.conversationId!);
    if (!message || !conversation) return;
    const labels = labelsOf(message.text, conversation.claim_id !== null).filter((label) => !conversation.labels.includes(label));
    if (message.facts?.automatic) labels.push('automatic');
    if (labels.length === 0) return;
    const all = await this.conversations.label(tx, conversation.id, labels, message.facts?.automatic ? [] : ['automatic']);
    await this.outbox.append(tx, event.at, [{ type: 'conversation.labeled', conversationId: conversation.id, payload: { labels: all } }]);
  }
}

// A conversation that is about a known claim does not state a new loss; somebody hurt is news at any time.
function labelsOf(text: string, bound: boolean): string[] {
  const impression = impressionOf(text);
  const labels: string[] = [];
  if (impression.newLoss && !bound) labels.push('new-loss');
  if (impression.injury) labels.push('injury');
  if (impression.fatality) labels.push('fatality');
  if (impression.line && !bound) labels.push(impression.line);
  if (languageOfText(text) === 'zh-CN') labels.push('zh');
  return labels;
}
