import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_MS = 200;
// Below this many contacts a second follow-ups keep up beside them on two cores.
const BUSY_PER_SECOND = 100;
// Of a busy second follow-ups take a fifth: for each millisecond of theirs, four for the doors.
const SHARE = 4;
// However long a follow-up took: after this time it goes on.
const LONGEST_MS = 250;

/**
 * How busy the doors of this process are. A storm is taken in and answered to the providers first: what follows from a message (its route, its labels,
 * its clocks) then comes later, and catches up as soon as it gets quieter. It never stops.
 */
export class DoorTraffic {
  private since = 0;
  private count = 0;
  private perSecond = 0;
  private pausedUntil = 0;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Somebody is at a door. */
  note(): void {
    this.look();
    this.count++;
  }

  /** Whether so many come that follow-ups should leave them the machine. */
  isBusy(): boolean {
    this.look();
    return this.perSecond > BUSY_PER_SECOND;
  }

  /**
   * How many milliseconds the doors should have for themselves after `worked` milliseconds of something less urgent. All that is less urgent has one
   * share between them: who comes while the doors still have a pause waits for the rest of it and for their own.
   */
  pauseAfter(worked: number): number {
    if (!this.isBusy()) return 0;
    const now = this.now();
    this.pausedUntil = Math.min(Math.max(this.pausedUntil, now) + worked * SHARE, now + LONGEST_MS);
    return this.pausedUntil - now;
  }

  /** Leaves the doors their share before the next piece of follow-up. */
  async giveWay(worked: number): Promise<void> {
    const pause = this.pauseAfter(worked);
    if (pause > 0) await sleep(pause);
  }

  private look(): void {
    const now = this.now();
    if (now - this.since < LOOK_MS) return;
    this.perSecond = (this.count * 1000) / (now - this.since);
    this.since = now;
    this.count = 0;
  }
}
