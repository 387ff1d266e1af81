import { setTimeout } from 'node:timers/promises';
import { logEnd, readLog, type Database, type LoggedEvent, type Wakeups } from '@claimline/database';
import type { Log } from '@claimline/messages';

const BATCH = 500;
const NET_MS = 1000;

/** Who hears of a batch. Batches come in order and without gaps. */
export type TailListener = (events: readonly LoggedEvent[], upTo: number) => void | Promise<void>;

/** Reads the event log for the sockets of this process. No lease: every web replica reads for its own. */
export class LogTail {
  private readonly listeners = new Set<TailListener>();
  private at = 0;

  constructor(
    private readonly database: Database,
    private readonly wakeups: Wakeups,
    private readonly log: Log,
  ) {}

  /** Everything up to here has been told. */
  get position(): number {
    return this.at;
  }

  on(listener: TailListener): void {
    this.listeners.add(listener);
  }

  async run(signal: AbortSignal): Promise<void> {
    this.at = await logEnd(this.database);
    while (!signal.aborted) {
      const heard = this.wakeups.heard('event_log');
      const told = await this.step(signal).catch((error: unknown) => {
        this.log.warn({ error: String(error) }, 'the event log could not be read; trying again');
        return 0;
      });
      if (told < BATCH) await this.wakeups.wait('event_log', NET_MS, signal, heard);
    }
  }

  // The position stands before the telling: whoever resumes meanwhile reads up to it, and nothing lies between.
  private async step(signal: AbortSignal): Promise<number> {
    const events = await readLog(this.database, this.at, BATCH);
    if (events.length === 0) return 0;
    this.at = events.at(-1)!.position;
    for (const listener of this.listeners) await this.tell(listener, events, signal);
    return events.length;
  }

  // A batch that could not be told (the database went away in between) is told later, never left out: a screen must not miss what the next batch takes for known.
  private async tell(listener: TailListener, events: readonly LoggedEvent[], signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        return await listener(events, this.at);
      } catch (error) {
        this.log.warn({ error: String(error), upTo: this.at }, 'consoles could not be told what is new; trying again');
        await setTimeout(NET_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }
}
