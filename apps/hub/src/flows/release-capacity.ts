import { Database, type Clock, type LoggedEvent, type Transaction } from '@claimline/database';
import type { Log } from '@claimline/messages';
import { QueueWatch, Router } from '@claimline/routing';
import { identified, oneByOne } from './one-by-one';
import { PlaceConversation } from './place-conversation';

/** Gives adjusters their capacity back: answered, gone quiet, set aside, closed. */
export class ReleaseCapacity {
  readonly name = 'capacity';

  constructor(
    private readonly database: Database,
    private readonly watch: QueueWatch,
    private readonly place: PlaceConversation,
    private readonly router: Router,
    private readonly clock: Clock,
    readonly log: Log,
  ) {}

  /** Customers who have been quiet for a while. */
  async sweep(now: Date): Promise<number> {
    const ids = await this.watch.quiet(this.database, now);
    return oneByOne(identified(ids), this, ({ id }) =>
      this.database.transaction(async (tx) => {
        await this.place.locked(tx, id, now);
        await this.router.release(tx, id, 'quiet', now);
      }),
    );
  }

  async onMessageSent(tx: Transaction, event: LoggedEvent): Promise<void> {
    // A machine's words are no answer: the customer still waits for somebody.
    if (event.payload['authorId']) await this.change(tx, event, (id, now) => this.router.answered(tx, id, now));
  }

  async onCallChanged(tx: Transaction, event: LoggedEvent): Promise<void> {
    if (event.payload['phase'] === 'answered') await this.change(tx, event, (id, now) => this.router.answered(tx, id, now));
  }

  async onConversationResolved(tx: Transaction, event: LoggedEvent): Promise<void> {
    await this.change(tx, event, (id, now) => this.router.finish(tx, id, 'resolved', now));
  }

  async onConversationSnoozed(tx: Transaction, event: LoggedEvent): Promise<void> {
    await this.change(tx, event, (id, now) => this.router.finish(tx, id, 'snoozed', now));
  }

  private async change(tx: Transaction, event: LoggedEvent, work: (id: string, now: Date) => Promise<void>): Promise<void> {
    const id = event.conversationId;
    if (!id) return;
    await this.place.locked(tx, id, event.at);
    await work(id, this.clock.now());
  }
}
