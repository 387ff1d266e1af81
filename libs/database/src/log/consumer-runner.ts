import type { Clock } from '../clock';
import type { Database } from '../database';
import type { Leases } from '../leases';
import type { Statement, Transaction } from '../transaction';
import type { Consumer } from './consumer';
import { readEvent, readLogOf, type LoggedEvent } from './event-log';
import { dueParked, failAgain, hurryParked, park, parkedConversations, unpark, type ParkedEvent } from './parked-events';
import type { Interest, Wakeups } from './wakeups';

const BATCH = 100;
// A transaction holds the rows of the conversations it has touched, and who writes in one of them meanwhile waits with everybody in the same
// inbound batch. So it is kept short: after this time what is done is committed, and the rest goes into the next.
const HOLD_MS = 5;
// How many events are handled at the same time. A trip takes almost as long for one as for all of them, so their transaction lasts hardly longer; but it holds
// the rows of all.
const ABREAST = 16;
const NET_MS = 1000;
// How often it is looked for what somebody else may have parked, and how often it is written down that only events of others have passed by.
const LOOK_MS = 1000;
const FIRST_RETRY_MS = 2_000;
const LAST_RETRY_MS = 15 * 60_000;

export interface ConsumerDeps {
  readonly database: Database;
  readonly leases: Leases;
  readonly wakeups: Wakeups;
  readonly clock: Clock;
  /** Told of every event that was set aside. */
  readonly onParked: (consumer: string, event: LoggedEvent, error: unknown) => void;
  /** Lets go first whatever is more urgent than a follow-up; told for how many milliseconds we have worked since. */
  readonly giveWay?: (worked: number) => Promise<void>;
}

/** How far a consumer has read, and how much of that the database knows: what others read passes by without a word. */
interface Place {
  at: number;
  kept: number;
}

// Whoever finds the consumer elsewhere than it left it asks for a setting that there is not: what is sent together with the commit can stop it by failing only.
const MOVE = `
  WITH moved AS (UPDATE consumers SET position = $2 WHERE name = $1 AND position = $3 RETURNING 'off' AS waits)
  SELECT set_config('synchronous_commit', coalesce((SELECT waits FROM moved), 'displaced'), true)
`;

// https://www.postgresql.org/docs/current/errcodes-appendix.html
const INVALID_PARAMETER_VALUE = '22023';

/** Somebody else has moved the consumer on: the lease was lost and this process did not know it yet. Nothing of the transaction stays. */
const isDisplaced = (error: unknown): boolean =>
  error instanceof Error && (error as { code?: string }).code === INVALID_PARAMETER_VALUE && error.message.includes('displaced');

/** How long a parked event waits before its next try: doubling, from two seconds to a quarter of an hour. */
export const retryDelay = (attempts: number): number => Math.min(FIRST_RETRY_MS * 2 ** attempts, LAST_RETRY_MS);

/**
 * Reads the log for one consumer, in order, under its lease. While all goes well many events share a short transaction; when one fails,
 * they are done again one by one and the failing one is parked: later events of its conversation wait behind it, others pass.
 */
export class ConsumerRunner {
  /** Only its holder moves it: so it is read once, and again after somebody else has. */
  private place: Place | undefined;
  private parked = new Set<string | null>();
  private looksAt = 0;
  private keepsAt = 0;

  constructor(
    private readonly deps: ConsumerDeps,
    private readonly consumer: Consumer,
  ) {}

  async run(signal: AbortSignal): Promise<void> {
    await this.deps.leases.run(`consumer:${this.consumer.name}`, (held) => this.follow(held), signal);
  }

  private async follow(held: AbortSignal): Promise<void> {
    this.place = undefined;
    const ours: Interest = { topic: 'event_log', about: this.consumer.types };
    while (!held.aborted) {
      const heard = this.deps.wakeups.heard(ours);
      const handled = await this.step(held);
      // What has come since was told of: after less than a whole batch there is nothing left to read.
      if (handled < BATCH) await this.deps.wakeups.wait(ours, NET_MS, held, heard);
    }
  }

  /** Handles one batch and what is parked and due; returns how many events the log had for us. */
  async step(held?: AbortSignal): Promise<number> {
    const place = (this.place ??= await this.begin());
    await this.lookAtParked();
    const { events, upTo } = await readLogOf(this.deps.database, place.at, { types: this.consumer.types, limit: BATCH });
    try {
      if (await this.handle(events, place, held)) await this.passBy(place, upTo);
    } catch (error) {
      this.place = undefined;
      if (!isDisplaced(error)) throw error;
    }
    return events.length;
  }

  /** False: told to stop before all of them were handled. */
  private async handle(events: readonly LoggedEvent[], place: Place, held?: AbortSignal): Promise<boolean> {
    let next = 0;
    while (next < events.length) {
      if (held?.aborted) return false;
      const begun = performance.now();
      next = await this.handleSome(events, next, place);
      await this.deps.giveWay?.(performance.now() - begun);
    }
    return true;
  }

  // What passes by need not be known to the database at once: after a crash it passes by again.
  private async passBy(place: Place, upTo: number): Promise<void> {
    place.at = Math.max(place.at, upTo);
    if (place.at === place.kept || performance.now() < this.keepsAt) return;
    await this.deps.database.query(this.moving(place, place.at));
    place.kept = place.at;
    this.keepsAt = performance.now() + LOOK_MS;
  }

  /** Handles what fits into one short transaction, or else one by one as far as that came; returns where to go on. */
  private async handleSome(events: readonly LoggedEvent[], from: number, place: Place): Promise<number> {
    const reached = { next: from };
    try {
      await this.upTo(place, async (tx) => {
        reached.next = from;
        await this.inOne(tx, events, reached);
        return events[reached.next - 1]!.position;
      });
    } catch (error) {
      if (isDisplaced(error)) throw error;
      await this.handleOneByOne(events.slice(from, reached.next), place);
    }
    return reached.next;
  }

  /** A transaction that ends with the position that `work` came to. */
  private async upTo(place: Place, work: (tx: Transaction) => Promise<number>): Promise<void> {
    const position = await this.deps.database.transaction(async (tx) => {
      const to = await work(tx);
      tx.beforeCommit(() => this.moving(place, to));
      return to;
    });
    place.at = place.kept = position;
  }

  private async inOne(tx: Transaction, events: readonly LoggedEvent[], reached: { next: number }): Promise<void> {
    if (this.consumer.handleTogether && !this.consumer.together && this.parked.size === 0) {
      const rest = events.slice(reached.next);
      reached.next = events.length;
      return this.consumer.handleTogether(tx, rest);
    }
    const until = performance.now() + HOLD_MS;
    do await this.handleNext(tx, events, reached);
    while (reached.next < events.length && performance.now() < until);
  }

  private async handleNext(tx: Transaction, events: readonly LoggedEvent[], reached: { next: number }): Promise<void> {
    const run = this.runFrom(events, reached.next);
    if (run.length > 1) {
      reached.next += run.length;
      return this.consumer.handleTogether!(tx, run);
    }
    const abreast = this.abreastFrom(events, reached.next);
    if (abreast.length < 2) return this.handleOrWait(tx, events[reached.next++]!);
    reached.next += abreast.length;
    await this.handleAbreast(tx, abreast);
  }

  /** The next event and those of the same type that come right after it, where they are taken together. */
  private runFrom(events: readonly LoggedEvent[], from: number): readonly LoggedEvent[] {
    const { type } = events[from]!;
    if (!this.consumer.handleTogether || !this.consumer.together?.includes(type)) return [];
    const isOf = (event: LoggedEvent): boolean => event.type === type && !this.isBehindParked(event);
    const end = events.findIndex((event, place) => place >= from && !isOf(event));
    return events.slice(from, end === -1 ? undefined : end);
  }

  private abreastFrom(events: readonly LoggedEvent[], from: number): readonly LoggedEvent[] {
    const some = events.slice(from, from + ABREAST);
    const end = some.findIndex((event) => !this.consumer.abreast?.takes(event) || this.isBehindParked(event));
    return some.slice(0, end === -1 ? undefined : end);
  }

  // All of them have ended when this does, also where one fails: a transaction is not given up under somebody's hands.
  private async handleAbreast(tx: Transaction, events: readonly LoggedEvent[]): Promise<void> {
    const keys = await this.consumer.abreast!.keysOf(tx, events);
    const lanes = new Map<string, Promise<void>>();
    for (const [n, event] of events.entries()) {
      const before = lanes.get(keys[n]!) ?? Promise.resolve();
      lanes.set(
        keys[n]!,
        before.then(() => this.consumer.handle(tx, event)),
      );
    }
    const failed = (await Promise.allSettled(lanes.values())).find((end) => end.status === 'rejected');
    if (failed) throw failed.reason;
  }

  private async handleOneByOne(events: readonly LoggedEvent[], place: Place): Promise<void> {
    for (const event of events) {
      try {
        await this.upTo(place, async (tx) => (await this.handleOrWait(tx, event), event.position));
      } catch (error) {
        if (isDisplaced(error)) throw error;
        await this.setAside(event, error, place);
      }
    }
  }

  private isBehindParked({ conversationId }: LoggedEvent): boolean {
    return conversationId !== null && this.parked.has(conversationId);
  }

  private async handleOrWait(tx: Transaction, event: LoggedEvent): Promise<void> {
    if (this.isBehindParked(event)) {
      const now = this.deps.clock.now();
      await park(tx, this.consumer.name, event, { error: 'waits behind an earlier event of its conversation', now, retryAt: now });
    } else {
      await this.consumer.handle(tx, event);
    }
  }

  private async setAside(event: LoggedEvent, error: unknown, place: Place): Promise<void> {
    const now = this.deps.clock.now();
    const why = { error: describe(error), now, retryAt: new Date(now.getTime() + retryDelay(0)) };
    await this.upTo(place, async (tx) => (await park(tx, this.consumer.name, event, why), event.position));
    this.parked.add(event.conversationId);
    this.deps.onParked(this.consumer.name, event, error);
  }

  /** Tries again what is due. Only the holder parks: so where nothing is parked, a look now and then is enough. */
  private async lookAtParked(): Promise<void> {
    if (this.parked.size === 0 && performance.now() < this.looksAt) return;
    const { database, clock } = this.deps;
    for (const parked of await dueParked(database, this.consumer.name, clock.now())) await this.retry(parked);
    this.parked = await parkedConversations(database, this.consumer.name);
    this.looksAt = performance.now() + LOOK_MS;
  }

  private async retry(parked: ParkedEvent): Promise<void> {
    const event = await readEvent(this.deps.database, parked.position);
    try {
      await this.deps.database.transaction(async (tx) => {
        // First, because the row decides who handles it: whoever comes second, or after a person gave it up, finds none.
        if (!(await unpark(tx, this.consumer.name, parked.position))) return;
        if (event) await this.consumer.handle(tx, event);
        await hurryParked(tx, this.consumer.name, parked.conversationId, this.deps.clock.now());
      });
    } catch (error) {
      const retryAt = new Date(this.deps.clock.now().getTime() + retryDelay(parked.attempts + 1));
      await failAgain(this.deps.database, parked, { error: describe(error), retryAt });
    }
  }

  private async begin(): Promise<Place> {
    const values = [this.consumer.name];
    const text = 'SELECT position FROM consumers WHERE name = $1';
    const [row] = await this.deps.database.query<{ position: string }>({ name: 'consumer-position', text, values });
    const at = Number(row?.position ?? 0);
    const begin = 'INSERT INTO consumers (name, position) VALUES ($1, 0) ON CONFLICT DO NOTHING';
    if (!row) await this.deps.database.query({ name: 'consumer-begin', text: begin, values });
    // What is parked is looked at after this: whoever parks later also moves the consumer on, and then we are displaced.
    this.looksAt = 0;
    return { at, kept: at };
  }

  /**
   * The effect and the position are one commit, so what a crash of PostgreSQL undoes is done again: this commit need not wait for the disk, and lets go
   * of its rows sooner. Whatever goes out on the strength of it (a claimed delivery, a position of the log) is behind a later commit that waits.
   * It fails where the consumer is no longer where we left it ({@link isDisplaced}): an event that somebody else has handled is not handled again.
   */
  private moving({ kept }: Place, to: number): Statement {
    return { name: 'consumer-move', text: MOVE, values: [this.consumer.name, to, kept] };
  }
}

// The class and the message, not the stack: it is shown to people. Drivers put no values into messages, only into `detail`.
const describe = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));
