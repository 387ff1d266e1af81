import { Contacts, Conversations } from '@claimline/conversations';
import type { Database } from '@claimline/database';
import type { InboundTyping } from '@claimline/messages';
import type { OpenInbox } from '../inbound/open-inboxes';
import type { ConsoleGateway } from './console.gateway';

/** Shows consoles that the customer of an open conversation is typing. */
export class CustomerTyping {
  constructor(
    private readonly database: Database,
    private readonly contacts: Contacts,
    private readonly conversations: Conversations,
    private readonly consoles: ConsoleGateway,
  ) {}

  async on(_: OpenInbox, event: InboundTyping): Promise<void> {
    const address = await this.contacts.findAddress(this.database, event.from);
    if (!address) return;
    const contact = await this.contacts.find(this.database, address.contact_id);
    const open = await this.conversations.openOf(this.database, address.contact_id);
    for (const { id } of open) this.consoles.customerTyping(id, contact?.name ?? '', event.active);
  }
}
