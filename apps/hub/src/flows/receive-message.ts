import {
  claimNumbersIn,
  Contacts,
  Conversations,
  Journal,
  occurredAt,
  Threads,
  whichConversation,
  type ConversationRow,
  type InboxFacts,
  type Place,
  type Sender,
} from '@claimline/conversations';
import { newId, Outbox, type Transaction } from '@claimline/database';
import { languageOfText, type InboundMessage } from '@claimline/messages';
import { PartyClaims, type PartyClaim } from '../views/party-claims.view';

/** Files of a message, kept before the transaction where their bytes came along. Bound to the files room. */
export abstract class MessageFiles {
  abstract attach(
    tx: Transaction,
    where: { messageId: string; conversationId: string; inboxId: string; at: Date },
    message: Pick<InboundMessage, 'media' | 'from'>,
  ): Promise<void>;
}

/** The inbound message, where it came from and which journal entry holds it. */
export interface Arrival {
  readonly inbox: InboxFacts;
  readonly message: InboundMessage;
  readonly rawId: string;
  readonly receivedAt: Date;
}

/** What became of it. */
export interface Arrived {
  readonly duplicate: boolean;
  readonly messageId: string;
  readonly conversationId: string | null;
}

/** Stores a message that refers to something or brings something along; the plain ones go through the conversations room's batch. */
export class ReceiveMessage {
  constructor(
    private readonly journal: Journal,
    private readonly contacts: Contacts,
    private readonly conversations: Conversations,
    private readonly threads: Threads,
    private readonly files: MessageFiles,
    private readonly claims: PartyClaims,
    private readonly outbox: Outbox,
  ) {}

  async receive(tx: Transaction, arrival: Arrival): Promise<Arrived> {
    const { inbox, message, receivedAt } = arrival;
    const messageId = newId(receivedAt);
    const isNew = await this.journal.isNew(tx, {
      inboxId: inbox.id,
      kind: 'message',
      externalId: message.key,
      rawId: arrival.rawId,
      messageId,
      at: receivedAt,
    });
    if (!isNew)
      return { duplicate: true, messageId: (await this.journal.messageOf(tx, inbox.id, message.key)) ?? messageId, conversationId: null };
    const sender = await this.contacts.senderOf(tx, message.from, receivedAt);
    const { conversationId, opened } = await this.place(tx, arrival, sender);
    await this.append(tx, arrival, sender, { messageId, conversationId });
    await this.outbox.append(tx, receivedAt, [
      {
        type: 'message.received',
        conversationId,
        payload: {
          messageId,
          contactId: sender.contactId,
          inboxId: inbox.id,
          kind: 'text',
          hasMedia: message.media.length > 0,
          newConversation: opened,
        },
      },
    ]);
    return { duplicate: false, messageId, conversationId };
  }

  private async place(tx: Transaction, arrival: Arrival, sender: Sender): Promise<{ conversationId: string; opened: boolean }> {
    const { message, receivedAt } = arrival;
    const named = await this.claims.named(tx, sender.contactId, claimNumbersIn(`${message.subject ?? ''} ${message.text}`));
    const open = await this.conversations.openOf(tx, sender.contactId);
    const answered = await this.answered(tx, message, sender);
    const place = whichConversation(
      { answered, namedClaimId: named.length === 1 ? named[0]!.claimId : undefined, contactKind: sender.kind, open },
      receivedAt,
    );
    if (place.to === 'new') return this.open(tx, arrival, sender, { ...place, claim: named.find((one) => one.claimId === place.claimId) });
    if (answered?.id === place.id && answered.status === 'resolved') return this.reopen(tx, arrival, sender, place.id);
    return { conversationId: place.id, opened: false };
  }

  private async answered(
    tx: Transaction,
    message: InboundMessage,
    sender: Sender,
  ): Promise<{ id: string; status: 'open' | 'snoozed' | 'resolved'; resolvedAt: Date | null } | undefined> {
    const byToken = message.reply?.token ? uuidOf(message.reply.token) : undefined;
    const id = byToken ?? (await this.threads.referredTo(tx, message.reply?.references ?? []));
    const row = id ? await this.conversations.lock(tx, id) : undefined;
    // A thread with our own counsel and a thread with a party never meet, whatever a forwarded mail refers to.
    if (row && (await this.crossesPrivilege(tx, row, sender, message.from.value))) return undefined;
    return row && { id: row.id, status: row.status, resolvedAt: row.resolved_at };
  }

  private async crossesPrivilege(tx: Transaction, row: ConversationRow, { contactId }: Sender, from: string): Promise<boolean> {
    if (row.contact_id === contactId) return false;
    // A colleague of our counsel answers from the same firm.
    if (row.kind === 'privileged')
      return !(await this.contacts.addressesOf(tx, row.contact_id)).some(({ value }) => domainOf(value) === domainOf(from));
    return row.claim_id !== null && (await this.claims.isDefenceCounsel(tx, row.claim_id, contactId));
  }

  // The contact may meanwhile have another open conversation of the same claim; then the answer goes there, because there can be only one.
  private async reopen(
    tx: Transaction,
    arrival: Arrival,
    sender: Sender,
    id: string,
  ): Promise<{ conversationId: string; opened: boolean }> {
    const row = (await this.conversations.lock(tx, id))!;
    const open = await this.conversations.openOf(tx, row.contact_id);
    const standing = open.find((conversation) => conversation.claimId === row.claim_id);
    if (standing) return { conversationId: standing.id, opened: false };
    await this.conversations.open(tx, id);
    await this.outbox.append(tx, arrival.receivedAt, [
      { type: 'conversation.reopened', conversationId: id, payload: { actorId: null, contactId: sender.contactId } },
    ]);
    return { conversationId: id, opened: false };
  }

  private async open(
    tx: Transaction,
    arrival: Arrival,
    sender: Sender,
    place: Place & { to: 'new'; claim?: PartyClaim },
  ): Promise<{ conversationId: string; opened: boolean }> {
    const { inbox, message, receivedAt } = arrival;
    const { claim } = place;
    const { id, made } = await this.conversations.openFor(tx, {
      contactId: sender.contactId,
      claim: claim ? { id: claim.claimId, number: claim.number, partyId: claim.partyId, restrictedTo: claim.restrictedTo } : null,
      brandId: inbox.brandId,
      teamId: inbox.teamId,
      channel: inbox.kind,
      inboxId: inbox.id,
      addressId: sender.addressId,
      subject: message.subject ?? null,
      language: message.language ?? languageOfText(message.text) ?? null,
      toFile: place.why === 'to-file',
      linkedFrom: place.linkedFrom,
      at: receivedAt,
    });
    return { conversationId: id, opened: made };
  }

  private async append(
    tx: Transaction,
    arrival: Arrival,
    sender: Sender,
    ids: { messageId: string; conversationId: string },
  ): Promise<void> {
    const { inbox, message, receivedAt } = arrival;
    await this.threads.append(tx, {
      id: ids.messageId,
      conversationId: ids.conversationId,
      direction: 'inbound',
      kind: 'text',
      channel: inbox.kind,
      inboxId: inbox.id,
      from: { value: message.from.value, name: message.from.name ?? null, addressId: sender.addressId },
      to: [message.to],
      cc: (message.cc ?? []).map((address) => address.value),
      subject: message.subject ?? null,
      text: wordsOf(message),
      quoted: message.quoted ?? null,
      facts: factsOf(message),
      original: message.html ? { html: message.html } : null,
      occurredAt: occurredAt(message.occurredAt, receivedAt),
      receivedAt,
    });
    await this.threads.refer(tx, { ...ids, inboxId: inbox.id }, message.reference ? [message.reference] : []);
    await this.files.attach(tx, { ...ids, inboxId: inbox.id, at: receivedAt }, message);
  }
}

// What was said in a voice message is its words: searched, read by rules and shown in lists like typed ones.
const wordsOf = (message: InboundMessage): string =>
  message.text || (message.media.length === 1 ? (message.media[0]!.transcript ?? '') : '');

const factsOf = (message: InboundMessage): Record<string, unknown> | null => {
  const facts = {
    ...message.facts,
    ...(message.automatic && { automatic: message.automatic }),
    ...(message.carrierHandled && { carrierHandled: message.carrierHandled }),
  };
  return Object.keys(facts).length > 0 ? facts : null;
};

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/** The conversation id in a reply token: its 32 hexadecimal digits. */
export const replyToken = (conversationId: string): string => conversationId.replaceAll('-', '');
const uuidOf = (token: string): string | undefined =>
  /^[0-9a-f]{32}$/.test(token) ? token.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : undefined;
