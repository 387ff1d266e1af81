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
      const told = await this.step().catch((error: unknown) => {
        this.log.warn({ error: String(error) }, 'the event log could not be read; trying again');
        return 0;
      });
      if (told === 0) await this.wakeups.wait('event_log', NET_MS, signal);
    }
  }

  private async step(): Promise<number> {
    const events = await readLog(this.database, this.at, BATCH);
    if (events.length === 0) return 0;
    this.at = events.at(-1)!.position;
    for (const listener of this.listeners) await listener(events, this.at);
    return events.length;
  }
}
