import { setTimeout as sleep } from 'node:timers/promises';
import {
  EXPIRIES,
  inRounds,
  isLockedOut,
  JournalMonths,
  removeExpired,
  removeOldEvents,
  removeSecrets,
  systemClock,
  type Clock,
  type Database,
  type Jobs,
  type Leases,
} from '@claimline/database';
import type { Log } from '@claimline/messages';
import type { RetentionTerms } from '@claimline/protocol';
import type { ForgetFiles } from '../files/forget-files';
import { FACT_TYPES } from '../views/thread-facts.view';
import type { Worker } from '../workers';
import type { RetentionSettings } from './retention-terms';

const LOOK_MS = 1000;
// Whoever reads the journal for minutes, an export for example, keeps us out of it; each try holds writers up for a moment.
const LOCKED_OUT_MS = 60_000;
const EVERY_MS = 10 * 60_000;
const DAY_MS = 24 * 3_600_000;
/** A job that was given up, and a code that could not be sent, stand so long for whoever wants to know why. */
const FAILED_KEPT_MS = 30 * DAY_MS;

/** How many went, by what they are. */
export type Removed = Readonly<Record<string, number>>;

/**
 * Keeps tables small: makes the journal's months before their time, and removes what has served, in rounds so small that nobody waits for them.
 * It has a lease of its own, because a backlog of millions takes longer than what the other sweeps look after may wait.
 */
export class TidyUp implements Worker {
  readonly name = 'tidy-up';
  private readonly journal: JournalMonths;
  private last = 0;

  constructor(
    private readonly database: Database,
    private readonly terms: RetentionSettings,
    files: ForgetFiles,
    private readonly parts: { readonly leases: Leases; readonly jobs: Jobs; readonly clock: Clock; readonly log: Log },
  ) {
    this.journal = new JournalMonths(database, (tx, fileIds) => files.later(tx, fileIds));
  }

  async run(signal: AbortSignal): Promise<void> {
    await this.parts.leases.run(this.name, (held) => this.follow(held), signal);
  }

  /** Removes everything whose time is over at `now`. Stops between two rounds when the signal ends. */
  async tidy(now: Date, signal?: AbortSignal): Promise<Removed> {
    const terms = await this.terms.read(this.database);
    const removed: Record<string, number> = {};
    for (const [what, remove] of this.removals(terms, now, signal)) {
      if (signal?.aborted) break;
      removed[what] = await remove().catch((error: unknown) => this.trouble(what, error));
    }
    return removed;
  }

  // The months are looked after each time: rows that come before their month lie in the rest, and are moved while there are few.
  private async follow(held: AbortSignal): Promise<void> {
    let monthsAfter = 0;
    while (!held.aborted) {
      const now = this.parts.clock.now();
      if (Date.now() >= monthsAfter) {
        await this.journal.makeAhead(now).catch((error: unknown) => {
          monthsAfter = Date.now() + LOCKED_OUT_MS;
          return this.trouble('months', error);
        });
      }
      // Either way: the demo moves its clock forward and back.
      if (Math.abs(now.getTime() - this.last) >= EVERY_MS) {
        this.last = now.getTime();
        this.tell(await this.tidy(now, held));
      }
      await sleep(LOOK_MS, undefined, { signal: held }).catch(() => undefined);
    }
  }

  private *removals(terms: RetentionTerms, now: Date, signal?: AbortSignal): Generator<[string, () => Promise<number>]> {
    const { database } = this;
    const ago = (milliseconds: number, from = now): Date => new Date(from.getTime() - milliseconds);
    const journalBefore = monthsBefore(now, terms.journalMonths);
    for (const expiry of EXPIRIES) {
      const before = expiry.keptMs === 'journal' ? journalBefore : ago(expiry.keptMs, expiry.machineTime ? systemClock.now() : now);
      yield [expiry.table, () => inRounds((limit) => removeExpired(database, expiry, before, limit), signal)];
    }
    const secrets = { sent: ago(DAY_MS), failed: ago(FAILED_KEPT_MS) };
    yield ['sealed_words', () => inRounds((limit) => removeSecrets(database, secrets, limit), signal)];
    const givenUp = ago(FAILED_KEPT_MS, systemClock.now());
    yield ['jobs', () => inRounds((limit) => this.parts.jobs.removeGivenUp(database, givenUp, limit), signal)];
    yield ['event_log', () => removeOldEvents(database, { before: ago(terms.eventDays * DAY_MS), facts: FACT_TYPES }, signal)];
    yield ['inbound_raw', () => this.oldJournal(journalBefore, signal)];
  }

  private async oldJournal(before: Date, signal?: AbortSignal): Promise<number> {
    const { months, rows } = await this.journal.removeBefore(before, signal);
    if (months > 0) this.parts.log.info({ months, before }, 'months of the journal were removed');
    return months + rows;
  }

  private tell(removed: Removed): void {
    const some = Object.fromEntries(Object.entries(removed).filter(([, count]) => count > 0));
    if (Object.keys(some).length > 0) this.parts.log.info(some, 'what had served was removed');
  }

  // One that fails keeps the others from nothing. Who was locked out comes again by itself.
  private trouble(what: string, error: unknown): number {
    if (!isLockedOut(error)) this.parts.log.error({ what, error: String(error) }, 'tidying up failed and will be done again');
    return 0;
  }
}

const monthsBefore = (now: Date, months: number): Date =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, now.getUTCDate(), now.getUTCHours(), now.getUTCMinutes()));
