import { Contacts, Conversations, Threads, type ConversationRow, type MessageRow } from '@claimline/conversations';
import type { Clock, LoggedEvent, Transaction } from '@claimline/database';
import { consentIntent, type ConsentIntent } from '@claimline/messages';
import { ConsentLedger, familyOf, namedFamilies, type Said } from '@claimline/notifications';
import { Tasks } from '@claimline/quality';
import { CONFIRMATION } from '../views/consent-check.view';
import { NoticeSituationView } from '../views/notice-situation.view';
import { ConsentWriter } from './note-consent-event';
import type { CarrierOptOut } from './settle-delivery';
import type { SendAutomatic } from './send-automatic';

// A person reads what may have been a refusal within the working day; meanwhile nothing is decided by itself.
const REVIEW_MS = 4 * 3_600_000;
const ANSWERS = { 'opt-out': 'opt_out_confirmed', 'opt-in': 'opt_in_confirmed', help: 'help' } as const;

/** What {@link RecordConsent} needs of threads. */
export interface ConsentThreads {
  readonly conversations: Conversations;
  readonly threads: Threads;
  readonly contacts: Contacts;
}

type Spoken = Parameters<ConsentWriter['optOut']>[1];
/** A word as it came from outside of a message, and its conversation where there is one. */
type Told = Spoken & { readonly said: Said; readonly conversationId: string | null };

/** Somebody says how they want to be written to, in whatever words and by whatever way: the ledger keeps it, and one confirmation goes out. */
export class RecordConsent extends ConsentWriter {
  constructor(
    private readonly rows: ConsentThreads,
    private readonly ledger: ConsentLedger,
    private readonly lines: NoticeSituationView,
    private readonly automatic: SendAutomatic,
    private readonly tasks: Tasks,
    private readonly clock: Clock,
  ) {
    super();
  }

  async onMessageReceived(tx: Transaction, event: LoggedEvent): Promise<void> {
    // Every step after this one wants the row held, and what is asked before that is asked again after it.
    if (event.conversationId) await this.rows.conversations.lock(tx, event.conversationId);
    const message = await this.rows.threads.find(tx, String(event.payload['messageId']));
    const intent = message && intentOf(message);
    if (!message || !intent) return;
    const conversation = (await this.rows.conversations.lock(tx, message.conversation_id))!;
    if (intent === 'review') await this.askPerson(tx, message, conversation);
    else if (intent === 'help') await this.answer(tx, 'help', { message, conversation });
    else await this.record(tx, intent, { message, conversation });
  }

  optOut(tx: Transaction, said: Spoken): Promise<void> {
    return this.write(tx, 'opt-out', { ...said, said: said.how, conversationId: null });
  }

  optIn(tx: Transaction, said: Spoken): Promise<void> {
    return this.write(tx, 'opt-in', { ...said, said: said.how, conversationId: null });
  }

  /** A carrier refused a delivery because its recipient has opted out there. The caller holds the conversation. */
  refused(tx: Transaction, { addressId, channel, conversationId, evidence, at }: CarrierOptOut): Promise<void> {
    return this.write(tx, 'opt-out', {
      addressId,
      channel,
      how: 'carrier',
      said: 'carrier',
      conversationId,
      evidence: { deliveryId: evidence },
      at,
    });
  }

  private async write(tx: Transaction, intent: 'opt-out' | 'opt-in', told: Told): Promise<void> {
    await this.ledger.record(tx, {
      intent,
      said: told.said,
      addressId: told.addressId,
      channel: told.channel,
      text: '',
      carrierHandled: true,
      addresses: [],
      lines: [],
      evidence: told.evidence,
      conversationId: told.conversationId,
    });
  }

  private async record(
    tx: Transaction,
    intent: 'opt-out' | 'opt-in',
    { message, conversation }: { message: MessageRow; conversation: ConversationRow },
  ): Promise<void> {
    const lines = await this.lines.lines(tx, conversation.brand_id);
    const named = namedFamilies(message.text).length > 0;
    // Whoever chats on our own page is not being written to: only words about other channels mean anything there.
    if (!named && lines.some((line) => line.channel === message.channel && familyOf(line) === 'web-chat')) return;
    const { confirm } = await this.ledger.record(tx, {
      intent,
      said: named ? 'sentence' : 'word',
      addressId: message.from_address_id!,
      channel: message.channel!,
      text: message.text,
      carrierHandled: isHandled(message),
      addresses: await this.rows.contacts.addressesOf(tx, conversation.contact_id),
      lines,
      evidence: { messageId: message.id },
      conversationId: conversation.id,
    });
    if (confirm === 'ours') await this.answer(tx, intent, { message, conversation });
  }

  /** One text back by the way it came. A second delivery of the same event finds it there. */
  private async answer(
    tx: Transaction,
    intent: 'opt-out' | 'opt-in' | 'help',
    { message, conversation }: { message: MessageRow; conversation: ConversationRow },
  ): Promise<void> {
    if (isHandled(message) || !message.inbox_id || !message.from_value) return;
    await this.automatic.send(tx, conversation, {
      template: ANSWERS[intent],
      key: `${CONFIRMATION}${message.id}`,
      outlet: {
        inboxId: message.inbox_id,
        channel: message.channel!,
        to: { value: message.from_value, addressId: message.from_address_id },
        cc: [],
      },
      at: this.clock.now(),
    });
  }

  private async askPerson(tx: Transaction, message: MessageRow, conversation: ConversationRow): Promise<void> {
    const now = this.clock.now();
    const { claim_id: id, claim_number: number } = conversation;
    await this.tasks.create(
      tx,
      {
        key: `review-opt-out:${message.id}`,
        kind: 'review-opt-out',
        reason: 'may-be-opt-out',
        params: { message: message.id },
        claim: id && number ? { id, number } : null,
        conversationId: conversation.id,
        contactId: conversation.contact_id,
        ownerId: conversation.assignee_id,
        teamId: conversation.team_id,
        due: new Date(now.getTime() + REVIEW_MS),
      },
      now,
    );
  }
}

const isHandled = (message: MessageRow): boolean => typeof message.facts?.['carrierHandled'] === 'string';

function intentOf(message: MessageRow): ConsentIntent | undefined {
  if (message.direction !== 'inbound' || message.kind !== 'text' || !message.from_address_id || message.facts?.['automatic'])
    return undefined;
  return (message.facts?.['carrierHandled'] as ConsentIntent | undefined) ?? consentIntent(message.text);
}
