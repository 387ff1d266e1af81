import { Database } from '@claimline/database';
import type { Log } from '@claimline/messages';
import { Presences, QueueWatch, Router, type Due } from '@claimline/routing';
import { PlaceConversation } from './place-conversation';

/**
 * Looks again at everything that waits: somebody came online, has room again, is on leave or back, or the next ring is open.
 * One conversation is one transaction, and one that fails does not keep the others waiting.
 */
export class SweepQueue {
  readonly name = 'queue';

  constructor(
    private readonly database: Database,
    private readonly watch: QueueWatch,
    private readonly presences: Presences,
    private readonly place: PlaceConversation,
    private readonly router: Router,
    private readonly log: Log,
  ) {}

  async sweep(now: Date): Promise<number> {
    await this.database.transaction((tx) => this.presences.expire(tx, now));
    const looked = [
      await this.again(await this.watch.returning(this.database, now), now),
      await this.again(await this.watch.stranded(this.database, now), now),
      await this.holdAgain(now),
      await this.again(await this.watch.placeable(this.database, now), now),
    ];
    return looked.reduce((sum, count) => sum + count, 0);
  }

  private async again(due: readonly Due[], now: Date): Promise<number> {
    for (const { conversationId, cause } of due) {
      await this.apart(conversationId, () => this.database.transaction((tx) => this.place.route(tx, conversationId, { cause, now })));
    }
    return due.length;
  }

  private async holdAgain(now: Date): Promise<number> {
    const ids = await this.watch.starved(this.database);
    for (const id of ids) {
      await this.apart(id, () =>
        this.database.transaction(async (tx) => {
          await this.place.locked(tx, id, now);
          await this.router.hold(tx, id, now);
        }),
      );
    }
    return ids.length;
  }

  private async apart(conversationId: string, work: () => Promise<unknown>): Promise<void> {
    await work().catch((error: unknown) =>
      this.log.error({ conversationId, error: String(error) }, 'a waiting conversation could not be routed and will be tried again'),
    );
  }
}
