import { Conversations, type ConversationRow, type Viewer } from '@claimline/conversations';
import type { Transaction } from '@claimline/database';
import { Accounts } from '@claimline/people';
import type { Task } from '@claimline/protocol';
import { Tasks, type TaskEnd, type TaskRecord } from '@claimline/quality';
import { lockVisible } from '../conversations/visible-conversation';
import { found, refuse } from '../http/problem';
import { TasksView } from '../views/tasks.view';
import type { FinishCallback } from './finish-callback';
import { FollowClocks } from './follow-clocks';

/** A task as a person writes it. */
export interface WrittenTask {
  readonly kind: string;
  readonly reason: string | null;
  readonly conversation: string | null;
  readonly claim: string | null;
  readonly owner: string;
  readonly due: Date;
}

/** What people do with tasks; the conversation's next deadline follows. */
export class ManageTask {
  constructor(
    private readonly conversations: Conversations,
    private readonly accounts: Accounts,
    private readonly view: TasksView,
    private readonly tasks: Tasks,
    private readonly due: FollowClocks,
    private readonly callbacks: FinishCallback,
  ) {}

  async create(tx: Transaction, who: Viewer, task: WrittenTask, now: Date): Promise<TaskRecord> {
    const conversation = task.conversation ? await lockVisible(this.conversations, tx, who, task.conversation) : null;
    const owner = found(await this.accounts.find(tx, task.owner));
    const claim = task.claim ? found(await this.view.claim(tx, who, task.claim)) : claimOf(conversation);
    const made = await this.tasks.create(
      tx,
      {
        kind: task.kind,
        reason: task.reason,
        claim,
        conversationId: conversation?.id ?? null,
        contactId: conversation?.contact_id ?? null,
        teamId: conversation?.team_id ?? null,
        ownerId: owner.id,
        due: task.due,
        createdBy: who.id,
      },
      now,
    );
    return await this.renewed(tx, made);
  }

  async own(tx: Transaction, who: Viewer, id: string, to: { ownerId: string | null; now: Date }): Promise<TaskRecord> {
    await this.locked(tx, who, id);
    if (to.ownerId) found(await this.accounts.find(tx, to.ownerId));
    return found(await this.tasks.own(tx, id, to.ownerId, to.now));
  }

  async complete(tx: Transaction, who: Viewer, id: string, end: TaskEnd): Promise<TaskRecord> {
    const task = await this.locked(tx, who, id);
    const done = await (task.kind === 'callback' ? this.callbacks.complete(tx, task, end) : this.tasks.complete(tx, id, end));
    return await this.renewed(tx, done?.task ?? refuse('already-taken'));
  }

  async cancel(tx: Transaction, who: Viewer, id: string, end: TaskEnd): Promise<TaskRecord> {
    await this.locked(tx, who, id);
    return await this.renewed(tx, (await this.tasks.cancel(tx, id, end)) ?? refuse('already-taken'));
  }

  private async locked(tx: Transaction, who: Viewer, id: string): Promise<Task> {
    const task = found(await this.view.find(tx, who, id));
    if (task.conversationId) await lockVisible(this.conversations, tx, who, task.conversationId);
    return task;
  }

  private async renewed(tx: Transaction, task: TaskRecord): Promise<TaskRecord> {
    if (task.conversationId) await this.due.renewDue(tx, task.conversationId);
    return task;
  }
}

const claimOf = (conversation: ConversationRow | null): { id: string; number: string } | null =>
  conversation?.claim_id && conversation.claim_number ? { id: conversation.claim_id, number: conversation.claim_number } : null;
