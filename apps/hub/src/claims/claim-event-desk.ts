import type { IncomingClaimEvent, IntakeResult } from '@claimline/claims';
import { Database, Gathering } from '@claimline/database';
import type { ChangeClaim } from '../flows/change-claim';
import { HubProblem } from '../http/problem';
import { isDatabaseDown } from '../http/problem.filter';

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
  private readonly gathering: Gathering<IncomingClaimEvent, IntakeResult>;

  constructor(database: Database, flow: ChangeClaim) {
    const take = (events: readonly IncomingClaimEvent[]): Promise<readonly IntakeResult[]> =>
      database.transaction((tx) => flow.take(tx, events));
    this.gathering = new Gathering({
      together: async (events) => {
        const results = await take(events);
        return new Map(events.map((event, place) => [event, results[place]!]));
      },
      alone: async (event) => (await take([event]))[0]!,
      keyOf: ({ source, id }) => `${source} ${id}`,
      isHopeless: isDatabaseDown,
      most: MOST_IN_ONE,
      inOrder: true,
    });
  }

  /** Resolves when the event is on disk, whatever became of it. @throws HubProblem `unavailable` where too many wait already. */
  take(event: IncomingClaimEvent): Promise<IntakeResult> {
    if (this.gathering.size >= MOST_WAITING) return Promise.reject(new HubProblem('unavailable', {}, undefined, COME_AGAIN_S));
    return this.gathering.do(event);
  }
}
