import { Contacts, Conversations, maySee, type ConversationRow } from '@claimline/conversations';
import { Outbox, type Transaction } from '@claimline/database';
import type { Outlets } from '../conversations/outlets';
import type { RenderedReply } from '../conversations/rendered-reply';
import { found, HubProblem } from '../http/problem';
import type { Principal } from '../http/principal';
import { BrandView } from '../views/brand.view';
import { PartyView } from '../views/party.view';
import type { SendReply } from './send-reply';

/** To whom somebody writes first, how and what. */
export interface FirstWords {
  readonly contact?: string;
  readonly claim?: string;
  readonly party?: string;
  readonly channel: string;
  readonly to?: string;
  readonly subject?: string;
  readonly text: string;
  readonly attachments?: readonly string[];
  readonly template?: string;
}

/** Writes to a contact, or to a party of a claim, without having been asked: into their open conversation, or a new one. */
export class WriteFirst {
  constructor(
    private readonly conversations: Conversations,
    private readonly contacts: Contacts,
    private readonly parties: PartyView,
    private readonly brands: BrandView,
    private readonly sending: { readonly outlets: Outlets; readonly rendered: RenderedReply; readonly reply: SendReply },
    private readonly outbox: Outbox,
  ) {}

  /** Returns the conversation's id. @throws HubProblem `not-found`, `no-address-for-channel`, `channel-not-able` */
  async write(tx: Transaction, who: Principal, first: FirstWords, at: Date): Promise<string> {
    const conversation = await this.open(tx, who, first, at);
    const { outlets, rendered, reply } = this.sending;
    const outlet = await outlets.choose(tx, conversation, { channel: first.channel, to: first.to ? [first.to] : undefined });
    const words = await rendered.of(tx, conversation, {
      text: first.text,
      subject: first.subject ?? null,
      template: first.template,
      channel: outlet.channel,
    });
    await outlets.refuseTooLong(outlet, words.text);
    await reply.send(tx, conversation, {
      authorId: who.id,
      ...words,
      attachments: first.attachments ?? [],
      outlet,
      purpose: 'reply',
      seen: null,
      at,
    });
    return conversation.id;
  }

  private async open(tx: Transaction, who: Principal, first: FirstWords, at: Date): Promise<ConversationRow> {
    const party = first.claim ? found(await this.parties.of(tx, first.claim, first.party ?? null)) : null;
    if (party && !maySee(who, { brand_id: party.brandId, restricted_to: party.restrictedTo })) throw new HubProblem('not-found');
    const contactId = first.contact ?? party?.contactId;
    if (!contactId) throw new HubProblem('no-address-for-channel', { channel: first.channel });
    const contact = found(await this.contacts.find(tx, contactId));
    const brandId = party?.brandId ?? (await this.brands.first(who.brandIds)).id;
    const { id, made } = await this.conversations.openFor(tx, {
      contactId,
      brandId,
      teamId: null,
      channel: first.channel,
      inboxId: null,
      addressId: null,
      subject: first.subject ?? null,
      language: contact.language,
      claim: party ? { id: party.claimId, number: party.number, partyId: party.partyId, restrictedTo: party.restrictedTo } : null,
      at,
    });
    if (made) await this.conversations.assign(tx, id, who.id);
    if (made) await this.outbox.append(tx, at, [{ type: 'conversation.opened', conversationId: id, payload: { contactId } }]);
    const row = found(await this.conversations.lock(tx, id));
    if (!maySee(who, row)) throw new HubProblem('not-found');
    return row;
  }
}
