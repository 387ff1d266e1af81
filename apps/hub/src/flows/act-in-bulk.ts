import { Conversations, maySee, type BulkItemRow, type BulkRunRow, type ConversationRow, type ItemDone } from '@claimline/conversations';
import { Outbox, type Transaction } from '@claimline/database';
import { Accounts, type AccountRow } from '@claimline/people';
import type { BulkAct } from '@claimline/protocol';
import type { Outlets } from '../conversations/outlets';
import type { RenderedReply } from '../conversations/rendered-reply';
import { HubProblem } from '../http/problem';
import type { AssignConversation } from './assign-conversation';
import type { ManageConversation } from './manage-conversation';
import type { Outlet, SendReply } from './send-reply';

/** What people do to one conversation, as it is done to many. */
export interface SingleDeeds {
  readonly assign: AssignConversation;
  readonly manage: ManageConversation;
  readonly reply: SendReply;
  readonly outlets: Outlets;
  readonly rendered: RenderedReply;
}

type UndoAct = { readonly kind: 'undo'; readonly of: BulkAct };
type Reply = Extract<BulkAct, { kind: 'reply' }>;
type Tag = Extract<BulkAct, { kind: 'tag' }>;

/** Who acts and when. */
interface By {
  readonly account: AccountRow;
  readonly runId: string;
  readonly at: Date;
}

const NOTHING: ItemDone = { before: null, messageId: null };

/** Does what a bulk run says to one conversation, exactly as its person could do it by hand: with the same rights, the same gate, the same refusals. */
export class ActInBulk {
  constructor(
    private readonly conversations: Conversations,
    private readonly accounts: Accounts,
    private readonly single: SingleDeeds,
    private readonly outbox: Outbox,
  ) {}

  /** @throws HubProblem with the reason why it is not done to this one */
  async act(tx: Transaction, run: BulkRunRow, item: BulkItemRow, at: Date): Promise<ItemDone> {
    const account = await this.accounts.find(tx, run.by);
    const conversation = await this.conversations.lock(tx, item.conversation_id);
    const viewer = account?.active && { id: account.id, role: account.role, brandIds: account.brand_ids, groups: account.groups };
    if (!account || !conversation || !viewer || !maySee(viewer, conversation)) throw new HubProblem('not-found');
    const act = run.act as unknown as BulkAct | UndoAct;
    const by = { account, runId: run.id, at };
    return act.kind === 'undo'
      ? this.undo(tx, conversation, { of: act.of, before: item.before ?? {} }, by)
      : this.do(tx, conversation, act, by);
  }

  /** The words that a conversation would get, and by which way. @throws HubProblem as the sending would */
  async words(
    tx: Transaction,
    conversation: ConversationRow,
    act: Reply,
  ): Promise<{ outlet: Outlet; text: string; subject: string | null }> {
    const outlet = await this.single.outlets.choose(tx, conversation, {});
    const wish = { text: act.text ?? '', subject: null, template: act.template, channel: outlet.channel };
    const { text, subject } = await this.single.rendered.of(tx, conversation, wish);
    await this.single.outlets.refuseTooLong(outlet, text);
    return { outlet, text, subject };
  }

  private async do(tx: Transaction, conversation: ConversationRow, act: BulkAct, by: By): Promise<ItemDone> {
    const { account, at } = by;
    switch (act.kind) {
      case 'assign':
        await this.single.assign.assign(tx, conversation, { assigneeId: act.accountId, actorId: account.id, now: at });
        return { before: { assigneeId: conversation.assignee_id }, messageId: null };
      case 'tag':
        return this.tag(tx, conversation, act, at);
      case 'reply':
        return this.reply(tx, conversation, act, by);
      case 'resolve':
        await this.single.manage.resolve(tx, conversation, { actorId: account.id, at });
        return NOTHING;
      case 'snooze':
        await this.single.manage.snooze(tx, conversation.id, new Date(act.until), { actorId: account.id, at });
        return NOTHING;
    }
  }

  private async tag(tx: Transaction, { id, labels }: ConversationRow, act: Pick<Tag, 'add' | 'remove'>, at: Date): Promise<ItemDone> {
    const added = act.add.filter((label) => !labels.includes(label));
    const removed = act.remove.filter((label) => labels.includes(label));
    if (added.length + removed.length > 0) {
      const all = await this.conversations.label(tx, id, added, removed);
      await this.outbox.append(tx, at, [{ type: 'conversation.labeled', conversationId: id, payload: { labels: all } }]);
    }
    return { before: { added, removed }, messageId: null };
  }

  private async reply(tx: Transaction, conversation: ConversationRow, act: Reply, { account, runId, at }: By): Promise<ItemDone> {
    const { outlet, text, subject } = await this.words(tx, conversation, act);
    const message = await this.single.reply.send(tx, conversation, {
      authorId: account.id,
      text,
      subject,
      attachments: [],
      outlet,
      purpose: 'reply',
      toMany: true,
      seen: null,
      clientId: `bulk:${runId}`,
      at,
    });
    return { before: null, messageId: message.id };
  }

  // Whatever somebody has done to it since stands: only what the run did is taken back.
  private async undo(
    tx: Transaction,
    conversation: ConversationRow,
    { of, before }: { of: BulkAct; before: Readonly<Record<string, unknown>> },
    { account, at }: By,
  ): Promise<ItemDone> {
    if (of.kind === 'tag') {
      const lists = before as { added?: string[]; removed?: string[] };
      return this.tag(tx, conversation, { add: lists.removed ?? [], remove: lists.added ?? [] }, at);
    }
    if (of.kind === 'assign' && conversation.assignee_id !== of.accountId) throw new HubProblem('thread-moved');
    const assigneeId = (before['assigneeId'] as string | null | undefined) ?? null;
    await this.single.assign.assign(tx, conversation, { assigneeId, actorId: account.id, now: at });
    return NOTHING;
  }
}
