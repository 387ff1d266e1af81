import { DocumentReminders } from '@claimline/claims';
import type { LoggedEvent, Transaction } from '@claimline/database';

/** The message that asks for documents has arrived, by its receipt: the evidence from which a statutory clock may stop (corrections.md §3). */
export class NoteDocumentReceipt {
  constructor(private readonly reminders: DocumentReminders) {}

  async onNoticeSettled(tx: Transaction, { payload, at }: LoggedEvent): Promise<void> {
    if (payload['state'] === 'told') await this.reminders.arrived(tx, String(payload['noticeId']), at);
  }
}
