import { Contacts, Conversations, StepUp, type ConversationRow, type StepUpRequest, type StepUpWho } from '@claimline/conversations';
import type { Transaction } from '@claimline/database';
import { reaches } from '../conversations/outlets';
import { OpenInboxes, type OpenInbox } from '../inbound/open-inboxes';
import { SendAutomatic } from './send-automatic';

/** To whom a code goes, and in which conversation it is noted that one went (absent: the latest with them). */
export interface CodeWish extends StepUpWho {
  readonly conversationId?: string | null;
  /** The words around the code. */
  readonly template?: 'step_up_code' | 'identity_code';
}

/** A code leaves for one address of somebody's. The thread shows that it went, and dots in its place: none of us can read it. */
export class SendCode {
  constructor(
    private readonly conversations: Conversations,
    private readonly contacts: Contacts,
    private readonly inboxes: OpenInboxes,
    private readonly stepUp: StepUp,
    private readonly automatic: SendAutomatic,
  ) {}

  /** `no-way`: none of our lines reaches that address. */
  async send(tx: Transaction, wish: CodeWish, at: Date): Promise<StepUpRequest | { readonly state: 'no-way' }> {
    const address = (await this.contacts.addressesOf(tx, wish.contactId)).find(({ id }) => id === wish.addressId);
    const lines = (await this.inboxes.all()).filter(
      (inbox) => address && inbox.state === 'active' && writes(inbox) && reaches(inbox, address),
    );
    const known = await this.conversationOf(tx, wish);
    const line = lines.find((inbox) => inbox.brandId === known?.brand_id) ?? lines[0];
    if (!address || !line) return { state: 'no-way' };
    const asked = await this.stepUp.request(tx, wish, at);
    if (asked.state !== 'made') return asked;
    const conversation = known ?? (await this.open(tx, wish, line, at));
    await this.automatic.send(tx, conversation, {
      template: wish.template ?? 'step_up_code',
      key: `code:${wish.purpose}:${asked.expiresAt.getTime()}:${wish.addressId}`,
      outlet: { inboxId: line.id, channel: line.kind, to: { value: address.value, addressId: address.id }, cc: [] },
      secrets: { code: asked.code },
      at,
    });
    return asked;
  }

  private async conversationOf(tx: Transaction, wish: CodeWish): Promise<ConversationRow | undefined> {
    const id = wish.conversationId ?? (await this.conversations.latestOf(tx, wish.contactId))?.id;
    return id === undefined ? undefined : this.conversations.lock(tx, id);
  }

  // Somebody of whom there is no conversation yet: the code is noted in one that is closed at once, because nobody has to answer it.
  private async open(tx: Transaction, { contactId, addressId }: CodeWish, line: OpenInbox, at: Date): Promise<ConversationRow> {
    const { id } = await this.conversations.openFor(tx, {
      contactId,
      brandId: line.brandId,
      teamId: null,
      channel: line.kind,
      inboxId: line.id,
      addressId,
      at,
    });
    await this.conversations.resolve(tx, id, at);
    return (await this.conversations.lock(tx, id))!;
  }
}

const writes = (inbox: OpenInbox): boolean => !inbox.kindOf.capabilities.calls;
