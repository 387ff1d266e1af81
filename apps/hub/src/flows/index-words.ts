import { Contacts, Words } from '@claimline/conversations';
import type { LoggedEvent, Transaction } from '@claimline/database';

/** Keeps the words by which messages and people are found. */
export class IndexWords {
  constructor(
    private readonly words: Words,
    private readonly contacts: Contacts,
  ) {}

  /** Messages came, went or grew: `messageId` is in every such event. */
  async onMessages(tx: Transaction, events: readonly LoggedEvent[]): Promise<void> {
    await this.words.index(tx, namedIn(events, 'messageId'));
  }

  async onMessagesReceived(tx: Transaction, events: readonly LoggedEvent[]): Promise<void> {
    await this.onMessages(tx, events);
    const senders = events.filter(({ payload }) => payload['newConversation'] === true);
    if (senders.length > 0) await this.onContacts(tx, senders);
  }

  async onContacts(tx: Transaction, events: readonly LoggedEvent[]): Promise<void> {
    await this.contacts.index(tx, namedIn(events, 'contactId'));
  }
}

// In one order everywhere, so that two writers of the same rows never wait for each other crosswise.
const namedIn = (events: readonly LoggedEvent[], name: 'messageId' | 'contactId'): string[] =>
  [...new Set(events.map(({ payload }) => String(payload[name])))].sort();
