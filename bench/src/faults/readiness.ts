import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '@claimline/test';

const LOOK_MS = 25;
// The page itself answers within two seconds, whatever happens behind it.
const PATIENCE_MS = 5_000;

/** Watches `/health/ready` all the time, as the load balancer in front does. */
export class Readiness {
  private ready = true;
  private stopped = false;
  private readonly watching: Promise<void>;

  constructor(private readonly hub: string) {
    this.watching = this.watch();
  }

  /** How long it took from now on until it said this, in milliseconds. */
  async says(ready: boolean): Promise<number> {
    const since = performance.now();
    await until(`/health/ready to say ${ready ? 'yes' : 'no'}`, async () => this.ready === ready, 30);
    return Math.round(performance.now() - since);
  }

  stop(): Promise<void> {
    this.stopped = true;
    return this.watching;
  }

  private async watch(): Promise<void> {
    while (!this.stopped) {
      this.ready = await fetch(`${this.hub}/health/ready`, { signal: AbortSignal.timeout(PATIENCE_MS) }).then(
        (answer) => answer.ok,
        () => false,
      );
      await sleep(LOOK_MS);
    }
  }
}
