import { newId, type Outbox, type Transaction } from '@claimline/database';
import { absenceOf } from './adjuster';
import type { Adjusters } from './adjusters.repository';
import { lastingObstacle } from './constraints';
import type { Decisions } from './decisions.repository';
import { unroutable } from './guard';
import type { Needs } from './needs';
import { DEFAULT_ROUTING_POLICY, type RoutingPolicy } from './policy';
import type { Reason } from './reasons';
import type { AbsenceSource, Router, RoutingFacts } from './router';
import { traceOf } from './trace';
import type { WorkItem } from './work-item.entity';
import type { WorkItems } from './work-items.repository';

/** To whom work goes because somebody leaves or comes back, and why. */
export interface HandedTo {
  /** The first of these who may have it gets it. */
  readonly among: readonly string[];
  /** For whom they stand in, and when it goes back; null: it is theirs. */
  readonly standIn: Needs['standIn'];
  /** Stored and shown: `delegate` for a stand-in, `assignee` for who comes back. */
  readonly ring: 'delegate' | 'assignee';
  readonly reason: Reason;
  readonly now: Date;
}

/** Hands conversations from somebody who leaves to who stands in, and back: over capacity and presence, never over a hard constraint or onto somebody absent. */
export class HandOver {
  constructor(
    private readonly router: Router,
    private readonly work: WorkItems,
    private readonly adjusters: Adjusters,
    private readonly decisions: Decisions,
    private readonly outbox: Outbox,
    private readonly absences: AbsenceSource,
    private readonly policy: RoutingPolicy = DEFAULT_ROUTING_POLICY,
  ) {}

  /** The caller holds the conversation's row and writes down whose it is now. Null: none of them may have it. */
  async give(tx: Transaction, facts: RoutingFacts, to: HandedTo): Promise<string | null> {
    const accountId = await this.firstAble(tx, facts, to);
    if (accountId === null) return null;
    const item = await this.item(tx, facts, to);
    if (item && item.accountId !== accountId) await this.move(tx, item, { accountId, now: to.now });
    if (item) await this.work.setStandIn(tx, item.id, to.standIn);
    const decision = { reasons: [to.reason], excluded: [], candidates: [], rings: [], nextRingAt: null, chosen: accountId };
    await this.decisions.add(tx, {
      id: newId(to.now),
      conversationId: facts.conversationId,
      workItemId: item?.id ?? null,
      cause: to.ring === 'delegate' ? 'absence' : 'returned',
      ring: to.ring,
      chosenId: accountId,
      trace: traceOf(decision),
      at: to.now,
    });
    return accountId;
  }

  private async firstAble(tx: Transaction, facts: RoutingFacts, { among, now }: HandedTo): Promise<string | null> {
    const absences = await this.absences.current(tx, now);
    for (const id of among) {
      await this.adjusters.put(tx, id, {});
      const adjuster = (await this.adjusters.find(tx, id))!;
      const wanted = { work: facts.work, units: 0, ringSince: now, needs: facts.needs };
      if (!absenceOf(id, absences, now) && lastingObstacle(adjuster, wanted, now, this.policy) === null) return id;
    }
    return null;
  }

  // Where nobody waits for an answer there is nothing to reserve: the conversation alone changes hands.
  private async item(tx: Transaction, facts: RoutingFacts, { now }: HandedTo): Promise<WorkItem | undefined> {
    return unroutable(facts) === null ? await this.router.enqueue(tx, facts, now) : await this.work.open(tx, facts.conversationId);
  }

  private async move(tx: Transaction, item: WorkItem, to: { accountId: string; now: Date }): Promise<void> {
    if (item.state === 'reserved') {
      await this.work.release(tx, item.id, { state: 'waiting', now: to.now });
      const payload = { workItemId: item.id, accountId: item.accountId!, cause: 'absence' };
      await this.outbox.append(tx, to.now, [{ type: 'work.released', conversationId: item.conversationId, payload }]);
    }
    await this.work.take(tx, item.id, to.accountId, to.now);
    if (item.answeredAt) await this.work.release(tx, item.id, { state: 'reserved', now: to.now });
  }
}
