import type { Database } from '@claimline/database';
import type { Log } from '@claimline/messages';
import { Absences, type AbsenceRecord } from '@claimline/people';
import { LeftBehindView } from '../views/left-behind.view';
import { MoveWork } from './move-work';
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
    private readonly log: Log,
  ) {}

  async sweep(now: Date): Promise<number> {
    const begun = await this.left.absences(this.database, now);
    for (const id of begun) await this.apart({ id }, () => this.leave(id, now));
    const over = await this.absences.unreturned(this.database, now);
    for (const absence of over) await this.apart(absence, () => this.back.end(absence, now));
    return begun.length + over.length;
  }

  private async leave(id: string, now: Date): Promise<void> {
    const absence = await this.absences.find(this.database, id);
    if (absence) await this.move.move(absence, now);
  }

  // One absence that cannot be followed must not keep the others from it.
  private async apart({ id }: Pick<AbsenceRecord, 'id'>, work: () => Promise<void>): Promise<void> {
    await work().catch((error: unknown) =>
      this.log.error({ absenceId: id, error: String(error) }, 'the work of somebody absent could not be moved and will be tried again'),
    );
  }
}
