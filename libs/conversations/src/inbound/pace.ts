// Two statements at a time keep PostgreSQL busy while the next batch gathers; more only contend for the processors.
const WHILE_COMPUTING = 2;
// A statement reads its places on disk one after the other, and disks serve many readers at once. Not more: of twenty connections twelve may be held
// by transactions, and whoever asks anything else needs one too.
const WHILE_READING = 6;
const MOST_IN_ONE = 64;

// By what PostgreSQL gets done: pages in memory, a message takes about half a millisecond of it on two cores; pages on a disk, several. That more
// statements get more done is what they are for, and no sign that the disk is read no more: they are given up only well below where they began.
const READS_FROM_MS = 3;
const COMPUTES_FROM_MS = 1.2;

// A statement of many messages says more than a lone one, which may have waited for a lock or a slow commit.
const WEIGHT = 0.2;
const FULL_WEIGHT_FROM = 8;
const LONGEST_MS = 20;

/**
 * How many statements store what comes in, and how many messages each of them takes: by what the last ones took.
 * While pages are in memory, few and large ones are the fastest; while they are read from the disk, many and small ones.
 */
export class Pace {
  private msPerMessage = 0;
  private isReading = false;

  /** How many of `waiting` messages the next statement takes while `running` others are on their way; 0: it waits for one of them. */
  share(waiting: number, running: number): number {
    if (!this.isReading) return running < WHILE_COMPUTING ? Math.min(waiting, MOST_IN_ONE) : 0;
    return running < WHILE_READING ? Math.min(Math.ceil(waiting / WHILE_READING), MOST_IN_ONE) : 0;
  }

  /** A statement with so many messages has taken so many milliseconds, as one of `running`: together they did as many times as much meanwhile. */
  took(ms: number, messages: number, running: number): void {
    const weight = WEIGHT * Math.min(1, messages / FULL_WEIGHT_FROM);
    this.msPerMessage += weight * (Math.min(ms / messages / running, LONGEST_MS) - this.msPerMessage);
    this.isReading = this.msPerMessage > (this.isReading ? COMPUTES_FROM_MS : READS_FROM_MS);
  }
}
