import type { Wakeups } from '@claimline/database';
import type { DeliveryRow, SendingQueue } from '@claimline/delivery';
import type { Log } from '@claimline/messages';
import type { Worker } from '../workers';
import { BusyLine } from './busy-line';
import type { SendDelivery } from './send-delivery';

const LOOK_EVERY_MS = 1000;
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
    const lines = new Map<string, BusyLine<DeliveryRow>>();
    while (!signal.aborted) {
      const heard = this.wakeups.heard('deliveries');
      const waiting = await this.queue.waiting().catch((error: unknown) => this.trouble(error, []));
      for (const inboxId of waiting) {
        const line = lines.get(inboxId) ?? this.lineOf(inboxId, signal);
        lines.set(inboxId, line);
        line.look();
      }
      await this.wakeups.wait('deliveries', LOOK_EVERY_MS, signal, heard);
    }
    await Promise.all([...lines.values()].map((line) => line.rest()));
  }

  private lineOf(inboxId: string, signal: AbortSignal): BusyLine<DeliveryRow> {
    return new BusyLine({
      take: (wanted) => this.queue.take(inboxId, wanted).catch((error: unknown) => this.trouble(error, [])),
      send: (delivery) => this.one.send(delivery).catch((error: unknown) => this.trouble(error, undefined)),
      signal,
    });
  }

  // The database is away or something is wrong with one message: it has its lease, and turns uncertain when that ends.
  private async trouble<T>(error: unknown, instead: T): Promise<T> {
    this.log.error({ error: String(error) }, 'sending was interrupted');
    await new Promise((resolve) => setTimeout(resolve, AFTER_TROUBLE_MS).unref());
    return instead;
  }
}
