import { FnolDrafts } from '@claimline/claims';
import { Conversations } from '@claimline/conversations';
import { Database } from '@claimline/database';
import type { Log } from '@claimline/messages';
import { Tasks } from '@claimline/quality';
import { oneByOne } from './one-by-one';

// Half an hour of silence: whoever was in the middle of an accident has put the phone away (claims-and-sla.md §4.1).
const LEFT_MS = 30 * 60_000;
const AT_ONCE = 20;

/** A report that somebody left half written does not go away: it becomes a callback on a person's list, once. */
export class RemindReport {
  readonly name = 'reports';

  constructor(
    private readonly database: Database,
    private readonly drafts: FnolDrafts,
    private readonly conversations: Conversations,
    private readonly tasks: Tasks,
    readonly log: Log,
  ) {}

  async sweep(now: Date): Promise<number> {
    const left = await this.database.transaction((tx) => this.drafts.lockLeft(tx, new Date(now.getTime() - LEFT_MS), AT_ONCE));
    return oneByOne(left, this, ({ id, conversationId }) => this.remind(id, conversationId, now));
  }

  // The conversation first and then the report, as everybody else locks them.
  private async remind(id: string, conversationId: string | null, now: Date): Promise<void> {
    await this.database.transaction(async (tx) => {
      const conversation = conversationId ? await this.conversations.lock(tx, conversationId) : undefined;
      const draft = await this.drafts.lock(tx, id);
      if (draft?.state !== 'open' || draft.remindedAt) return;
      await this.drafts.noteReminded(tx, id, now);
      await this.tasks.create(
        tx,
        {
          key: `report:${id}:${draft.version}`,
          kind: 'callback',
          reason: 'report-left',
          params: { report: id },
          conversationId,
          contactId: draft.contactId,
          ownerId: conversation?.assignee_id ?? draft.createdBy,
          due: now,
          createdBy: null,
        },
        now,
      );
    });
  }
}
