import type { IncomingClaimEvent, IntakeResult } from '@claimline/claims';
import { Database } from '@claimline/database';
import type { ChangeClaim } from '../flows/change-claim';
import { HubProblem } from '../http/problem';
import { isDatabaseDown } from '../http/problem.filter';

interface Waiting {
  readonly event: IncomingClaimEvent;
  readonly done: (result: IntakeResult) => void;
  readonly failed: (error: unknown) => void;
}

// A transaction of this many is still short for whoever waits for one of its claims.
const MOST_IN_ONE = 50;
// More waiting than this means that the database does not keep up: the claim core is told to come again rather than our memory to hold it.
const MOST_WAITING = 1_000;
const COME_AGAIN_S = 2;

/**
 * Where claim events are taken in. Those that come while a transaction is under way share the next one; a lone one waits for nobody. One transaction at a
 * time, so that the events of a claim are taken in the order in which they came.
 */
export class ClaimEventDesk {
  private waiting: Waiting[] = [];
  private isBusy = false;

  constructor(
    private readonly database: Database,
    private readonly flow: ChangeClaim,
  ) {}

  /** Resolves when the event is on disk, whatever became of it. @throws HubProblem `unavailable` where too many wait already. */
  take(event: IncomingClaimEvent): Promise<IntakeResult> {
    if (this.waiting.length >= MOST_WAITING) return Promise.reject(new HubProblem('unavailable', {}, undefined, COME_AGAIN_S));
    return new Promise((done, failed) => {
      this.waiting.push({ event, done, failed });
      if (!this.isBusy) void this.work();
    });
  }

  private async work(): Promise<void> {
    this.isBusy = true;
    while (this.waiting.length > 0) await this.store(this.waiting.splice(0, MOST_IN_ONE));
    this.isBusy = false;
  }

  /** Never rejects: every caller hears for themselves. An event that the database refuses must not cost the others, so they are then taken one by one. */
  private async store(batch: readonly Waiting[]): Promise<void> {
    try {
      const events = batch.map(({ event }) => event);
      const results = await this.database.transaction((tx) => this.flow.take(tx, events));
      batch.forEach(({ done }, index) => done(results[index]!));
    } catch (error) {
      if (batch.length === 1 || isDatabaseDown(error)) return batch.forEach(({ failed }) => failed(error));
      for (const one of batch) await this.store([one]);
    }
  }
}
