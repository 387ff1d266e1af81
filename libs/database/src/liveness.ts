import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

const CONNECT_MS = 5_000;
const AGAIN_MS = 500;

/**
 * Shows to other replicas that this process lives: a lock of the database on a connection of its own, which the database lets go the moment that
 * the process is gone. Whoever finds the lock free need not wait until the leases of the dead one run out.
 */
export class Liveness {
  private client: Client | undefined;
  private closed = false;
  private current: string | undefined;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly url: string) {}

  /** The key of the lock, as it is written beside a lease; undefined while the connection is away. */
  get key(): string | undefined {
    return this.current;
  }

  /** Takes the lock; comes back by itself, with another key, when the connection is lost. */
  async open(): Promise<void> {
    const client = new Client({
      connectionString: this.url,
      application_name: 'claimline liveness',
      keepAlive: true,
      connectionTimeoutMillis: CONNECT_MS,
    });
    client.on('error', () => undefined);
    client.on('end', () => this.client === client && void this.reopen());
    await client.connect();
    const key = randomBytes(8).readBigInt64BE().toString();
    await client.query('SELECT pg_advisory_lock($1::bigint)', [key]);
    [this.client, this.current] = [client, key];
  }

  /** Tells when others may take this process for dead; returns how to stop listening. */
  onLost(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.client?.end().catch(() => undefined);
  }

  private async reopen(): Promise<void> {
    [this.client, this.current] = [undefined, undefined];
    for (const listener of [...this.listeners]) listener();
    while (!this.closed && !this.client) {
      await sleep(AGAIN_MS, undefined, { ref: false });
      if (!this.closed) await this.open().catch(() => undefined);
    }
  }
}
