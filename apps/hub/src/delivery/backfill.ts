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
// A message that we have already costs little, but a trip to the disk each if they come one by one.
const TOGETHER = 64;
const CURSOR = 'backfill';

/** What a round came to. It is whole when every vendor was asked since it was wanted, by us or by another replica. */
export interface BackfillRound {
  readonly events: number;
  readonly isWhole: boolean;
}

/** Asks the vendors, after a start, when the database was away, and every hour, what they have for us that never reached us: after an outage nothing is missing. */
export class Backfill implements Worker {
  readonly name = 'backfill';

  constructor(
    private readonly database: Database,
    private readonly states: InboxStates,
    private readonly registry: InboxRegistry,
    private readonly desk: InboundDesk,
    private readonly world: { readonly leases: Leases; readonly wakeups: Wakeups; readonly clock: Clock; readonly log: Log },
  ) {}

  async run(signal: AbortSignal): Promise<void> {
    let wanted = this.world.clock.now();
    for (let pause = FIRST_PAUSE_MS; !signal.aborted;) {
      // Taken before the round: the database may go and come back while it lasts.
      const heard = this.world.wakeups.heard('database-back');
      const { isWhole } = await this.round(wanted).catch((error: unknown) => this.troubled(error));
      const isBack = await this.world.wakeups.wait('database-back', isWhole ? HOUR_MS : pause, signal, heard);
      if (isBack) await sleep(SETTLED_MS, undefined, { signal }).catch(() => undefined);
      pause = isWhole || isBack ? FIRST_PAUSE_MS : Math.min(pause * 2, HOUR_MS);
      // A vendor that cannot be asked must not keep the others from their hour.
      if (isWhole || isBack || this.isOld(wanted)) wanted = this.world.clock.now();
    }
  }

  private isOld(wanted: Date): boolean {
    return this.world.clock.now().getTime() - wanted.getTime() >= HOUR_MS;
  }

  /** Asks every vendor that nobody has asked since `wanted`. One that fails leaves the others alone, and is asked from the same moment next time. */
  async round(wanted = this.world.clock.now()): Promise<BackfillRound> {
    const able = (await this.registry.all()).filter(({ channel }) => channel.backfill);
    const asked = await Promise.all(able.map((inbox) => this.ask(inbox, wanted).catch((error: unknown) => this.failed(inbox, error))));
    return { events: asked.reduce((sum, { events }) => sum + events, 0), isWhole: asked.every(({ isWhole }) => isWhole) };
  }

  // Who holds the name may have begun before the outage, or be a round of ours that the outage broke off: that is no answer yet.
  private async ask(inbox: VersionedInbox, wanted: Date): Promise<BackfillRound> {
    const asked = await this.world.leases.once(`inbox:${inbox.id}:backfill`, () => this.catchUp(inbox, wanted));
    return { events: asked?.done ?? 0, isWhole: asked !== undefined };
  }

  private async catchUp(inbox: VersionedInbox, wanted: Date): Promise<number> {
    const now = this.world.clock.now();
    const known = await this.states.get(this.database, inbox.id, CURSOR);
    const asked = known && new Date(String(known.value));
    if (asked && asked > wanted) return 0;
    // What came before the line was connected is not ours; what came since may have been missed, also where nobody has asked so far.
    const since = asked ? new Date(asked.getTime() - OVERLAP_MS) : inbox.createdAt;
    let count = 0;
    for await (const events of inGroups(inbox.channel.backfill!(since))) {
      await this.takeTogether(inbox, events, now);
      count += events.length;
    }
    await this.states.set(this.database, inbox.id, CURSOR, { value: now.toISOString(), version: known?.version ?? 0 });
    return count;
  }

  /** What different people sent is taken beside each other; what one sent, one after the other. */
  private async takeTogether(inbox: VersionedInbox, events: readonly InboundEvent[], receivedAt: Date): Promise<void> {
    const last = new Map<string, Promise<unknown>>();
    for (const event of events) {
      const whose = 'from' in event ? event.from.value : event.key;
      const raw = { door: 'backfill' as const, body: asJson(event), receivedAt };
      const before = last.get(whose) ?? Promise.resolve();
      last.set(
        whose,
        before.then(() => this.desk.take(inbox, { events: [event] }, raw)),
      );
    }
    await Promise.all(last.values());
  }

  private troubled(error: unknown): BackfillRound {
    this.world.log.error({ error: String(error) }, 'missed messages could not be asked for; trying again soon');
    return { events: 0, isWhole: false };
  }

  private failed(inbox: VersionedInbox, error: unknown): BackfillRound {
    this.world.log.warn(
      { inboxId: inbox.id, error: String(error) },
      'a vendor could not be asked for missed messages; it will be asked again from the same moment',
    );
    return { events: 0, isWhole: false };
  }
}

async function* inGroups(events: AsyncIterable<InboundEvent>): AsyncGenerator<InboundEvent[]> {
  let group: InboundEvent[] = [];
  for await (const event of events) {
    group.push(event);
    if (group.length < TOGETHER) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

const asJson = (event: InboundEvent): Buffer => Buffer.from(JSON.stringify(event), 'utf8');
