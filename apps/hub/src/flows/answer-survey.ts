import { ClaimCoreLine } from '@claimline/claims';
import { Contacts, Conversations, Journal, occurredAt, SecureLinks, Threads, type SecureLink } from '@claimline/conversations';
import { Database, newId, Outbox, type LoggedEvent, type Transaction } from '@claimline/database';
import type { InboundMessage } from '@claimline/messages';
import { scoreOf, SurveyStore, takeTurn, Tasks, type NewAnswers, type Scores, type SurveyInvitation } from '@claimline/quality';
import type { Arrival } from './receive-message';
import { surveyCall, SURVEY_MESSAGE } from './invite-to-survey';
import { SendAutomatic } from './send-automatic';

interface Parts {
  readonly database: Database;
  readonly journal: Journal;
  readonly contacts: Contacts;
  readonly conversations: Conversations;
  readonly threads: Threads;
  readonly surveys: SurveyStore;
  readonly links: SecureLinks;
  readonly automatic: SendAutomatic;
  readonly tasks: Tasks;
  readonly core: ClaimCoreLine;
  readonly outbox: Outbox;
}

/** What somebody answered on the page or on the phone. */
export interface Given {
  readonly scores: Scores;
  readonly comment: string | null;
  readonly at: Date;
}

const QUESTION_TEXT = (question: string): string => `survey_${question}`;
// Longer is no score; what is longer is not looked up.
const LONGEST = 12;

/**
 * Takes answers to a survey, by whichever way. A score in a dialogue stays beside the message flow: it opens no conversation, starts no
 * clock and is given to nobody. Anything else that the customer writes ends the dialogue and is a message like any other.
 */
export class AnswerSurvey {
  constructor(private readonly parts: Parts) {}

  /** Whether a message is a score that a survey waits for. Asked of every plain message, so a look at the words comes first. */
  async expects(channel: string, message: Pick<InboundMessage, 'from' | 'text' | 'media'>): Promise<boolean> {
    if (message.text.length > LONGEST || message.media.length > 0 || scoreOf(message.text) === undefined) return false;
    return (await this.parts.surveys.expecting(this.parts.database, { ...message.from, channel })) !== undefined;
  }

  /** Takes a score. Undefined: it is none, and the message goes the way of every message. */
  async take(tx: Transaction, arrival: Arrival): Promise<{ readonly duplicate: boolean } | undefined> {
    const { inbox, message, receivedAt: at } = arrival;
    if (message.text.length > LONGEST || message.media.length > 0 || scoreOf(message.text) === undefined) return undefined;
    const id = await this.parts.surveys.expecting(tx, { ...message.from, channel: inbox.kind });
    const found = id ? await this.parts.surveys.find(tx, id) : undefined;
    const conversation = found?.conversationId ? await this.parts.conversations.lock(tx, found.conversationId) : undefined;
    const invitation = conversation && id ? await this.parts.surveys.lock(tx, id) : undefined;
    if (!conversation || invitation?.state !== 'invited') return undefined;
    const turn = takeTurn(invitation.scores, message.text);
    if (turn.kind === 'left') return undefined;
    const messageId = newId(at);
    const key = { inboxId: inbox.id, kind: 'message', externalId: message.key, rawId: arrival.rawId, messageId, at };
    if (!(await this.parts.journal.isNew(tx, key))) return { duplicate: true };
    await this.keep(tx, arrival, { invitation, messageId, question: turn.answered });
    const answers = {
      scores: { [turn.answered]: turn.score },
      comment: null,
      mode: invitation.mode!,
      isComplete: turn.kind === 'done',
      at,
    };
    await this.store(tx, invitation, answers);
    if (turn.kind === 'next') await this.parts.surveys.asked(tx, invitation.id, at);
    const next = turn.kind === 'next' ? turn.question : 'thanks';
    const outlet = { inboxId: inbox.id, channel: inbox.kind, to: { value: message.from.value, addressId: invitation.addressId }, cc: [] };
    const said = { template: QUESTION_TEXT(next), key: `${SURVEY_MESSAGE}${invitation.id}:${next}`, outlet, at };
    await this.parts.automatic.send(tx, conversation, said);
    return { duplicate: false };
  }

  /** The customer has written something of their own: nothing is asked any more. */
  async onMessageReceived(tx: Transaction, event: LoggedEvent): Promise<void> {
    const conversation = event.conversationId ? await this.parts.conversations.lock(tx, event.conversationId) : undefined;
    if (!conversation) return;
    for (const invitation of await this.parts.surveys.dialoguesOf(tx, conversation.contact_id))
      if (await this.parts.surveys.settle(tx, invitation.id, 'left', event.at)) await this.tell(tx, invitation, 'left', event.at);
  }

  /** Five taps on the page, once. Undefined: the link was used, or the survey is over. */
  async byPage(tx: Transaction, link: SecureLink, given: Given): Promise<string | undefined> {
    if (!link.subject || !(await this.parts.links.spend(tx, link.id, given.at))) return undefined;
    const invitation = await this.open(tx, link.subject);
    return invitation && this.store(tx, invitation, { ...given, mode: invitation.mode === 'mail' ? 'mail' : 'web', isComplete: true });
  }

  /** What somebody said when they were called; the task of the call is done. Undefined: nobody is to be called. */
  async byPhone(tx: Transaction, invitationId: string, given: Given & { readonly by: string | null }): Promise<string | undefined> {
    const invitation = await this.open(tx, invitationId);
    if (!invitation) return undefined;
    const { scores, comment, at, by } = given;
    const response = await this.store(tx, invitation, { scores, comment, at, mode: 'phone', isComplete: true });
    await this.parts.tasks.completeKeyed(tx, surveyCall(invitation.id), { outcome: 'answered', by, at });
    return response;
  }

  private async open(tx: Transaction, id: string): Promise<SurveyInvitation | undefined> {
    const found = await this.parts.surveys.find(tx, id);
    if (found?.conversationId) await this.parts.conversations.lock(tx, found.conversationId);
    const invitation = await this.parts.surveys.lock(tx, id);
    return invitation?.state === 'invited' ? invitation : undefined;
  }

  private async store(tx: Transaction, invitation: SurveyInvitation, answers: NewAnswers): Promise<string> {
    const responseId = await this.parts.surveys.answer(tx, invitation.id, answers);
    if (answers.isComplete) {
      await this.parts.surveys.settle(tx, invitation.id, 'answered', answers.at);
      const { id, claimNumber, conversationId } = invitation;
      const data = {
        claimNumber,
        responseId,
        invitationId: id,
        conversationId,
        mode: answers.mode,
        scores: { ...invitation.scores, ...answers.scores },
      };
      await this.parts.core.publish(tx, { type: 'survey.answered', subject: claimNumber, data }, answers.at);
    }
    await this.tell(tx, invitation, answers.isComplete ? 'answered' : 'invited', answers.at);
    return responseId;
  }

  private async keep(
    tx: Transaction,
    { inbox, message, receivedAt }: Arrival,
    { invitation, messageId, question }: { invitation: SurveyInvitation; messageId: string; question: string },
  ): Promise<void> {
    const sender = await this.parts.contacts.senderOf(tx, message.from, receivedAt);
    await this.parts.threads.append(tx, {
      id: messageId,
      conversationId: invitation.conversationId!,
      direction: 'inbound',
      kind: 'text',
      channel: inbox.kind,
      inboxId: inbox.id,
      from: { value: message.from.value, name: message.from.name ?? null, addressId: sender.addressId },
      to: [message.to],
      cc: [],
      subject: null,
      text: message.text,
      facts: { survey: question },
      occurredAt: occurredAt(message.occurredAt, receivedAt),
      receivedAt,
    });
  }

  private tell(tx: Transaction, { id, claimNumber, conversationId }: SurveyInvitation, state: string, at: Date): Promise<void> {
    return this.parts.outbox.append(tx, at, [
      { type: 'survey.changed', conversationId, payload: { invitationId: id, claimNumber, state } },
    ]);
  }
}
