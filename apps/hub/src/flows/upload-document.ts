import { Documents, nextState, type DocumentItem } from '@claimline/claims';
import { Conversations, Threads, type SecureLink } from '@claimline/conversations';
import { newId, Outbox, type Transaction } from '@claimline/database';
import { Attachments } from '@claimline/files';
import type { Language } from '@claimline/messages';
import { found, refuse } from '../http/problem';
import { PartyClaims } from '../views/party-claims.view';
import { itemsFor, PortalDocumentsView, type LinkedClaim } from '../views/portal-documents.view';
import { MatchDocuments } from './match-documents';

interface Rooms {
  readonly conversations: Conversations;
  readonly threads: Threads;
  readonly attachments: Attachments;
  readonly documents: Documents;
  readonly outbox: Outbox;
}

/** A file that the holder of a link has uploaded for an item. */
export interface Upload {
  readonly link: SecureLink;
  readonly itemId: string;
  readonly attachmentId: string;
  readonly language: Language;
  readonly at: Date;
}

// Pages that are photographed one after the other are one entry of the thread.
const TOGETHER_MS = 10 * 60_000;
const SAID: Readonly<Record<Language, string>> = { en: 'Uploaded: ', 'zh-CN': '已上传：' };

/** By what name the files room remembers who uploaded. */
export const linkUploader = (link: SecureLink): string => `link:${link.id}`;

/** What a customer uploads on our page stands in their conversation and counts for its item, in one transaction. */
export class UploadDocument {
  constructor(
    private readonly rooms: Rooms,
    private readonly view: PortalDocumentsView,
    private readonly claims: PartyClaims,
    private readonly match: MatchDocuments,
  ) {}

  /** The item that may be uploaded for. @throws HubProblem `not-found`, `already-held` where it is accepted */
  async item(tx: Transaction, link: SecureLink, itemId: string): Promise<{ claim: LinkedClaim; item: DocumentItem }> {
    const claim = found(await this.view.claim(tx, link));
    const item = found(itemsFor(await this.rooms.documents.folder(tx, claim.id), claim).find(({ id }) => id === itemId));
    if (!nextState(item.state, 'receive')) refuse('already-held', { items: item.code });
    return { claim, item };
  }

  async put(tx: Transaction, upload: Upload): Promise<void> {
    const { claim, item } = await this.item(tx, upload.link, upload.itemId);
    const conversation = await this.conversation(tx, upload, claim);
    const clientId = `documents:${upload.link.id}:${item.id}:${Math.floor(upload.at.getTime() / TOGETHER_MS)}`;
    const standing = await this.rooms.threads.findByClientId(tx, conversation.id, clientId);
    const messageId = standing?.id ?? (await this.append(tx, upload, { conversation, item, clientId }));
    const place = (await this.rooms.attachments.ofMessage(tx, messageId)).length;
    const to = { messageId, conversationId: conversation.id, place };
    if (!(await this.rooms.attachments.giveOne(tx, upload.attachmentId, linkUploader(upload.link), to))) refuse('not-found');
    await this.tell(tx, upload, { conversation, messageId, isNew: !standing });
    await this.match.takeMessage(tx, messageId, upload.at);
  }

  private async conversation(
    tx: Transaction,
    { link, at }: Upload,
    claim: LinkedClaim,
  ): Promise<{ id: string; inboxId: string | null; made: boolean }> {
    const place = found(await this.view.place(tx, link, claim.id));
    const walled = found(await this.claims.byNumber(tx, claim.number, link.contactId, claim.partyId));
    const { id, made } = await this.rooms.conversations.openFor(tx, {
      contactId: link.contactId,
      claim: { id: claim.id, number: claim.number, partyId: claim.partyId, restrictedTo: walled.restrictedTo },
      brandId: claim.brandId,
      teamId: place.teamId,
      channel: place.channel,
      inboxId: place.inboxId,
      addressId: place.addressId,
      language: place.language,
      at,
    });
    const row = (await this.rooms.conversations.lock(tx, id))!;
    return { id, inboxId: row.inbox_id ?? place.inboxId, made };
  }

  // The line by which they otherwise write stays the line by which they are answered.
  private async append(
    tx: Transaction,
    { link, language, at }: Upload,
    { conversation, item, clientId }: { conversation: { id: string; inboxId: string | null }; item: DocumentItem; clientId: string },
  ): Promise<string> {
    const book = await this.rooms.documents.book(tx);
    const row = (await this.rooms.conversations.lock(tx, conversation.id))!;
    const label = book.kinds.find(({ code }) => code === item.code)?.label[language] ?? item.code;
    const id = newId(at);
    await this.rooms.threads.append(tx, {
      id,
      conversationId: conversation.id,
      direction: 'inbound',
      kind: 'text',
      channel: row.channel,
      inboxId: conversation.inboxId,
      to: [],
      cc: [],
      text: `${SAID[language]}${label}`,
      clientId,
      facts: { via: 'portal', documentItem: item.id, link: link.id },
      occurredAt: at,
      receivedAt: at,
    });
    return id;
  }

  private tell(
    tx: Transaction,
    { link, at, attachmentId }: Upload,
    {
      conversation,
      messageId,
      isNew,
    }: { conversation: { id: string; inboxId: string | null; made: boolean }; messageId: string; isNew: boolean },
  ): Promise<void> {
    const { id: conversationId, inboxId, made } = conversation;
    if (isNew && inboxId)
      return this.rooms.outbox.append(tx, at, [
        {
          type: 'message.received',
          conversationId,
          payload: { messageId, contactId: link.contactId, inboxId, kind: 'text', hasMedia: true, newConversation: made },
        },
      ]);
    return this.rooms.outbox.append(tx, at, [
      { type: 'attachment.changed', conversationId, payload: { messageId, attachmentId, state: 'stored' } },
    ]);
  }
}
