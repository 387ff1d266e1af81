import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from './database';
import type { Liveness } from './liveness';

const DEFAULT_TTL_MS = 15_000;
// How often those who wait for a lease look whether its holder has died.
const LOOK_MS = 1_000;

export interface LeaseOptions {
  /** How long a holder that cannot be told from a living one (its machine or network is gone) blocks the others. */
  readonly ttlMs?: number;
  /** By this others see at once that a process has ended; without it they wait until its leases run out. */
  readonly liveness?: Liveness;
  /** Told when work under a lease ends with an error; the lease is taken again after a pause. */
  readonly onError?: (name: string, error: unknown) => void;
}

/**
 * Singletons among replicas: whoever holds a name does the work, the others wait until it is gone or its time runs out.
 * Times here are the database server's own, the one clock that all replicas share; they are never domain time.
 */
export class Leases {
  private readonly ttlMs: number;

  constructor(
    private readonly database: Database,
    private readonly options: LeaseOptions = {},
  ) {
    this.ttlMs = options.ttlMs ?? DEFAULT_TTL_MS;
  }

  /** Does `work` whenever this replica holds the name, until `signal`. The work's own signal ends when the lease is lost. */
  async run(name: string, work: (held: AbortSignal) => Promise<void>, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const held = await this.once(name, work, signal).catch((error: unknown) => {
        this.options.onError?.(name, error);
        return undefined;
      });
      if (!signal.aborted) await pause(held === undefined ? Math.min(this.ttlMs / 4, LOOK_MS) : 10, signal);
    }
  }

  /** Does `work` once if nobody holds the name; undefined when somebody does. Errors of the work are thrown. */
  async once<T>(name: string, work: (held: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<{ readonly done: T } | undefined> {
    const holder = randomUUID();
    if (!(await this.take(name, holder))) return undefined;
    const lost = new AbortController();
    const held = signal ? AbortSignal.any([signal, lost.signal]) : lost.signal;
    // Everything that the work waits for listens to it; many listeners are no leak here.
    setMaxListeners(0, held);
    const renewal = setInterval(() => void this.renew(name, holder, lost), this.ttlMs / 3);
    const unheard = this.options.liveness?.onLost(() => lost.abort());
    try {
      return { done: await work(held) };
    } finally {
      clearInterval(renewal);
      unheard?.();
      await this.release(name, holder).catch(() => undefined);
    }
  }

  private async take(name: string, holder: string): Promise<boolean> {
    const rows = await this.database.query({
      name: 'lease-take',
      text: TAKE,
      values: [name, holder, this.ttlMs, this.options.liveness?.key ?? null],
    });
    return rows.length > 0;
  }

  private async renew(name: string, holder: string, lost: AbortController): Promise<void> {
    try {
      const rows = await this.database.query({
        name: 'lease-renew',
        text: `UPDATE leases SET until = now() + $3::int * interval '1 millisecond' WHERE name = $1 AND holder = $2 RETURNING fence`,
        values: [name, holder, this.ttlMs],
      });
      if (rows.length === 0) lost.abort();
    } catch {
      // Unknown whether we still hold it: stop rather than be two.
      lost.abort();
    }
  }

  private async release(name: string, holder: string): Promise<void> {
    await this.database.query({
      name: 'lease-release',
      text: `UPDATE leases SET until = now() - interval '1 second' WHERE name = $1 AND holder = $2`,
      values: [name, holder],
    });
  }
}

// A lease is free when its time is over, or when the lock of its holder's process is: a dead process has no locks. Whoever finds it held writes nothing.
const FREE = `(l.until < now() OR (l.life IS NOT NULL AND pg_try_advisory_xact_lock_shared(l.life)))`;
const TAKE = `
  INSERT INTO leases AS l (name, holder, until, fence, life)
  SELECT $1::text, $2::uuid, now() + $3::int * interval '1 millisecond', 1, $4::bigint WHERE NOT EXISTS (SELECT FROM leases l WHERE l.name = $1 AND NOT ${FREE})
  ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until, fence = l.fence + 1, life = excluded.life WHERE ${FREE}
  RETURNING fence
`;

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}
