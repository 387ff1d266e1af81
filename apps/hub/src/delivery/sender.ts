import type { Wakeups } from '@claimline/database';
import type { DeliveryRow, SendingQueue } from '@claimline/delivery';
import type { Log } from '@claimline/messages';
import type { Worker } from '../workers';
import type { SendDelivery } from './send-delivery';

const LOOK_EVERY_MS = 1000;
// Vendors answer within a few hundred milliseconds: eight at once make some thirty a second by one line, more than most allow.
const AT_ONCE_PER_INBOX = 8;
const AFTER_TROUBLE_MS = 1000;

/** Drains what is due, each inbox by itself, so that a slow vendor holds up nobody else. Several replicas share the work. */
export class Sender implements Worker {
  readonly name = 'sender';

  constructor(
    private readonly queue: SendingQueue,
    private readonly one: SendDelivery,
    private readonly wakeups: Wakeups,
    private readonly log: Log,
  ) {}

  async run(signal: AbortSignal): Promise<void> {
    const draining = new Map<string, Promise<void>>();
    while (!signal.aborted) {
      const heard = this.wakeups.heard('deliveries');
      const waiting = await this.queue.waiting().catch((error: unknown) => this.trouble(error, []));
      for (const inboxId of waiting.filter((id) => !draining.has(id))) {
        draining.set(
          inboxId,
          this.drain(inboxId, signal).finally(() => draining.delete(inboxId)),
        );
      }
      await this.wakeups.wait('deliveries', LOOK_EVERY_MS, signal, heard);
    }
    await Promise.all(draining.values());
  }

  /** Sends until nothing of this inbox is due, keeping all its places busy. */
  private async drain(inboxId: string, signal: AbortSignal): Promise<void> {
    const running = new Set<Promise<void>>();
    for (;;) {
      const heard = this.wakeups.heard('deliveries');
      const free = AT_ONCE_PER_INBOX - running.size;
      const taken =
        signal.aborted || free === 0 ? [] : await this.queue.take(inboxId, free).catch((error: unknown) => this.trouble(error, []));
      for (const delivery of taken) {
        const sending: Promise<void> = this.send(delivery).finally(() => running.delete(sending));
        running.add(sending);
      }
      if (running.size === 0) return;
      await this.nextChange(running, signal, heard);
    }
  }

  /** Until a place is free or something new is due. */
  private async nextChange(running: ReadonlySet<Promise<void>>, signal: AbortSignal, heard: number): Promise<void> {
    const over = new AbortController();
    const until =
      running.size < AT_ONCE_PER_INBOX && !signal.aborted ? [this.wakeups.wait('deliveries', LOOK_EVERY_MS, over.signal, heard)] : [];
    await Promise.race([...running, ...until]);
    over.abort();
  }

  private async send(delivery: DeliveryRow): Promise<void> {
    await this.one.send(delivery).catch((error: unknown) => this.trouble(error, undefined));
  }

  // The database is away or something is wrong with one message: it has its lease, and turns uncertain when that ends.
  private async trouble<T>(error: unknown, instead: T): Promise<T> {
    this.log.error({ error: String(error) }, 'sending was interrupted');
    await new Promise((resolve) => setTimeout(resolve, AFTER_TROUBLE_MS).unref());
    return instead;
  }
}
