import type { LoggedEvent, Transaction } from '@claimline/database';
import { Inboxes } from '@claimline/delivery';

/** Remembers when a line last brought something, so that a silent one is seen. */
export class NoteInbound {
  constructor(private readonly inboxes: Inboxes) {}

  async onMessageReceived(tx: Transaction, event: LoggedEvent): Promise<void> {
    await this.inboxes.sawInbound(tx, String(event.payload['inboxId']), event.at);
  }
}
