import type { Database } from '@claimline/database';
import type { Clock } from '@claimline/database';
import { HubProblem } from './problem';

/** How much one caller may do in a window. */
export interface RateLimit {
  readonly name: string;
  readonly perWindow: number;
  readonly windowSeconds: number;
}

/** Counters in the database, so that limits hold across replicas and restarts of one of them. */
export class RateLimits {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Counts one use; throws `too-many-requests` with the seconds to wait. */
  async use(limit: RateLimit, who: string): Promise<void> {
    const now = this.clock.now().getTime();
    const span = limit.windowSeconds * 1000;
    const start = now - (now % span);
    const [row] = await this.database.query<{ used: number }>({
      name: 'rate-use',
      text: `INSERT INTO rate_counters (bucket, window_start, used) VALUES ($1, $2, 1)
             ON CONFLICT (bucket, window_start) DO UPDATE SET used = rate_counters.used + 1 RETURNING used`,
      values: [`${limit.name}:${who}`, new Date(start)],
    });
    if (row!.used > limit.perWindow)
      throw new HubProblem('too-many-requests', { limit: limit.perWindow }, undefined, Math.ceil((start + span - now) / 1000));
  }
}
