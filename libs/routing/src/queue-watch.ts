import type { Queries } from '@claimline/database';
import type { Adjuster, Department } from './adjuster';
import type { Adjusters } from './adjusters.repository';
import { chooseAdjuster, type Decision } from './choose-adjuster';
import { DEFAULT_ROUTING_POLICY, type RoutingPolicy } from './policy';
import { byTurn } from './queue-order';
import type { AbsenceSource, Cause } from './router';
import { WORK_TERMS, WORKS } from './work';
import type { WorkItem } from './work-item.entity';
import type { WorkItems } from './work-items.repository';

/** A conversation that the router should look at again, and why. */
export interface Due {
  readonly conversationId: string;
  readonly cause: Cause;
}

const PAGE = 500;
const BATCH = 100;

/** Finds, without changing anything, which conversations the router should look at again. Cheap enough to be asked every second. */
export class QueueWatch {
  constructor(
    private readonly work: WorkItems,
    private readonly adjusters: Adjusters,
    private readonly absences: AbsenceSource,
    private readonly policy: RoutingPolicy = DEFAULT_ROUTING_POLICY,
  ) {}

  /**
   * The waiting conversations for which somebody is free now, in the order of the queue. The whole queue is looked through as long as
   * anybody is free: a long line of claims that nobody present is licensed for does not hide the one behind it.
   */
  async placeable(queries: Queries, now: Date): Promise<Due[]> {
    let page = await this.work.waiting(queries, null, PAGE);
    if (page.length === 0) return [];
    let department: Department = {
      adjusters: await this.adjusters.department(queries),
      absences: await this.absences.current(queries, now),
    };
    const due: Due[] = [];
    while (page.length > 0 && department.adjusters.some(isFree)) {
      for (const item of [...page].sort(byTurn(this.policy))) {
        const decision = chooseAdjuster(item, department, now, this.policy);
        const adjuster = department.adjusters.find(({ id }) => id === decision.chosen);
        if (!adjuster) continue;
        due.push({ conversationId: item.conversationId, cause: causeOf(item, adjuster, decision) });
        department = { ...department, adjusters: department.adjusters.map((other) => (other === adjuster ? loaded(other, item) : other)) };
      }
      page = page.length === PAGE ? await this.work.waiting(queries, page[PAGE - 1]!, PAGE) : [];
    }
    return due;
  }

  /** Conversations whose customers wait for somebody who is on leave, or has been gone for longer than one waits for their person. */
  async stranded(queries: Queries, now: Date): Promise<Due[]> {
    const absent = (await this.absences.current(queries, now)).map(({ accountId }) => accountId);
    const items = await this.work.stranded(queries, absent, PAGE);
    return items.flatMap((item): Due[] => {
      if (absent.includes(item.accountId!)) return [{ conversationId: item.conversationId, cause: 'absence' }];
      const gone = item.offlineSince ? now.getTime() - Math.max(item.offlineSince.getTime(), item.enqueuedAt.getTime()) : 0;
      return gone >= this.policy.patience[item.work] * 1000 ? [{ conversationId: item.conversationId, cause: 'stranded' }] : [];
    });
  }

  /** Conversations that go back to somebody who has returned. */
  async returning(queries: Queries, now: Date): Promise<Due[]> {
    const absent = (await this.absences.current(queries, now)).map(({ accountId }) => accountId);
    return (await this.work.returning(queries, absent, BATCH)).map(({ conversationId }) => ({ conversationId, cause: 'returned' }));
  }

  /** Conversations whose customers have been quiet for so long that their units are free for others. */
  async quiet(queries: Queries, now: Date): Promise<string[]> {
    const found: string[] = [];
    for (const work of WORKS) {
      const after = WORK_TERMS[work].releaseAfter;
      if (after === null) continue;
      const items = await this.work.quiet(queries, work, new Date(now.getTime() - after * 1000), BATCH);
      found.push(...items.map(({ conversationId }) => conversationId));
    }
    return found;
  }

  /** Conversations whose customers wait, whose adjuster was full when they wrote, and now has room. */
  async starved(queries: Queries): Promise<string[]> {
    return (await this.work.starved(queries, BATCH)).map(({ conversationId }) => conversationId);
  }
}

const isFree = (adjuster: Adjuster): boolean => adjuster.presence === 'online' && adjuster.used < adjuster.capacity;

const loaded = (adjuster: Adjuster, item: WorkItem): Adjuster => ({
  ...adjuster,
  used: adjuster.used + item.units,
  openItems: adjuster.openItems + 1,
});

/** What has changed since it was last looked at: its ring opened, its adjuster came, or else had no room before. */
function causeOf(item: WorkItem, adjuster: Adjuster, decision: Decision): Cause {
  const opened = decision.rings.find(({ ring }) => ring === decision.ring)!.opensAt;
  if (item.nextRingAt && opened >= item.nextRingAt) return 'timer';
  return adjuster.presenceSince && adjuster.presenceSince > item.ringSince ? 'presence' : 'capacity';
}
