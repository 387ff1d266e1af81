import { Conversations, type Viewer } from '@claimline/conversations';
import { Database, type Transaction } from '@claimline/database';
import type { Log } from '@claimline/messages';
import type { MakePromise } from '@claimline/protocol';
import { addBusinessTime, Calendars, Promises, Tasks, type PromiseRecord } from '@claimline/quality';
import { lockVisible } from '../conversations/visible-conversation';
import { found, refuse } from '../http/problem';
import { PromisesView } from '../views/promises.view';
import { FollowClocks } from './follow-clocks';
import { oneByOne } from './one-by-one';

const keyOf = (id: string): string => `promise:${id}`;
// Whoever was promised something and has waited in vain hears from us within the same half day.
const TO_MEND_MS = 4 * 3_600_000;

/** Who does it, and when. */
interface Doing {
  readonly who: Viewer;
  readonly at: Date;
}

/** What counts time and work in a promise. */
export interface PromiseWork {
  readonly calendars: Calendars;
  readonly tasks: Tasks;
  readonly promises: Promises;
}

/** Promises are made, kept and taken back by people; what nobody kept is seen and becomes somebody's task. */
export class WatchPromises {
  readonly name = 'promises';

  constructor(
    private readonly database: Database,
    private readonly conversations: Conversations,
    private readonly work: PromiseWork,
    private readonly view: PromisesView,
    private readonly due: FollowClocks,
    readonly log: Log,
  ) {}

  async make(tx: Transaction, wish: MakePromise, { who, at }: Doing): Promise<PromiseRecord> {
    const row = wish.conversation ? await lockVisible(this.conversations, tx, who, wish.conversation) : null;
    const claim = wish.claim ? found(await this.view.claim(tx, who, wish.claim)) : null;
    if (!row && !claim) refuse('invalid');
    const own = row?.claim_id && row.claim_number ? { id: row.claim_id, number: row.claim_number } : null;
    const about = { conversationId: row?.id ?? null, contactId: row?.contact_id ?? claim?.contactId ?? null };
    const told = { step: wish.step, dueAt: new Date(wish.due), source: 'person', ownerId: who.id, createdBy: who.id } as const;
    const made = await this.work.promises.make(tx, { ...told, ...about, claim: claim ?? own }, at);
    return this.renewed(tx, made!);
  }

  async keep(tx: Transaction, id: string, { who, at }: Doing): Promise<PromiseRecord> {
    await this.locked(tx, who, id);
    return this.settled(tx, (await this.work.promises.keep(tx, id, who.id, at)) ?? refuse('already-taken'), { outcome: 'kept', at });
  }

  async cancel(tx: Transaction, id: string, { who, at }: Doing): Promise<PromiseRecord> {
    await this.locked(tx, who, id);
    return this.settled(tx, (await this.work.promises.cancel(tx, id, who.id, at)) ?? refuse('already-taken'), {
      outcome: 'not-needed',
      at,
    });
  }

  async sweep(now: Date): Promise<number> {
    const due = await this.work.promises.due(this.database, now);
    return oneByOne(due, this, ({ id, conversationId }) =>
      this.database.transaction(async (tx) => {
        if (conversationId) await this.conversations.lock(tx, conversationId);
        const broken = await this.work.promises.breach(tx, id, now);
        if (broken) await this.mend(tx, broken, now);
      }),
    );
  }

  private async mend(tx: Transaction, promise: PromiseRecord, now: Date): Promise<void> {
    const { claimId, claimNumber, conversationId, contactId, ownerId, step } = promise;
    const claim = claimId && claimNumber ? { id: claimId, number: claimNumber } : null;
    const calendar = await this.work.calendars.forBrand(tx, await this.view.brandOf(tx, promise.id), now);
    const due = addBusinessTime(calendar, now, TO_MEND_MS);
    const params = { promise: promise.id, step, due: promise.dueAt.toISOString() };
    const about = { claim, conversationId, contactId, ownerId, params, due };
    await this.work.tasks.create(tx, { ...about, key: keyOf(promise.id), kind: 'promise', reason: 'promise-broken' }, now);
    await this.renewed(tx, promise);
  }

  private async locked(tx: Transaction, who: Viewer, id: string): Promise<void> {
    const promise = found(await this.view.find(tx, who, id));
    if (promise.conversationId) await lockVisible(this.conversations, tx, who, promise.conversationId);
  }

  private async settled(tx: Transaction, promise: PromiseRecord, { outcome, at }: { outcome: string; at: Date }): Promise<PromiseRecord> {
    await this.work.tasks.withdraw(tx, keyOf(promise.id), outcome, at);
    return this.renewed(tx, promise);
  }

  private async renewed(tx: Transaction, promise: PromiseRecord): Promise<PromiseRecord> {
    if (promise.conversationId) await this.due.renewDue(tx, promise.conversationId);
    return promise;
  }
}
