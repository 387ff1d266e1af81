import { Logger, run, type Runner, type TaskList } from 'graphile-worker';
import type { Database } from './database';
import type { Queries } from './transaction';

export interface JobOptions {
  /** Two jobs of one key are one: the later replaces the earlier while it waits. */
  readonly key?: string;
  /** Not before (the machine's time: domain timers are swept by `Clock` instead). */
  readonly runAt?: Date;
  /** Tries before it is given up; waits grow exponentially. */
  readonly attempts?: number;
}

/** Work to be done after the commit, outside of any transaction: media, imports, outgoing webhooks (graphile-worker). */
export class Jobs {
  /** Enqueues in the caller's transaction: the job exists if and only if the rest is committed. */
  async add(queries: Queries, name: string, payload: object, options: JobOptions = {}): Promise<void> {
    await queries.query({
      name: 'job-add',
      text: `SELECT id FROM graphile_worker.add_job($1, $2::json, run_at => coalesce($3::timestamptz, now()), job_key => $4, max_attempts => $5)`,
      values: [name, JSON.stringify(payload), options.runAt ?? null, options.key ?? null, options.attempts ?? 12],
    });
  }

  /** Removes at most `limit` jobs that were given up after all their tries and have stood there since before a time of the machine's clock. */
  async removeGivenUp(queries: Queries, before: Date, limit: number): Promise<number> {
    const rows = await queries.query({
      name: 'jobs-given-up',
      text: `SELECT id FROM graphile_worker.complete_jobs(ARRAY (
               SELECT id FROM graphile_worker.jobs WHERE attempts >= max_attempts AND locked_at IS NULL AND run_at < $1 ORDER BY run_at LIMIT $2))`,
      values: [before, limit],
    });
    return rows.length;
  }
}

/** What a job does. Throws to be tried again. */
export type JobHandlers = Readonly<
  Record<string, (payload: never, tries: { readonly attempt: number; readonly last: boolean }) => Promise<void>>
>;

// A failing job is logged by whoever handles it; the library's own lines would carry payloads.
const QUIET = new Logger(() => () => undefined);

/** Runs the jobs of this database in this process; several processes share the work. */
export class JobRunner {
  private constructor(private readonly runner: Runner) {}

  static async start(database: Database, handlers: JobHandlers, concurrency: number): Promise<JobRunner> {
    const taskList: TaskList = {};
    for (const [name, handler] of Object.entries(handlers)) {
      taskList[name] = (payload, helpers) =>
        handler(payload as never, { attempt: helpers.job.attempts, last: helpers.job.attempts >= helpers.job.max_attempts });
    }
    const runner = await run({
      pgPool: database.driverPool,
      taskList,
      concurrency,
      noHandleSignals: true,
      pollInterval: 1000,
      parsedCronItems: [],
      logger: QUIET,
    });
    return new JobRunner(runner);
  }

  /** Waits for what is running, takes nothing new. */
  async stop(): Promise<void> {
    await this.runner.stop();
  }
}
