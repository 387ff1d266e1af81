import { Contacts } from '@claimline/conversations';
import { Outbox, type Transaction } from '@claimline/database';
import { visitor, type Address } from '@claimline/messages';

/**
 * A visitor says where they can be reached once they have left the chat. Their word is enough for an address that nobody has; one that is
 * already somebody's stays theirs, because a stranger's word must not make others share it: the words of the message then say it to a person.
 */
export class ClaimAddress {
  constructor(
    private readonly contacts: Contacts,
    private readonly outbox: Outbox,
  ) {}

  async claim(tx: Transaction, visitorId: string, address: Address, at: Date): Promise<boolean> {
    const who = await this.contacts.findAddress(tx, visitor(visitorId));
    if (!who) return false;
    const standing = await this.contacts.findAddress(tx, address);
    if (standing) return standing.contact_id === who.contact_id;
    await this.contacts.hold(tx, who.contact_id, address, { at, level: 'claimed' });
    await this.outbox.append(tx, at, [{ type: 'contact.changed', conversationId: null, payload: { contactId: who.contact_id } }]);
    return true;
  }
}
