import { Contacts, Conversations, Journal, Threads, type ConversationRow } from '@claimline/conversations';
import { newId, Outbox, type Transaction } from '@claimline/database';
import { ChannelError, type Door, type InboundMessage } from '@claimline/messages';
import { HubProblem } from '../http/problem';
import type { OpenInbox } from '../inbound/open-inboxes';
import type { Party } from '../views/party.view';

/** Something that came by hand, read at the desk door, and whose it is: a person has said so. */
export interface ByHand {
  readonly inbox: OpenInbox;
  readonly message: InboundMessage;
  readonly contactId: string;
  readonly party: Party | null;
  readonly brandId: string;
  /** A letter was written to us; in a visit one of our people spoke with the customer. */
  readonly kind: 'letter' | 'visit';
  readonly clerkId: string;
  readonly at: Date;
}

/** Puts what came by hand into the thread it belongs to: a scanned letter with its received date, a visit with what was said. */
export class FileByHand {
  constructor(
    private readonly journal: Journal,
    private readonly contacts: Contacts,
    private readonly conversations: Conversations,
    private readonly threads: Threads,
    private readonly outbox: Outbox,
  ) {}

  /** The same entry again is the same message. */
  async file(tx: Transaction, given: ByHand): Promise<{ messageId: string; conversationId: string; isNew: boolean }> {
    const { inbox, message, at } = given;
    const messageId = newId(at);
    const rawId = await this.journal.keep(tx, inbox.id, { door: 'desk', body: Buffer.from(JSON.stringify(message)), receivedAt: at });
    const key = { inboxId: inbox.id, kind: 'message', externalId: message.key, rawId, messageId, at };
    if (!(await this.journal.isNew(tx, key))) return this.known(tx, given);
    const { row, made } = await this.open(tx, given);
    await this.append(tx, given, { messageId, conversationId: row.id });
    // A paper or a meeting does not change where somebody is written to.
    if (!made) await this.conversations.keepChannel(tx, row);
    await this.tell(tx, given, { messageId, conversationId: row.id, made });
    return { messageId, conversationId: row.id, isNew: true };
  }

  private async known(tx: Transaction, { inbox, message }: ByHand): Promise<{ messageId: string; conversationId: string; isNew: boolean }> {
    const messageId = (await this.journal.messageOf(tx, inbox.id, message.key))!;
    const row = (await this.threads.find(tx, messageId))!;
    return { messageId, conversationId: row.conversation_id, isNew: false };
  }

  private async open(
    tx: Transaction,
    { inbox, message, party, contactId, brandId, at }: ByHand,
  ): Promise<{ row: ConversationRow; made: boolean }> {
    const contact = await this.contacts.find(tx, contactId);
    const { id, made } = await this.conversations.openFor(tx, {
      contactId,
      claim: party && { id: party.claimId, number: party.number, partyId: party.partyId, restrictedTo: party.restrictedTo },
      brandId,
      teamId: inbox.teamId,
      channel: inbox.kind,
      inboxId: inbox.id,
      addressId: null,
      subject: message.subject ?? null,
      language: contact?.language ?? message.language ?? null,
      toFile: !party && contact?.kind !== 'person',
      at: message.occurredAt ?? at,
    });
    if (made) await this.outbox.append(tx, at, [{ type: 'conversation.opened', conversationId: id, payload: { contactId } }]);
    return { row: (await this.conversations.lock(tx, id))!, made };
  }

  private async append(tx: Transaction, given: ByHand, ids: { messageId: string; conversationId: string }): Promise<void> {
    const { inbox, message, kind, clerkId, at } = given;
    await this.threads.append(tx, {
      id: ids.messageId,
      conversationId: ids.conversationId,
      // Whoever met the customer has answered them: a visit is a person's contact.
      direction: kind === 'visit' ? 'outbound' : 'inbound',
      kind,
      channel: inbox.kind,
      inboxId: inbox.id,
      from: kind === 'visit' ? null : { value: message.from.value, name: message.from.name ?? null, addressId: null },
      to: kind === 'visit' ? [] : [inbox.name],
      cc: [],
      subject: message.subject ?? null,
      text: message.text,
      authorId: kind === 'visit' ? clerkId : null,
      facts: message.facts ?? null,
      occurredAt: message.occurredAt ?? at,
      receivedAt: at,
    });
  }

  private async tell(tx: Transaction, given: ByHand, ids: { messageId: string; conversationId: string; made: boolean }): Promise<void> {
    const { messageId, conversationId, made } = ids;
    const { inbox, message, kind, contactId, clerkId, at } = given;
    const sent = { messageId, authorId: clerkId };
    const received = { messageId, contactId, inboxId: inbox.id, kind, hasMedia: message.media.length > 0, newConversation: made };
    const events =
      kind === 'visit'
        ? // What was said is in the file at once, so a meeting acknowledges as a noted call does.
          ([
            { type: 'message.sent', conversationId, payload: sent },
            { type: 'message.noted', conversationId, payload: sent },
          ] as const)
        : ([
            { type: 'message.received', conversationId, payload: { ...received, statedAt: (message.occurredAt ?? at).toISOString() } },
          ] as const);
    await this.outbox.append(tx, at, events);
  }
}

/** Reads an entry at the desk door of a line. @throws HubProblem `channel-not-able` where it has none, `invalid` for an entry that it does not understand */
export async function readEntry(inbox: OpenInbox, entry: unknown) {
  const door = inbox.channel.doors.find((one): one is Extract<Door, { via: 'desk' }> => one.via === 'desk');
  if (!door) throw new HubProblem('channel-not-able', { channel: inbox.kind });
  try {
    return await door.receive(entry);
  } catch (error) {
    if (error instanceof ChannelError && error.fate === 'malformed')
      throw new HubProblem('invalid', {}, [{ path: 'entry', problem: error.message }]);
    throw error;
  }
}
