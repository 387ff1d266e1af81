import { ScheduledSends, Threads, whatBecomes, type ConversationRow, type MessageRow, type ScheduledSend } from '@claimline/conversations';
import { Database, type Transaction } from '@claimline/database';
import type { Log } from '@claimline/messages';
import { Tasks } from '@claimline/quality';
import type { Outlets } from '../conversations/outlets';
import type { RenderedReply } from '../conversations/rendered-reply';
import { HubProblem } from '../http/problem';
import { FollowClocks } from './follow-clocks';
import { oneByOne } from './one-by-one';
import type { Outgoing, SendReply } from './send-reply';

/** How a message leaves. */
interface Sending {
  readonly outlets: Outlets;
  readonly rendered: RenderedReply;
  readonly reply: SendReply;
}

type Prepared = Pick<Outgoing, 'outlet' | 'text' | 'subject'>;

/** The task of whoever wrote a reply that could not leave by itself. */
export const HELD = 'scheduled-held';

/** Sends what was put off when its time has come; where the customer wrote meanwhile, its author is asked instead. */
export class SendScheduled {
  readonly name = 'scheduled';

  constructor(
    private readonly database: Database,
    private readonly scheduled: ScheduledSends,
    private readonly threads: Threads,
    private readonly sending: Sending,
    private readonly tasks: Tasks,
    private readonly due: FollowClocks,
    readonly log: Log,
  ) {}

  async sweep(now: Date): Promise<number> {
    const due = await this.scheduled.due(this.database, now);
    return oneByOne(due, this, (one) => this.one(one, now));
  }

  /** Whether it could leave as it is: what cannot is refused when it is written, not when its time has come. @throws HubProblem why it cannot */
  async check(tx: Transaction, conversation: ConversationRow, send: ScheduledSend): Promise<void> {
    await this.prepared(tx, conversation, send);
  }

  /** Sends it at once, whatever its time: the caller has seen the thread and holds the conversation's row. @throws HubProblem why it cannot leave */
  async sendNow(tx: Transaction, conversation: ConversationRow, send: ScheduledSend, now: Date): Promise<MessageRow> {
    const message = await this.leave(tx, conversation, send, now);
    await this.scheduled.sent(tx, send, message.id, now);
    await this.settle(tx, send, now);
    return message;
  }

  /** Nobody has to be asked about it any more. */
  async settle(tx: Transaction, { id, conversationId }: Pick<ScheduledSend, 'id' | 'conversationId'>, now: Date): Promise<void> {
    await this.tasks.settleKeyed(tx, { conversationId, kind: HELD, key: `scheduled:${id}:` }, 'settled', now);
    await this.due.renewDue(tx, conversationId);
  }

  private async one({ id, conversationId }: Pick<ScheduledSend, 'id' | 'conversationId'>, now: Date): Promise<void> {
    const refusal = await this.database.transaction((tx) => this.look(tx, { id, conversationId }, now)).catch(toProblem);
    // What was begun is rolled back; only that it is held is written.
    if (refusal) await this.database.transaction((tx) => this.hold(tx, { id, conversationId }, refusal.code, now));
  }

  private async look(tx: Transaction, { id, conversationId }: Pick<ScheduledSend, 'id' | 'conversationId'>, now: Date): Promise<undefined> {
    const conversation = await this.sending.reply.lock(tx, conversationId);
    const send = await this.scheduled.pending(tx, id);
    if (!conversation || !send) return;
    const moved = await this.threads.movedSince(tx, conversationId, send.seen, send.authorId);
    const becomes = whatBecomes(send, moved, now);
    if (becomes === 'is-held') await this.ask(tx, send, 'thread-moved', now);
    if (becomes !== 'leaves') return;
    const message = await this.leave(tx, conversation, send, now);
    await this.scheduled.sent(tx, send, message.id, now);
  }

  private async hold(tx: Transaction, where: Pick<ScheduledSend, 'id' | 'conversationId'>, reason: string, now: Date): Promise<void> {
    await this.sending.reply.lock(tx, where.conversationId);
    const send = await this.scheduled.pending(tx, where.id);
    if (send?.state === 'waiting') await this.ask(tx, send, reason, now);
  }

  private async ask(tx: Transaction, send: ScheduledSend, reason: string, now: Date): Promise<void> {
    const { id, conversationId, ownerId, sendAt } = send;
    await this.scheduled.hold(tx, send, reason, now);
    const key = `scheduled:${id}:${sendAt.toISOString()}`;
    await this.tasks.create(tx, { key, kind: HELD, reason, params: { scheduled: id }, conversationId, ownerId, due: now }, now);
    await this.due.renewDue(tx, conversationId);
  }

  private async prepared(tx: Transaction, conversation: ConversationRow, send: ScheduledSend): Promise<Prepared> {
    const { outlets, rendered } = this.sending;
    const { channel, to, cc, template, ...words } = send.message;
    const outlet = await outlets.choose(tx, conversation, { channel, to, cc });
    const wish = { text: words.text, subject: words.subject ?? null, template, channel: outlet.channel };
    const { text, subject } = await rendered.of(tx, conversation, wish);
    await outlets.refuseTooLong(outlet, text);
    return { outlet, text, subject };
  }

  private async leave(tx: Transaction, conversation: ConversationRow, send: ScheduledSend, at: Date): Promise<MessageRow> {
    return await this.sending.reply.send(tx, conversation, {
      ...(await this.prepared(tx, conversation, send)),
      authorId: send.authorId,
      attachments: send.message.attachments ?? [],
      purpose: 'reply',
      seen: null,
      earlier: true,
      clientId: `scheduled:${send.id}`,
      at,
    });
  }
}

function toProblem(error: unknown): HubProblem {
  if (error instanceof HubProblem) return error;
  throw error;
}
