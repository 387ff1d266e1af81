import type { Clock } from '../clock';
import type { Database } from '../database';
import type { Leases } from '../leases';
import type { Queries, Transaction } from '../transaction';
import type { Consumer } from './consumer';
import { logEnd, readEvent, readLog, type LoggedEvent } from './event-log';
import { dueParked, hurryParked, park, parkedConversations, unpark, type ParkedEvent } from './parked-events';
import type { Wakeups } from './wakeups';

const BATCH = 100;
// A transaction holds the rows of the conversations it has touched, and who writes in one of them meanwhile waits with everybody in the same
// inbound batch. So it is kept short: after this time what is done is committed, and the rest goes into the next.
const HOLD_MS = 5;
const NET_MS = 1000;
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

/** How long a parked event waits before its next try: doubling, from two seconds to a quarter of an hour. */
export const retryDelay = (attempts: number): number => Math.min(FIRST_RETRY_MS * 2 ** attempts, LAST_RETRY_MS);

/**
 * Reads the log for one consumer, in order, under its lease. While all goes well many events share a short transaction; when one fails,
 * they are done again one by one and the failing one is parked: later events of its conversation wait behind it, others pass.
 */
export class ConsumerRunner {
  constructor(
    private readonly deps: ConsumerDeps,
    private readonly consumer: Consumer,
  ) {}

  async run(signal: AbortSignal): Promise<void> {
    await this.deps.leases.run(`consumer:${this.consumer.name}`, (held) => this.follow(held), signal);
  }

  private async follow(held: AbortSignal): Promise<void> {
    while (!held.aborted) {
      const heard = this.deps.wakeups.heard('event_log');
      const handled = await this.step(held);
      if (handled === 0) await this.deps.wakeups.wait('event_log', NET_MS, held, heard);
    }
  }

  /** Handles one batch and what is parked and due; returns how many events the log had for us. */
  async step(held?: AbortSignal): Promise<number> {
    await this.retryParked();
    const end = await logEnd(this.deps.database);
    const from = await this.position();
    const events = (await readLog(this.deps.database, from, BATCH, this.consumer.types)).filter((event) => event.position <= end);
    const upTo = events.length === BATCH ? events[BATCH - 1]!.position : end;
    if (upTo > from) await this.handle(events, upTo, held);
    return events.length;
  }

  private async handle(events: readonly LoggedEvent[], upTo: number, held?: AbortSignal): Promise<void> {
    const parked = await parkedConversations(this.deps.database, this.consumer.name);
    let next = 0;
    while (next < events.length) {
      if (held?.aborted) return;
      const begun = performance.now();
      next = await this.handleSome(events, next, parked);
      await this.deps.giveWay?.(performance.now() - begun);
    }
    if (events.at(-1)?.position !== upTo) await this.move(this.deps.database, upTo);
  }

  /** Handles what fits into one short transaction, or else one by one as far as that came; returns where to go on. */
  private async handleSome(events: readonly LoggedEvent[], from: number, parked: Set<string>): Promise<number> {
    const reached = { next: from };
    try {
      await this.deps.database.transaction(async (tx) => {
        reached.next = from;
        await this.inOne(tx, events, reached, parked);
        await this.move(tx, events[reached.next - 1]!.position);
      });
    } catch {
      await this.handleOneByOne(events.slice(from, reached.next), parked);
    }
    return reached.next;
  }

  private async inOne(
    tx: Transaction,
    events: readonly LoggedEvent[],
    reached: { next: number },
    parked: ReadonlySet<string>,
  ): Promise<void> {
    if (this.consumer.handleTogether && !this.consumer.together && parked.size === 0) {
      const rest = events.slice(reached.next);
      reached.next = events.length;
      return this.consumer.handleTogether(tx, rest);
    }
    const until = performance.now() + HOLD_MS;
    do await this.handleNext(tx, events, reached, parked);
    while (reached.next < events.length && performance.now() < until);
  }

  private async handleNext(
    tx: Transaction,
    events: readonly LoggedEvent[],
    reached: { next: number },
    parked: ReadonlySet<string>,
  ): Promise<void> {
    const run = this.runFrom(events, reached.next, parked);
    if (run.length < 2) return this.handleOrWait(tx, events[reached.next++]!, parked);
    reached.next += run.length;
    await this.consumer.handleTogether!(tx, run);
  }

  /** The next event and those of the same type that come right after it, where they are taken together. */
  private runFrom(events: readonly LoggedEvent[], from: number, parked: ReadonlySet<string>): readonly LoggedEvent[] {
    const { type } = events[from]!;
    if (!this.consumer.handleTogether || !this.consumer.together?.includes(type)) return [];
    const isOf = (event: LoggedEvent): boolean => event.type === type && !(event.conversationId && parked.has(event.conversationId));
    const end = events.findIndex((event, place) => place >= from && !isOf(event));
    return events.slice(from, end === -1 ? undefined : end);
  }

  private async handleOneByOne(events: readonly LoggedEvent[], parked: Set<string>): Promise<void> {
    for (const event of events) {
      try {
        await this.deps.database.transaction(async (tx) => {
          await this.handleOrWait(tx, event, parked);
          await this.move(tx, event.position);
        });
      } catch (error) {
        await this.setAside(event, error, parked);
      }
    }
  }

  private async handleOrWait(tx: Transaction, event: LoggedEvent, parked: ReadonlySet<string>): Promise<void> {
    if (event.conversationId && parked.has(event.conversationId)) {
      const now = this.deps.clock.now();
      await park(tx, this.consumer.name, event, { error: 'waits behind an earlier event of its conversation', now, retryAt: now });
    } else {
      await this.consumer.handle(tx, event);
    }
  }

  private async setAside(event: LoggedEvent, error: unknown, parked: Set<string>): Promise<void> {
    const now = this.deps.clock.now();
    await this.deps.database.transaction(async (tx) => {
      await park(tx, this.consumer.name, event, { error: describe(error), now, retryAt: new Date(now.getTime() + retryDelay(0)) });
      await this.move(tx, event.position);
    });
    if (event.conversationId) parked.add(event.conversationId);
    this.deps.onParked(this.consumer.name, event, error);
  }

  private async retryParked(): Promise<void> {
    for (const parked of await dueParked(this.deps.database, this.consumer.name, this.deps.clock.now())) await this.retry(parked);
  }

  private async retry(parked: ParkedEvent): Promise<void> {
    const event = await readEvent(this.deps.database, parked.position);
    try {
      await this.deps.database.transaction(async (tx) => {
        if (event) await this.consumer.handle(tx, event);
        await unpark(tx, this.consumer.name, parked.position);
        await hurryParked(tx, this.consumer.name, parked.conversationId, this.deps.clock.now());
      });
    } catch (error) {
      const now = this.deps.clock.now();
      await park(this.deps.database, this.consumer.name, event!, {
        error: describe(error),
        now,
        retryAt: new Date(now.getTime() + retryDelay(parked.attempts + 1)),
      });
    }
  }

  private async position(): Promise<number> {
    const values = [this.consumer.name];
    const text = 'SELECT position FROM consumers WHERE name = $1';
    const [row] = await this.deps.database.query<{ position: string }>({ name: 'consumer-position', text, values });
    if (row) return Number(row.position);
    const begin = 'INSERT INTO consumers (name, position) VALUES ($1, 0) ON CONFLICT DO NOTHING';
    await this.deps.database.query({ name: 'consumer-begin', text: begin, values });
    return 0;
  }

  /**
   * The effect and the position are one commit, so what a crash of PostgreSQL undoes is done again: this commit need not wait for the disk, and lets go
   * of its rows sooner. Whatever goes out on the strength of it (a claimed delivery, a position of the log) is behind a later commit that waits.
   */
  private async move(tx: Queries, position: number): Promise<void> {
    await tx.query({
      name: 'consumer-move',
      text: `UPDATE consumers SET position = greatest(position, $2) WHERE name = $1 RETURNING set_config('synchronous_commit', 'off', true)`,
      values: [this.consumer.name, position],
    });
  }
}

// The class and the message, not the stack: it is shown to people. Drivers put no values into messages, only into `detail`.
const describe = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));
