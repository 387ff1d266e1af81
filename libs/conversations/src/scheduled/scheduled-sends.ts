import { newId, type Outbox, type Queries, type Transaction } from '@claimline/database';
import type { ScheduledMessage, ScheduledSend } from './scheduled-send.entity';
import { scheduleProblem, type ScheduleProblem } from './scheduled-rules';
import type { ScheduledStore } from './scheduled-sends.repository';

/** A reply to be put off. */
export interface NewScheduledSend {
  readonly conversationId: string;
  readonly authorId: string;
  readonly message: ScheduledMessage;
  readonly sendAt: Date;
  /** The place of the thread that the writer saw. */
  readonly seen: number;
}

/** What of a reply that waits is changed; whoever changes it has seen the thread as far as `seen`. */
export interface ScheduledChange {
  readonly text?: string;
  readonly sendAt?: Date;
  readonly seen: number;
}

const SWEPT_AT_ONCE = 50;

/** Replies that leave later. The caller holds the conversation's row whenever one of its replies changes. */
export class ScheduledSends {
  constructor(
    private readonly store: ScheduledStore,
    private readonly outbox: Outbox,
  ) {}

  /** Puts a reply off, or says what is wrong with that. */
  async schedule(
    tx: Transaction,
    wish: NewScheduledSend,
    now: Date,
  ): Promise<{ readonly scheduled: ScheduledSend } | { readonly problem: ScheduleProblem }> {
    const problem = scheduleProblem(wish, now);
    if (problem) return { problem };
    const open = { state: 'waiting', reason: null, messageId: null } as const;
    const scheduled: ScheduledSend = { ...wish, ...open, id: newId(now), ownerId: wish.authorId, createdAt: now, changedAt: now };
    await this.store.add(tx, scheduled);
    await this.publish(tx, scheduled, now);
    return { scheduled };
  }

  /** Other words or another time; one that was held waits again. Undefined when it has left or was called off. */
  async change(
    tx: Transaction,
    id: string,
    { text, sendAt, seen }: ScheduledChange,
    now: Date,
  ): Promise<{ readonly scheduled: ScheduledSend } | { readonly problem: ScheduleProblem } | undefined> {
    const send = await this.pending(tx, id);
    if (!send) return undefined;
    // New words are no longer the template's.
    const { template: _, ...own } = send.message;
    const message = text === undefined || text === send.message.text ? send.message : { ...own, text };
    const wish = { message, sendAt: sendAt ?? send.sendAt };
    const problem = scheduleProblem(wish, now);
    if (problem) return { problem };
    return { scheduled: await this.save(tx, { ...send, ...wish, seen, state: 'waiting', reason: null }, now) };
  }

  /** Called off; undefined when it has left already. */
  async cancel(tx: Transaction, id: string, now: Date): Promise<ScheduledSend | undefined> {
    const send = await this.pending(tx, id);
    return send && (await this.save(tx, { ...send, state: 'canceled' }, now));
  }

  /** It has left as this message. */
  async sent(tx: Transaction, send: ScheduledSend, messageId: string, now: Date): Promise<ScheduledSend> {
    return await this.save(tx, { ...send, state: 'sent', reason: null, messageId }, now);
  }

  /** It does not leave before somebody has looked at it. */
  async hold(tx: Transaction, send: ScheduledSend, reason: string, now: Date): Promise<ScheduledSend> {
    return await this.save(tx, { ...send, state: 'held', reason }, now);
  }

  /** Somebody else answers for it; null: everybody. */
  async own(tx: Transaction, id: string, ownerId: string | null, now: Date): Promise<ScheduledSend | undefined> {
    const send = await this.pending(tx, id);
    return send && (await this.save(tx, { ...send, ownerId }, now));
  }

  /** One that has neither left nor was called off, locked. */
  async pending(tx: Transaction, id: string): Promise<ScheduledSend | undefined> {
    const send = await this.store.lock(tx, id);
    return send && ['waiting', 'held'].includes(send.state) ? send : undefined;
  }

  async find(queries: Queries, id: string): Promise<ScheduledSend | undefined> {
    return await this.store.find(queries, id);
  }

  /** Some of those whose time has come. */
  async due(queries: Queries, now: Date): Promise<Pick<ScheduledSend, 'id' | 'conversationId'>[]> {
    return await this.store.due(queries, now, SWEPT_AT_ONCE);
  }

  async ownedBy(queries: Queries, ownerId: string): Promise<ScheduledSend[]> {
    return await this.store.ownedBy(queries, ownerId);
  }

  private async save(tx: Transaction, send: ScheduledSend, now: Date): Promise<ScheduledSend> {
    const saved = { ...send, changedAt: now };
    await this.store.save(tx, saved);
    await this.publish(tx, saved, now);
    return saved;
  }

  private async publish(tx: Transaction, { id, conversationId, ownerId, state }: ScheduledSend, now: Date): Promise<void> {
    await this.outbox.append(tx, now, [{ type: 'scheduled.changed', conversationId, payload: { scheduledId: id, ownerId, state } }]);
  }
}
