import type { LoggedEvent, Transaction } from '@claimline/database';
import { Inboxes } from '@claimline/delivery';

/** Remembers when a line last brought something, so that a silent one is seen. */
export class NoteInbound {
  constructor(private readonly inboxes: Inboxes) {}

  async onMessagesReceived(tx: Transaction, events: readonly LoggedEvent[]): Promise<void> {
    // Of one line the last is enough: the events stand in their order.
    const last = new Map(events.map((event) => [String(event.payload['inboxId']), event.at]));
    for (const [inboxId, at] of [...last].sort(([a], [b]) => (a < b ? -1 : 1))) await this.inboxes.sawInbound(tx, inboxId, at);
  }
}
