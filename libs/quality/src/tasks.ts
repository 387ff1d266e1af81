import { newId, type Outbox, type Transaction } from '@claimline/database';
import type { QualityEvent } from './events';
import type { TaskRecord } from './task.entity';
import type { TaskStore } from './tasks.repository';

/** A task to be. */
export interface NewTask {
  /** Names the occasion (`missed-call:<call>`): the same occasion told twice is one task. */
  readonly key?: string;
  readonly kind: string;
  readonly reason?: string | null;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly claim?: { readonly id: string; readonly number: string } | null;
  readonly conversationId?: string | null;
  readonly contactId?: string | null;
  readonly ownerId?: string | null;
  readonly teamId?: string | null;
  readonly due: Date;
  /** Null: the hub itself. */
  readonly createdBy?: string | null;
}

/** How a task came out. */
export interface TaskEnd {
  readonly outcome: string;
  readonly note?: string | null;
  /** When it is to be tried again; a further task is made for then. */
  readonly next?: Date | null;
  /** What the further task knows beyond this one. */
  readonly nextParams?: Readonly<Record<string, unknown>>;
  readonly by: string | null;
  readonly at: Date;
}

/** Whatever the hub cannot finish by itself: on somebody's list, until it is done. Where a task belongs to a conversation, the caller holds its row. */
export class Tasks {
  constructor(
    private readonly store: TaskStore,
    private readonly outbox: Outbox,
  ) {}

  /** Makes a task, or finds the one that was made for the same occasion. */
  async create(tx: Transaction, task: NewTask, now: Date): Promise<TaskRecord> {
    const made = await this.store.add(tx, {
      id: newId(now),
      key: task.key ?? null,
      kind: task.kind,
      reason: task.reason ?? null,
      params: task.params ?? {},
      claimId: task.claim?.id ?? null,
      claimNumber: task.claim?.number ?? null,
      conversationId: task.conversationId ?? null,
      contactId: task.contactId ?? null,
      ownerId: task.ownerId ?? null,
      teamId: task.teamId ?? null,
      dueAt: task.due,
      state: 'open',
      outcome: null,
      note: null,
      createdBy: task.createdBy ?? null,
      createdAt: now,
      closedBy: null,
      closedAt: null,
    });
    if (!made) return (await this.store.byKey(tx, task.key!))!;
    await this.publish(tx, now, made, { type: 'task.created', payload: { taskId: made.id, kind: made.kind, ownerId: made.ownerId } });
    return made;
  }

  /** Gives it to somebody, or back to everybody. */
  async own(tx: Transaction, id: string, ownerId: string | null, now: Date): Promise<TaskRecord | undefined> {
    const task = await this.store.lock(tx, id);
    if (task?.state !== 'open' || task.ownerId === ownerId) return task;
    await this.store.setOwner(tx, id, ownerId);
    await this.publish(tx, now, task, { type: 'task.owned', payload: { taskId: id, ownerId } });
    return { ...task, ownerId };
  }

  async find(tx: Transaction, id: string): Promise<TaskRecord | undefined> {
    return await this.store.lock(tx, id);
  }

  /** What somebody has to do. */
  async ownedBy(tx: Transaction, ownerId: string): Promise<TaskRecord[]> {
    return await this.store.openOwnedBy(tx, ownerId);
  }

  /** Done, with what came of it; undefined when it was not open any more. */
  async complete(
    tx: Transaction,
    id: string,
    end: TaskEnd,
  ): Promise<{ readonly task: TaskRecord; readonly next: TaskRecord | null } | undefined> {
    const task = await this.close(tx, id, 'done', end);
    if (!task) return undefined;
    const claim = task.claimId && task.claimNumber ? { id: task.claimId, number: task.claimNumber } : null;
    const { kind, reason, params, conversationId, contactId, ownerId, teamId } = task;
    const again = {
      kind,
      reason,
      params: { ...params, ...end.nextParams },
      conversationId,
      contactId,
      ownerId: ownerId ?? end.by,
      teamId,
      claim,
      createdBy: end.by,
    };
    const next = end.next ? await this.create(tx, { ...again, key: `after:${id}`, due: end.next }, end.at) : null;
    return { task, next };
  }

  /** Done, by its occasion: what it asked for was written down elsewhere. The caller holds its conversation, where it has one. */
  async completeKeyed(tx: Transaction, key: string, end: TaskEnd): Promise<void> {
    const task = await this.store.byKey(tx, key);
    if (task?.state === 'open') await this.complete(tx, task.id, end);
  }

  /** No longer needed; undefined when it was not open any more. */
  async cancel(tx: Transaction, id: string, end: Omit<TaskEnd, 'next'>): Promise<TaskRecord | undefined> {
    return await this.close(tx, id, 'canceled', end);
  }

  /** Takes back the open tasks of a kind about a conversation, because what they asked for has happened by itself. */
  async settle(tx: Transaction, about: { conversationId: string; kind: string }, outcome: string, now: Date): Promise<void> {
    for (const { id } of await this.store.openOf(tx, about.conversationId, about.kind))
      await this.close(tx, id, 'canceled', { outcome, by: null, at: now });
  }

  /** Takes back an open task by its occasion: it asks for nothing any more. The caller holds its conversation, where it has one. */
  async withdraw(tx: Transaction, key: string, outcome: string, now: Date): Promise<void> {
    const task = await this.store.byKey(tx, key);
    if (task?.state === 'open') await this.close(tx, task.id, 'canceled', { outcome, by: null, at: now });
  }

  /** Takes back the open tasks of a kind about a claim whose key begins so. The caller holds their conversations. */
  async settleClaim(tx: Transaction, about: { claimId: string; kind: string; key: string }, outcome: string, now: Date): Promise<void> {
    const open = await this.store.openOfClaim(tx, about.claimId, about.kind);
    for (const { id } of open.filter(({ key }) => key?.startsWith(about.key)))
      await this.close(tx, id, 'canceled', { outcome, by: null, at: now });
  }

  /** Like {@link settle}, only those whose key begins so. */
  async settleKeyed(
    tx: Transaction,
    about: { conversationId: string; kind: string; key: string },
    outcome: string,
    now: Date,
  ): Promise<void> {
    const open = await this.store.openOf(tx, about.conversationId, about.kind);
    for (const { id } of open.filter(({ key }) => key?.startsWith(about.key)))
      await this.close(tx, id, 'canceled', { outcome, by: null, at: now });
  }

  private async close(
    tx: Transaction,
    id: string,
    state: 'done' | 'canceled',
    end: Omit<TaskEnd, 'next'>,
  ): Promise<TaskRecord | undefined> {
    const task = await this.store.lock(tx, id);
    if (task?.state !== 'open') return undefined;
    const closed = { state, outcome: end.outcome, note: end.note ?? null, closedBy: end.by, closedAt: end.at };
    await this.store.close(tx, id, closed);
    await this.publish(tx, end.at, task, { type: 'task.closed', payload: { taskId: id, outcome: end.outcome } });
    return { ...task, ...closed };
  }

  private async publish(tx: Transaction, now: Date, task: TaskRecord, event: Omit<QualityEvent, 'conversationId'>): Promise<void> {
    await this.outbox.append(tx, now, [{ ...event, conversationId: task.conversationId }]);
  }
}
