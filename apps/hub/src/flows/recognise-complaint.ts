import { complaintIn, type ComplaintImpression } from '@claimline/assist';
import { Conversations, Threads, type ConversationRow, type MessageRow } from '@claimline/conversations';
import { Outbox, type Clock, type LoggedEvent, type Transaction } from '@claimline/database';
import { signsIn, type ComplaintHandling, type Regulator } from '@claimline/quality';
import type { HandlingRules } from '../complaints/handling-rules';
import type { ComplaintFactsView } from '../views/complaint-facts.view';
import type { OpenComplaint } from './open-complaint';

/** What a message is, seen as a complaint. */
interface Signs extends ComplaintImpression {
  readonly regulator: Regulator | undefined;
  readonly toLine: boolean;
}

/** Hears a complaint in what a customer writes, or in whom they write to: a draft is opened, its clock runs from the receipt, somebody is told. */
export class RecogniseComplaint {
  constructor(
    private readonly rows: { readonly conversations: Conversations; readonly threads: Threads },
    private readonly facts: ComplaintFactsView,
    private readonly rules: HandlingRules,
    private readonly opening: OpenComplaint,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Before claims are guessed: a regulator who writes is an organisation, and nothing is guessed for one. */
  async onSender(tx: Transaction, event: LoggedEvent): Promise<void> {
    const message = await this.rows.threads.find(tx, String(event.payload['messageId']));
    if (!message?.from_value || message.direction !== 'inbound') return;
    const { regulator } = signsIn({ people: [message.from_value], to: [] }, await this.rules.read(tx));
    const conversation = regulator && (await this.rows.conversations.lock(tx, message.conversation_id));
    if (conversation) await this.facts.markOrganisation(tx, conversation.contact_id);
  }

  async onMessageReceived(tx: Transaction, event: LoggedEvent): Promise<void> {
    const message = await this.rows.threads.find(tx, String(event.payload['messageId']));
    // A machine's mail repeats words; it does not complain.
    if (message?.direction !== 'inbound' || message.facts?.['automatic']) return;
    const signs = signsOf(message, await this.rules.read(tx));
    const complains = signs.signals.length > 0 || signs.regulator !== undefined || signs.toLine;
    if (!complains && !signs.negative) return;
    const conversation = await this.rows.conversations.lock(tx, message.conversation_id);
    if (!conversation) return;
    await this.label(tx, conversation, signs, complains);
    if (complains) await this.openDraft(tx, conversation, message, signs);
  }

  /** What was said in a voicemail is known only some time after it. */
  async onCallChanged(tx: Transaction, event: LoggedEvent): Promise<void> {
    if (event.payload['phase'] === 'transcribed') await this.onMessageReceived(tx, event);
  }

  private async openDraft(tx: Transaction, conversation: ConversationRow, message: MessageRow, signs: Signs): Promise<void> {
    const source = signs.regulator ? 'regulator' : signs.toLine ? 'mailbox' : 'words';
    const signals = [...new Set([...signs.signals, ...(signs.regulator ? ['regulator'] : []), ...(signs.toLine ? ['line'] : [])])];
    await this.opening.open(tx, conversation, {
      source,
      signals,
      messageId: message.id,
      content: message.text,
      channel: message.channel ?? conversation.channel,
      regulator: signs.regulator?.name ?? null,
      receivedAt: message.received_at,
      openedBy: null,
      at: this.clock.now(),
    });
  }

  private async label(tx: Transaction, conversation: ConversationRow, signs: Signs, complains: boolean): Promise<void> {
    const wanted = ['needs-attention', ...(complains ? ['complaint'] : []), ...(signs.regulator ? ['regulator'] : [])];
    if (wanted.every((label) => conversation.labels.includes(label))) return;
    const labels = await this.rows.conversations.label(tx, conversation.id, wanted);
    const at = this.clock.now();
    await this.outbox.append(tx, at, [{ type: 'conversation.labeled', conversationId: conversation.id, payload: { labels } }]);
  }
}

function signsOf(message: MessageRow, handling: ComplaintHandling): Signs {
  const people = [...(message.from_value ? [message.from_value] : []), ...message.to_values, ...message.cc_values];
  const words = [message.subject, message.text].filter(Boolean).join('\n');
  return { ...complaintIn(words), ...signsIn({ people, to: [...message.to_values, ...message.cc_values] }, handling) };
}
