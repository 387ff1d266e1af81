import type { Database } from '@claimline/database';
import type { Log } from '@claimline/messages';
import { Absences } from '@claimline/people';
import { LeftBehindView } from '../views/left-behind.view';
import { MoveWork } from './move-work';
import { identified, oneByOne } from './one-by-one';
import { ReturnWork } from './return-work';

/** Moves work when an absence begins and whatever is added while it lasts, and gives back what the policy says when it is over. */
export class FollowAbsences {
  readonly name = 'absences';

  constructor(
    private readonly database: Database,
    private readonly absences: Absences,
    private readonly left: LeftBehindView,
    private readonly move: MoveWork,
    private readonly back: ReturnWork,
    readonly log: Log,
  ) {}

  async sweep(now: Date): Promise<number> {
    const begun = await this.left.absences(this.database, now);
    const moved = await oneByOne(identified(begun), this, ({ id }) => this.leave(id, now));
    const over = await this.absences.unreturned(this.database, now);
    return moved + (await oneByOne(over, this, (absence) => this.back.end(absence, now)));
  }

  private async leave(id: string, now: Date): Promise<void> {
    const absence = await this.absences.find(this.database, id);
    if (absence) await this.move.move(absence, now);
  }
}
