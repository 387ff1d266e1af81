import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock, Database, Leases, Wakeups } from '@claimline/database';
import { InboxStates } from '@claimline/delivery';
import type { InboundEvent, Log } from '@claimline/messages';
import { InboundDesk } from '../inbound/inbound-desk';
import type { Worker } from '../workers';
import type { InboxRegistry, VersionedInbox } from './inbox-registry';

const HOUR_MS = 60 * 60_000;
// Connections that broke with the database are found one by one in its first seconds; what they carried is asked for with the rest.
const SETTLED_MS = 5_000;
const FIRST_PAUSE_MS = 5_000;
// Vendors' clocks and ours differ, and what they list may lag behind; what we have already is known by its key.
const OVERLAP_MS = 15 * 60_000;
const CURSOR = 'backfill';

/** Asks the vendors, after a start, when the database was away, and every hour, what they have for us that never reached us: after an outage nothing is missing. */
export class Backfill implements Worker {
  readonly name = 'backfill';
  private isTroubled = false;

  constructor(
    private readonly database: Database,
    private readonly states: InboxStates,
    private readonly registry: InboxRegistry,
    private readonly desk: InboundDesk,
    private readonly world: { readonly leases: Leases; readonly wakeups: Wakeups; readonly clock: Clock; readonly log: Log },
  ) {}

  async run(signal: AbortSignal): Promise<void> {
    for (let pause = FIRST_PAUSE_MS; !signal.aborted;) {
      const isWhole = await this.round().then(
        () => !this.isTroubled,
        (error: unknown) => this.troubled(error),
      );
      pause = isWhole ? FIRST_PAUSE_MS : Math.min(pause * 2, HOUR_MS);
      const isBack = await this.world.wakeups.wait('database-back', isWhole ? HOUR_MS : pause, signal);
      if (isBack) await sleep(SETTLED_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Asks every vendor once; returns how many events they had. One that fails leaves the others alone, and is asked from the same moment next time. */
  async round(): Promise<number> {
    this.isTroubled = false;
    const able = (await this.registry.all()).filter(({ channel }) => channel.backfill);
    const counts = await Promise.all(
      able.map((inbox) =>
        this.world.leases
          .once(`inbox:${inbox.id}:backfill`, () => this.catchUp(inbox))
          .catch((error: unknown) => this.failed(inbox, error)),
      ),
    );
    return counts.reduce((sum, count) => sum + (count?.done ?? 0), 0);
  }

  private async catchUp(inbox: VersionedInbox): Promise<number> {
    const now = this.world.clock.now();
    const known = await this.states.get(this.database, inbox.id, CURSOR);
    // What came before the line was connected is not ours; what came since may have been missed, also where nobody has asked so far.
    const since = known ? new Date(new Date(String(known.value)).getTime() - OVERLAP_MS) : inbox.createdAt;
    let count = 0;
    for await (const event of inbox.channel.backfill!(since)) {
      await this.desk.take(inbox, { events: [event] }, { door: 'backfill', body: asJson(event), receivedAt: now });
      count += 1;
    }
    await this.states.set(this.database, inbox.id, CURSOR, { value: now.toISOString(), version: known?.version ?? 0 });
    return count;
  }

  private troubled(error: unknown): false {
    this.world.log.error({ error: String(error) }, 'missed messages could not be asked for; trying again soon');
    return false;
  }

  private failed(inbox: VersionedInbox, error: unknown): undefined {
    this.isTroubled = true;
    this.world.log.warn(
      { inboxId: inbox.id, error: String(error) },
      'a vendor could not be asked for missed messages; it will be asked again from the same moment',
    );
    return undefined;
  }
}

const asJson = (event: InboundEvent): Buffer => Buffer.from(JSON.stringify(event), 'utf8');
