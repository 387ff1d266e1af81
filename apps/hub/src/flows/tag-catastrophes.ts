import { Catastrophes } from '@claimline/claims';
import type { Database } from '@claimline/database';
import type { Sweep } from '../workers';

const EVERY_MS = 5000;

/** Claims whose loss falls into the area and time of an event get its tag, however they came: by event or by import. */
export class TagCatastrophes implements Sweep {
  readonly name = 'catastrophes';
  private last = 0;

  constructor(
    private readonly database: Database,
    private readonly catastrophes: Catastrophes,
  ) {}

  async sweep(now: Date): Promise<number> {
    // Either way: the demo moves its clock forward and back.
    if (Math.abs(now.getTime() - this.last) < EVERY_MS) return 0;
    this.last = now.getTime();
    return this.catastrophes.applyRules(this.database);
  }
}
