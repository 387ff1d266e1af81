import { Contacts, Words } from '@claimline/conversations';
import type { LoggedEvent, Transaction } from '@claimline/database';

/** Keeps the words by which messages and people are found. */
export class IndexWords {
  constructor(
    private readonly words: Words,
    private readonly contacts: Contacts,
  ) {}

  /** A message came, went or grew: `messageId` is in every such event. */
  async onMessage(tx: Transaction, event: LoggedEvent): Promise<void> {
    await this.words.index(tx, String(event.payload.messageId));
  }

  async onNewSender(tx: Transaction, event: LoggedEvent): Promise<void> {
    if (event.payload.newConversation === true) await this.contacts.index(tx, String(event.payload.contactId));
  }

  async onContactChanged(tx: Transaction, event: LoggedEvent): Promise<void> {
    await this.contacts.index(tx, String(event.payload.contactId));
  }
}
