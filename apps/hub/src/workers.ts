import { setMaxListeners } from 'node:events';
import type { ConsumerRunner, JobHandlers, Leases, Sequencer } from '@claimline/database';
import { Database, JobRunner } from '@claimline/database';
import type { Log } from '@claimline/messages';

/** Something that runs until it is told to stop. */
export interface Worker {
  readonly name: string;
  run(signal: AbortSignal): Promise<void>;
}

/** What looks once a second whether a domain time has come; returns how much it did. */
export interface Sweep {
  readonly name: string;
  sweep(now: Date): Promise<number>;
}

/** Everything that runs beside the requests. Singletons take a lease each, so replicas share the work. */
export interface WorkerParts {
  readonly database: Database;
  readonly leases: Leases;
  readonly log: Log;
  readonly sequencer: Sequencer;
  readonly consumers: readonly ConsumerRunner[];
  readonly sweeps: readonly Sweep[];
  readonly workers: readonly Worker[];
  readonly jobs: JobHandlers;
  readonly now: () => Date;
}

const SWEEP_EVERY_MS = 1000;
const JOBS_AT_ONCE = 4;

/** The running workers of this process. */
export class Workers {
  private readonly stopping = new AbortController();
  private running: Promise<unknown>[] = [];
  private jobRunner: JobRunner | undefined;

  constructor(private readonly parts: WorkerParts) {
    // Every worker and every wait listens to this one signal; ten is only Node's guess at a leak.
    setMaxListeners(0, this.stopping.signal);
  }

  async start(): Promise<void> {
    const { sequencer, consumers, sweeps, workers, leases } = this.parts;
    const { signal } = this.stopping;
    this.jobRunner = await JobRunner.start(this.parts.database, this.parts.jobs, JOBS_AT_ONCE);
    this.running = [
      sequencer.run(signal),
      ...consumers.map((consumer) => consumer.run(signal)),
      ...workers.map((worker) => worker.run(signal)),
      leases.run('sweeps', (held) => this.sweepUntil(held, sweeps), signal),
    ];
  }

  /** Takes nothing new and waits for what is under way. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.jobRunner?.stop();
    await Promise.allSettled(this.running);
  }

  private async sweepUntil(held: AbortSignal, sweeps: readonly Sweep[]): Promise<void> {
    while (!held.aborted) {
      for (const sweep of sweeps) await this.once(sweep);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, SWEEP_EVERY_MS);
        held.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
      });
    }
  }

  // One sweep that fails must not keep the others from their time.
  private async once(sweep: Sweep): Promise<void> {
    try {
      await sweep.sweep(this.parts.now());
    } catch (error) {
      this.parts.log.error({ sweep: sweep.name, error: String(error) }, 'a sweep failed and will be done again');
    }
  }
}
