import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock, Database, Leases } from '@claimline/database';
import { afterAsking, DeliverySweeps, type DeliveryRow } from '@claimline/delivery';
import type { Log, OutboundMessage, SendReceipt } from '@claimline/messages';
import { SettleDelivery, type Settlement } from '../flows/settle-delivery';
import type { Worker } from '../workers';
import type { InboxRegistry } from './inbox-registry';
import { MessageContent } from './message-content';
import { taken, type SendDelivery } from './send-delivery';

const LOOK_EVERY_MS = 1000;
// Longer than a vendor takes to answer: nobody else asks meanwhile.
const PUT_OFF_MS = 60_000;

/**
 * Finds out what became of sends whose answer was lost: asks the vendor where that can be asked, waits for a receipt, and gives to a person what
 * stays unknown. Sends nothing.
 */
export class AskUncertain implements Worker {
  readonly name = 'ask-uncertain';

  constructor(
    private readonly database: Database,
    private readonly rooms: { readonly sweeps: DeliverySweeps; readonly content: MessageContent },
    private readonly registry: InboxRegistry,
    private readonly sender: SendDelivery,
    private readonly settle: SettleDelivery,
    private readonly world: { readonly clock: Clock; readonly log: Log; readonly leases: Leases },
  ) {}

  async run(signal: AbortSignal): Promise<void> {
    await this.world.leases.run(
      'deliveries:ask',
      async (held) => {
        while (!held.aborted) {
          const asked = await this.step();
          // Its time comes seconds after it was tried: what else becomes due meanwhile is no reason to look.
          if (asked === 0) await sleep(LOOK_EVERY_MS, undefined, { signal: held }).catch(() => undefined);
        }
      },
      signal,
    );
  }

  /** Asks for everything whose time has come; returns how many. */
  async step(): Promise<number> {
    const now = this.world.clock.now();
    const rows = await this.rooms.sweeps.toAsk(this.database, now, new Date(now.getTime() + PUT_OFF_MS));
    await Promise.allSettled(rows.map((row) => this.resolve(row)));
    return rows.length;
  }

  private async resolve(row: DeliveryRow): Promise<void> {
    const answer = await this.ask(row).catch((error: unknown) => {
      this.world.log.warn({ deliveryId: row.id, error: String(error) }, 'the vendor could not be asked about an uncertain message');
      return 'unknown' as const;
    });
    const now = this.world.clock.now();
    const unanswered = (said: 'absent' | 'unknown'): Settlement => ({
      verdict: afterAsking(said, { firstTriedAt: row.first_tried_at ?? row.changed_at, asks: row.asks, now }),
    });
    const settlement = typeof answer === 'string' ? unanswered(answer) : taken(answer);
    await this.database.transaction(async (tx) => {
      const isOurs = await this.settle.resolve(tx, row, settlement, now);
      if (!isOurs) await this.settle.resolve(tx, row, unanswered('unknown'), now);
    });
  }

  private async ask(row: DeliveryRow): Promise<SendReceipt | 'absent' | 'unknown'> {
    const inbox = await this.registry.find(row.inbox_id);
    if (!inbox?.channel.find) return 'unknown';
    const content = (await this.rooms.content.load([row.id])).get(row.id);
    const message: OutboundMessage | undefined =
      content && this.sender.compose(row, content, { inbox, as: { go: row.template ? 'template' : 'text' } });
    return message ? inbox.channel.find(message) : 'unknown';
  }
}
