import { Contacts, Visitors } from '@claimline/conversations';
import { Outbox, type Transaction } from '@claimline/database';
import { visitor } from '@claimline/messages';

/** The website vouches for who a visitor of the chat is: from now on they are that contact, with everything that we know of them. */
export class IdentifyVisitor {
  constructor(
    private readonly visitors: Visitors,
    private readonly contacts: Contacts,
    private readonly outbox: Outbox,
  ) {}

  async identify(tx: Transaction, visitorId: string, user: { readonly id: string; readonly name?: string }, at: Date): Promise<void> {
    await this.visitors.identify(tx, visitorId, user.id);
    const contactId = await this.contacts.make(tx, { kind: 'person', name: user.name ?? user.id, externalId: user.id }, at);
    await this.contacts.hold(tx, contactId, { ...visitor(visitorId), name: user.name }, { at, level: 'verified' });
    await this.outbox.append(tx, at, [{ type: 'contact.changed', conversationId: null, payload: { contactId } }]);
  }
}
