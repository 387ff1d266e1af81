import { newId, type Outbox, type Queries, type Transaction } from '@claimline/database';
import type { AbsenceRecord } from './absence.entity';
import { calledOff, problemOf, type AbsenceProblem } from './absence-rules';
import type { AbsenceStore } from './absences.repository';

/** An absence to be entered. */
export type NewAbsence = Pick<AbsenceRecord, 'accountId' | 'starts' | 'ends' | 'delegateId' | 'returns' | 'createdBy'>;

/** Who is away, from when to when, and who stands in. */
export class Absences {
  constructor(
    private readonly store: AbsenceStore,
    private readonly outbox: Outbox,
  ) {}

  /** Enters an absence, or says what is wrong with it. */
  async enter(
    tx: Transaction,
    absence: NewAbsence,
    now: Date,
  ): Promise<{ readonly entered: AbsenceRecord } | { readonly problem: AbsenceProblem }> {
    const problem = problemOf(absence, await this.store.lockOf(tx, absence.accountId, now), now);
    if (problem) return { problem };
    const entered: AbsenceRecord = { ...absence, id: newId(now), createdAt: now, canceledAt: null, movedAt: null, returnedAt: null };
    await this.store.add(tx, entered);
    await this.publish(tx, now, entered);
    return { entered };
  }

  /** Calls one off, or ends it now where it has begun; undefined when there is none. */
  async callOff(tx: Transaction, id: string, now: Date): Promise<AbsenceRecord | undefined> {
    const absence = await this.store.lock(tx, id);
    if (!absence || absence.ends <= now) return absence;
    const change = calledOff(absence, now);
    if ('ends' in change) await this.store.end(tx, id, change.ends);
    else await this.store.cancel(tx, id, change.canceledAt);
    await this.publish(tx, now, absence);
    return { ...absence, ...change };
  }

  /** Taken back as if it had never been entered, also where it has begun; undefined when there is none any more. */
  async undo(tx: Transaction, id: string, now: Date): Promise<AbsenceRecord | undefined> {
    const absence = await this.store.lock(tx, id);
    if (!absence || absence.ends <= now) return undefined;
    await this.store.cancel(tx, id, now);
    await this.publish(tx, now, absence);
    return { ...absence, canceledAt: now };
  }

  /** The work has been moved: consoles look again. */
  async moved(tx: Transaction, absence: AbsenceRecord, now: Date): Promise<void> {
    await this.store.setMoved(tx, absence.id, now);
    await this.publish(tx, now, absence);
  }

  /** What was to go back has gone back. */
  async returned(tx: Transaction, absence: AbsenceRecord, now: Date): Promise<void> {
    await this.store.setReturned(tx, absence.id, now);
    await this.publish(tx, now, absence);
  }

  async unreturned(queries: Queries, now: Date): Promise<AbsenceRecord[]> {
    return await this.store.unreturned(queries, now);
  }

  async find(queries: Queries, id: string): Promise<AbsenceRecord | undefined> {
    return await this.store.find(queries, id);
  }

  /** Locked for a change; undefined when there is none or it was called off. */
  async lock(tx: Transaction, id: string): Promise<AbsenceRecord | undefined> {
    return await this.store.lock(tx, id);
  }

  /** Absences that are running at a moment; the router asks this with every decision. */
  async current(queries: Queries, now: Date): Promise<AbsenceRecord[]> {
    return await this.store.current(queries, now);
  }

  /** The same, past all memory: for what is decided once and stays so. */
  async surelyCurrent(queries: Queries, now: Date): Promise<AbsenceRecord[]> {
    return await this.store.surelyCurrent(queries, now);
  }

  /** Absences that are running or to come, of one person or (null) of everybody. */
  async upcoming(queries: Queries, accountId: string | null, now: Date): Promise<AbsenceRecord[]> {
    return await this.store.upcoming(queries, accountId, now);
  }

  private async publish(tx: Transaction, now: Date, { id, accountId }: AbsenceRecord): Promise<void> {
    await this.outbox.append(tx, now, [{ type: 'absence.changed', conversationId: null, payload: { accountId, absenceId: id } }]);
  }
}
