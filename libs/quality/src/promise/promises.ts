import { newId, type Outbox, type Queries, type Transaction } from '@claimline/database';
import type { QualityEvent } from '../events';
import { breachPromise, cancelPromise, keepPromise, type Settlement } from './keep';
import type { PromiseRecord } from './promise.entity';
import type { PromiseStore } from './promises.repository';

/** A promise to be. */
export interface NewPromise extends Pick<
  PromiseRecord,
  'step' | 'source' | 'conversationId' | 'contactId' | 'ownerId' | 'dueAt' | 'createdBy'
> {
  /** Names the occasion: the same one told twice is one promise. */
  readonly key?: string;
  readonly claim: { readonly id: string; readonly number: string } | null;
}

/** What the claim core says of the next step: null where it promises nothing. */
export interface CorePromise {
  readonly claim: { readonly id: string; readonly number: string };
  readonly key: string;
  readonly next: Pick<NewPromise, 'step' | 'dueAt' | 'ownerId' | 'contactId'> | null;
  /** The claim has moved on: what was promised has come about. */
  readonly moved: boolean;
}

const DUE = 200;

/** What customers were told to expect: kept, or broken and seen. Where a promise belongs to a conversation, the caller holds its row. */
export class Promises {
  constructor(
    private readonly store: PromiseStore,
    private readonly outbox: Outbox,
  ) {}

  async make(tx: Transaction, { claim, key, ...told }: NewPromise, now: Date): Promise<PromiseRecord | undefined> {
    const open = { state: 'open', breachedAt: null, settledBy: null, settledAt: null } as const;
    const about = { claimId: claim?.id ?? null, claimNumber: claim?.number ?? null };
    const made = await this.store.add(tx, { ...told, ...about, ...open, id: newId(now), key: key ?? null, createdAt: now });
    if (made) await this.tell(tx, made, 'promise.made', now);
    return made;
  }

  /** The claim core has spoken: what it promised before is kept where the claim has moved on, replaced where only the date has. */
  async follow(tx: Transaction, { claim, key, next, moved }: CorePromise, now: Date): Promise<void> {
    const standing = await this.store.standingOf(tx, claim.id);
    const same = standing.find((one) => !moved && next?.step === one.step && next.dueAt.getTime() === one.dueAt.getTime());
    for (const one of standing) {
      if (one === same) continue;
      await this.settle(tx, one, moved ? keepPromise(one, now) : cancelPromise(one), { by: null, at: now });
    }
    if (!next || same) return;
    await this.make(tx, { ...next, key, claim, source: 'claim-core', conversationId: null, createdBy: null }, now);
  }

  /** Done, says a person; undefined when it was over already. */
  async keep(tx: Transaction, id: string, by: string, at: Date): Promise<PromiseRecord | undefined> {
    const promise = await this.store.lock(tx, id);
    return promise && this.settle(tx, promise, keepPromise(promise, at), { by, at });
  }

  /** Not owed any more, says a person; undefined when it was over already. */
  async cancel(tx: Transaction, id: string, by: string, at: Date): Promise<PromiseRecord | undefined> {
    const promise = await this.store.lock(tx, id);
    return promise && this.settle(tx, promise, cancelPromise(promise), { by, at });
  }

  /** Its time has passed; undefined where it has not, or was seen before. */
  async breach(tx: Transaction, id: string, now: Date): Promise<PromiseRecord | undefined> {
    const promise = await this.store.lock(tx, id);
    const settlement = promise && breachPromise(promise, now);
    if (!promise || !settlement) return undefined;
    const broken: PromiseRecord = { ...promise, state: settlement.state, breachedAt: promise.dueAt };
    await this.store.save(tx, broken);
    await this.tell(tx, broken, 'promise.breached', now);
    return broken;
  }

  due(queries: Queries, now: Date): Promise<readonly { readonly id: string; readonly conversationId: string | null }[]> {
    return this.store.due(queries, now, DUE);
  }

  private async settle(
    tx: Transaction,
    promise: PromiseRecord,
    settlement: Settlement,
    { by, at }: { readonly by: string | null; readonly at: Date },
  ): Promise<PromiseRecord | undefined> {
    if (!settlement) return undefined;
    const late = settlement.state === 'broken' && promise.breachedAt === null;
    const settled = { ...promise, state: settlement.state, settledBy: by, settledAt: at, ...(late && { breachedAt: promise.dueAt }) };
    await this.store.save(tx, settled);
    if (late) await this.tell(tx, settled, 'promise.breached', at);
    await this.tell(tx, settled, settlement.state === 'canceled' ? 'promise.canceled' : 'promise.kept', at);
    return settled;
  }

  private async tell(tx: Transaction, promise: PromiseRecord, type: PromiseEventType, at: Date): Promise<void> {
    const { id: promiseId, conversationId, ownerId, claimNumber } = promise;
    const about = claimNumber ? { claimNumber } : {};
    const event: QualityEvent = { type, conversationId, payload: { promiseId, ownerId, ...about } };
    await this.outbox.append(tx, at, [event]);
  }
}

type PromiseEventType = Extract<QualityEvent['type'], `promise.${string}`>;
