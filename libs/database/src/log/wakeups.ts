import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { Database } from '../database';

/** The things that sleepers wait for. */
export type Wakeup = 'outbox' | 'event_log' | 'deliveries' | 'inboxes' | 'bulk' | 'broadcasts' | 'configuration' | 'database-back';

// At most one NOTIFY in this time: a wake-up says "look", so one does for a hundred commits.
const NOTIFY_PAUSE_MS = 5;
const CONNECT_MS = 5000;
// What a wake-up is about where nobody has said so, and what everybody hears who has not said what they wait for.
const ANY = '?';
const ALL = '*';

/** Some things of a topic: kinds of events. */
export interface Interest {
  readonly topic: Wakeup;
  readonly about: readonly string[];
}

const interestIn = (interest: Wakeup | Interest): Interest => (typeof interest === 'string' ? { topic: interest, about: [ALL] } : interest);

/**
 * Tells sleepers, here and in other processes, that there is something to look at (LISTEN/NOTIFY).
 * Only ever a hint: whoever waits also looks again after a second, so a lost wake-up costs time and nothing else.
 */
export class Wakeups {
  private readonly local = new EventEmitter().setMaxListeners(0);
  private readonly rung = new Map<string, number>();
  private readonly pending = new Set<Wakeup>();
  private telling = false;
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
    // What this process has told comes back to it too, and everybody here knows it already.
    client.on('notification', ({ payload, processId }) => {
      if (processId !== (client as unknown as { processID: number }).processID) this.ring(payload ?? '');
    });
    await client.connect();
    await client.query('LISTEN claimline');
    // A hint need not be on the disk.
    await client.query('SET synchronous_commit TO off');
    this.client = client;
  }

  /** Whether what other processes tell is heard now. */
  get isListening(): boolean {
    return this.client !== undefined;
  }

  /** Wakes everybody who waits for `topic`; those here who wait for some things of it (`about`) only where it is about one of these. */
  wake(topic: Wakeup, about?: ReadonlySet<string>): void {
    this.ring(topic, about);
    this.pending.add(topic);
    this.tellSoon();
  }

  /** How often `topic` was told of, or some things of it. Taken before one looks, it makes {@link wait} hear of what comes while one still looks. */
  heard(interest: Wakeup | Interest): number {
    const { topic, about } = interestIn(interest);
    return [ANY, ...about].reduce((sum, one) => sum + (this.rung.get(`${topic} ${one}`) ?? 0), 0);
  }

  /**
   * Waits for a wake-up, but no longer than `milliseconds`, and not beyond `signal`; not at all when there was one since `heard`.
   * Resolves with whether it came.
   */
  async wait(interest: Wakeup | Interest, milliseconds: number, signal: AbortSignal, heard = this.heard(interest)): Promise<boolean> {
    const { topic } = interestIn(interest);
    if (signal.aborted) return false;
    if (heard !== this.heard(interest)) return true;
    return new Promise<boolean>((resolve) => {
      const end = (isWoken: boolean): void => {
        clearTimeout(timer);
        this.local.off(topic, woken);
        signal.removeEventListener('abort', over);
        resolve(isWoken);
      };
      const woken = (): void => void (heard !== this.heard(interest) && end(true));
      const over = (): void => end(false);
      const timer = setTimeout(over, milliseconds);
      this.local.on(topic, woken);
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

  // Other processes do not say what it is about.
  private ring(topic: string, about?: ReadonlySet<string>): void {
    for (const one of about ? [ALL, ...about] : [ANY]) this.rung.set(`${topic} ${one}`, (this.rung.get(`${topic} ${one}`) ?? 0) + 1);
    this.local.emit(topic);
  }

  private tellSoon(): void {
    if (this.telling || this.closed) return;
    this.telling = true;
    setTimeout(() => void this.tell(), NOTIFY_PAUSE_MS).unref();
  }

  // One at a time on the connection that listens: a NOTIFY is a commit, and nobody who has work to do should wait for it.
  private async tell(): Promise<void> {
    const topics = [...this.pending];
    this.pending.clear();
    const text = `SELECT pg_notify('claimline', topic) FROM unnest($1::text[]) AS topic`;
    const told = this.client
      ? this.client.query({ name: 'notify', text, values: [topics] })
      : this.database.query({ name: 'notify', text, values: [topics] });
    await (told as Promise<unknown>).catch(() => undefined);
    this.telling = false;
    if (this.pending.size > 0) this.tellSoon();
  }

  private async reopen(): Promise<void> {
    this.client = undefined;
    // What is not heard from now on may be of any configuration.
    this.ring('configuration');
    while (!this.closed && !this.client) {
      await sleep(500, undefined, { ref: false });
      if (!this.closed) await this.open().catch(() => undefined);
    }
    // Whoever was told to come again meanwhile may not: this is the moment to ask.
    if (this.client) this.ring('database-back');
  }
}
