import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { Database } from '../database';

/** The things that sleepers wait for. */
export type Wakeup = 'outbox' | 'event_log' | 'deliveries' | 'inboxes' | 'bulk' | 'broadcasts' | 'database-back';

// At most one NOTIFY per topic in this time: a wake-up says "look", so one does for a hundred commits.
const NOTIFY_PAUSE_MS = 5;
const CONNECT_MS = 5000;

/**
 * Tells sleepers, here and in other processes, that there is something to look at (LISTEN/NOTIFY).
 * Only ever a hint: whoever waits also looks again after a second, so a lost wake-up costs time and nothing else.
 */
export class Wakeups {
  private readonly local = new EventEmitter().setMaxListeners(0);
  private readonly pending = new Set<Wakeup>();
  private client: Client | undefined;
  private closed = false;

  constructor(
    private readonly database: Database,
    private readonly url: string,
  ) {}

  /** Starts listening to other processes; comes back by itself when the connection is lost. */
  async open(): Promise<void> {
    const client = new Client({
      connectionString: this.url,
      application_name: 'claimline wakeups',
      keepAlive: true,
      connectionTimeoutMillis: CONNECT_MS,
    });
    client.on('error', () => undefined);
    // A connection that never came about ends too, and whoever tried it tries again: two that come back by themselves would soon be thousands.
    client.on('end', () => this.client === client && void this.reopen());
    client.on('notification', ({ payload }) => this.local.emit(payload ?? ''));
    await client.connect();
    await client.query('LISTEN claimline');
    this.client = client;
  }

  /** Wakes everybody who waits for `topic`. */
  wake(topic: Wakeup): void {
    this.local.emit(topic);
    if (this.pending.has(topic) || this.closed) return;
    this.pending.add(topic);
    setTimeout(() => this.tell(topic), NOTIFY_PAUSE_MS).unref();
  }

  /** Waits for a wake-up, but no longer than `milliseconds`, and not beyond `signal`. Resolves with whether it came. */
  async wait(topic: Wakeup, milliseconds: number, signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    return new Promise<boolean>((resolve) => {
      const end = (isWoken: boolean): void => {
        clearTimeout(timer);
        this.local.off(topic, woken);
        signal.removeEventListener('abort', over);
        resolve(isWoken);
      };
      const woken = (): void => end(true);
      const over = (): void => end(false);
      const timer = setTimeout(over, milliseconds);
      this.local.once(topic, woken);
      signal.addEventListener('abort', over, { once: true });
    });
  }

  on(topic: Wakeup, listener: () => void): () => void {
    this.local.on(topic, listener);
    return () => this.local.off(topic, listener);
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.client?.end().catch(() => undefined);
  }

  private tell(topic: Wakeup): void {
    this.pending.delete(topic);
    if (this.closed) return;
    this.database.query({ name: 'notify', text: `SELECT pg_notify('claimline', $1)`, values: [topic] }).catch(() => undefined);
  }

  private async reopen(): Promise<void> {
    this.client = undefined;
    while (!this.closed && !this.client) {
      await sleep(500, undefined, { ref: false });
      if (!this.closed) await this.open().catch(() => undefined);
    }
    // Whoever was told to come again meanwhile may not: this is the moment to ask.
    if (this.client) this.local.emit('database-back');
  }
}
