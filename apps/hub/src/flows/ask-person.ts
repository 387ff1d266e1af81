import { Conversations } from '@claimline/conversations';
import type { Transaction } from '@claimline/database';
import type { NoticeForPerson } from '@claimline/notifications';
import { Tasks } from '@claimline/quality';

// A customer who was to be told something and was not should hear it within the working day.
const DUE_MS = 4 * 3_600_000;

/** A notice that the hub could not bring about becomes somebody's task: the customer is told another way. */
export class AskPerson {
  constructor(
    private readonly conversations: Conversations,
    private readonly tasks: Tasks,
  ) {}

  async ask(tx: Transaction, notice: NoticeForPerson, ownerId: string | null, at: Date): Promise<void> {
    if (notice.conversationId) await this.conversations.lock(tx, notice.conversationId);
    await this.tasks.create(
      tx,
      {
        key: `notice:${notice.noticeId}`,
        kind: 'send-another-way',
        reason: notice.reason,
        params: { notice: notice.noticeId, code: notice.code },
        claim: { id: notice.claimId, number: notice.claimNumber },
        conversationId: notice.conversationId,
        contactId: notice.contactId,
        ownerId,
        due: new Date(at.getTime() + DUE_MS),
      },
      at,
    );
  }
}
