import { DocumentReminders } from '@claimline/claims';
import type { LoggedEvent, Transaction } from '@claimline/database';
import { ASKING } from './ask-documents';

const CODES: readonly unknown[] = Object.values(ASKING);

/** The message that asks for documents has arrived, by its receipt: the evidence from which a statutory clock may stop (corrections.md §3). */
export class NoteDocumentReceipt {
  constructor(private readonly reminders: DocumentReminders) {}

  async onNoticeSettled(tx: Transaction, { payload, at }: LoggedEvent): Promise<void> {
    // Most notices ask for nothing. Events of before the code was told may.
    const mayAsk = payload['code'] === undefined || CODES.includes(payload['code']);
    if (payload['state'] === 'told' && mayAsk) await this.reminders.arrived(tx, String(payload['noticeId']), at);
  }
}
