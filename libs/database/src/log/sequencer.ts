import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../database';
import type { Leases } from '../leases';
import type { Wakeups } from './wakeups';

const BATCH = 1000;
// Between two batches: lets commits gather, so that a thousand events cost one statement and not a thousand. Each batch also wakes everybody who reads the
// log: so a database that is slow to move one is given twice that time, within what a screen may wait.
const PAUSE_MS = 5;
const PAUSE_FACTOR = 2;
const MOST_PAUSE_MS = 15;
const NET_MS = 1000;

// Positions are given here and nowhere else, to rows that are already committed. Reading the outbox by its own number would lose
// events: a number is taken before its transaction commits, so 8 can become visible after 9 has been read.
const MOVE = `
  WITH moved AS (
    DELETE FROM outbox WHERE n IN (SELECT n FROM outbox ORDER BY n LIMIT ${BATCH})
    RETURNING n, id, type, conversation_id, payload, at
  ), top AS (SELECT coalesce(max(position), 0) AS position FROM event_log)
  INSERT INTO event_log (position, id, type, conversation_id, payload, at)
  SELECT top.position + row_number() OVER (ORDER BY moved.n), moved.id, moved.type, moved.conversation_id, moved.payload, moved.at
  FROM moved, top
  RETURNING type
`;

const pauseAfter = (worked: number): number => Math.min(MOST_PAUSE_MS, Math.max(PAUSE_MS, PAUSE_FACTOR * worked));

/** Moves committed events from the outbox into the log and gives each its position. One at a time, by lease. */
export class Sequencer {
  constructor(
    private readonly database: Database,
    private readonly leases: Leases,
    private readonly wakeups: Wakeups,
  ) {}

  /** Runs until the signal; another replica takes over within the lease's time. */
  async run(signal: AbortSignal): Promise<void> {
    await this.leases.run('sequencer', (held) => this.sequence(held), signal);
  }

  /** Moves one batch; returns how many events it moved. */
  async move(): Promise<number> {
    const rows = await this.database.query<{ type: string }>({ name: 'sequencer-move', text: MOVE, values: [] });
    if (rows.length > 0) this.wakeups.wake('event_log', new Set(rows.map(({ type }) => type)));
    return rows.length;
  }

  private async sequence(held: AbortSignal): Promise<void> {
    while (!held.aborted) {
      const heard = this.wakeups.heard('outbox');
      const begun = performance.now();
      const moved = await this.move();
      if (moved > 0 && moved < BATCH) await sleep(pauseAfter(performance.now() - begun));
      // Whoever has written since has said so: without a word there is nothing to move.
      if (moved < BATCH) await this.wakeups.wait('outbox', NET_MS, held, heard);
    }
  }
}
