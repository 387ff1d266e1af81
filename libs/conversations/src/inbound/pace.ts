// Two statements at a time keep PostgreSQL busy while the next batch gathers; more only contend for the processors.
const WHILE_COMPUTING = 2;
// A statement reads its places on disk one after the other, and disks serve many readers at once: as with as many connections of one message each.
const WHILE_READING = 8;
const MOST_IN_ONE = 64;
// By what PostgreSQL gets done: pages in memory, a message takes about half a millisecond of it on two cores; pages on a disk, five and more.
const READS_FROM_MS = 3;
const WEIGHT = 0.2;

/**
 * How many statements store what comes in, and how many messages each of them takes: by what the last ones took.
 * While pages are in memory, few and large ones are the fastest; while they are read from the disk, many and small ones.
 */
export class Pace {
  private msPerMessage = 0;

  /** How many of `waiting` messages the next statement takes while `running` others are on their way; 0: it waits for one of them. */
  share(waiting: number, running: number): number {
    if (this.msPerMessage < READS_FROM_MS) return running < WHILE_COMPUTING ? Math.min(waiting, MOST_IN_ONE) : 0;
    return running < WHILE_READING ? Math.min(Math.ceil(waiting / WHILE_READING), MOST_IN_ONE) : 0;
  }

  /** A statement with so many messages has taken so many milliseconds, as one of `running`: together they did as many times as much meanwhile. */
  took(ms: number, messages: number, running: number): void {
    this.msPerMessage += WEIGHT * (ms / messages / running - this.msPerMessage);
  }
}
