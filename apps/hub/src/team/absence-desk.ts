import { Database, type Clock, type Transaction } from '@claimline/database';
import { Absences, Accounts, Audit, type AbsenceProblem, type AbsenceRecord, type NewAbsence } from '@claimline/people';
import type { Absence, AbsencePreview } from '@claimline/protocol';
import { DEFAULT_ROUTING_POLICY, delegationChain, standInsOf, type AbsenceFact } from '@claimline/routing';
import { MoveWork } from '../flows/move-work';
import { ReturnWork } from '../flows/return-work';
import { found, HubProblem, refuse } from '../http/problem';
import type { Principal } from '../http/principal';
import { TeamView } from '../views/team.view';
import { WorkOfView } from '../views/work-of.view';

/** An absence as it is wished for. */
export type WishedAbsence = Pick<NewAbsence, 'accountId' | 'starts' | 'ends' | 'delegateId' | 'returns'>;

/** What moves and what shows what would. */
interface Ground {
  readonly work: WorkOfView;
  readonly team: TeamView;
  readonly move: MoveWork;
  readonly back: ReturnWork;
}

const FIELD_OF: Record<AbsenceProblem, string> = {
  'ends-before-it-starts': 'ends',
  'lies-in-the-past': 'ends',
  'delegate-is-oneself': 'delegate',
  overlaps: 'starts',
};

/** Who is away: entered with everything that follows from it, called off, undone. */
export class AbsenceDesk {
  constructor(
    private readonly database: Database,
    private readonly absences: Absences,
    private readonly accounts: Accounts,
    private readonly audit: Audit,
    private readonly ground: Ground,
    private readonly clock: Clock,
  ) {}

  async list(): Promise<Absence[]> {
    const [absences, names] = await Promise.all([this.absences.upcoming(this.database, null, this.clock.now()), this.names()]);
    return absences.map((absence) => toAnswer(absence, names));
  }

  /** What it would move and to whom, without moving anything. */
  async preview(who: Principal, wish: Omit<WishedAbsence, 'returns'>): Promise<AbsencePreview> {
    const now = this.clock.now();
    const names = await this.names();
    for (const id of [wish.accountId, wish.delegateId]) if (id && !names.has(id)) refuse('not-found');
    const answersFor = await this.ground.team.answersFor(wish.accountId, now);
    const work = await this.ground.work.of({ viewer: who, accountId: wish.accountId, answersFor, now });
    const movesAt = wish.starts > now ? wish.starts : now;
    const known = await this.absences.upcoming(this.database, null, now);
    const { to, why } = goesTo(wish, known, movesAt);
    const named = (id: string): { id: string; name: string } => ({ id, name: names.get(id) ?? '' });
    return { ...work, account: named(wish.accountId), goesTo: to ? named(to) : null, why, movesAt: movesAt.toISOString() };
  }

  /** Entered; where it begins now, everything has moved when this returns. */
  async enter(who: Principal, wish: WishedAbsence): Promise<Absence> {
    const now = this.clock.now();
    const createdBy = who.kind === 'account' ? who.id : null;
    const entered = await this.database.transaction(async (tx) => {
      for (const id of [wish.accountId, wish.delegateId]) if (id) found(await this.accounts.find(tx, id));
      const result = await this.absences.enter(tx, { ...wish, createdBy }, now);
      if ('problem' in result) throw new HubProblem('invalid', {}, [{ path: FIELD_OF[result.problem], problem: result.problem }]);
      if (result.entered.starts <= now) await this.ground.move.begin(tx, result.entered, now);
      await this.record(tx, who, { action: 'absence.enter', absence: result.entered, at: now });
      return result.entered;
    });
    if (entered.starts <= now) await this.ground.move.move(entered, now);
    return toAnswer(entered, await this.names());
  }

  /** Called off before it begins, or ended now: what was moved goes back as its policy says. */
  async callOff(who: Principal, id: string): Promise<void> {
    const now = this.clock.now();
    const ended = await this.database.transaction(async (tx) => {
      await this.own(tx, who, id);
      const absence = found(await this.absences.callOff(tx, id, now));
      await this.record(tx, who, { action: 'absence.call-off', absence, at: now });
      return absence;
    });
    if (ended.movedAt && !ended.returnedAt) await this.ground.back.end(ended, now);
  }

  /** As if it had never been entered: everything that still lies where it was moved to goes back. */
  async undo(who: Principal, id: string): Promise<void> {
    const now = this.clock.now();
    const undone = await this.database.transaction(async (tx) => {
      await this.own(tx, who, id);
      const absence = (await this.absences.undo(tx, id, now)) ?? refuse('already-taken');
      await this.record(tx, who, { action: 'absence.undo', absence, at: now });
      return absence;
    });
    await this.ground.back.undo(undone, now);
  }

  private async own(tx: Transaction, who: Principal, id: string): Promise<void> {
    mayChange(who, found(await this.absences.lock(tx, id)).accountId);
  }

  private async names(): Promise<ReadonlyMap<string, string>> {
    return new Map((await this.accounts.list(this.database)).map(({ id, name }) => [id, name]));
  }

  private async record(
    tx: Transaction,
    who: Principal,
    { action, absence, at }: { action: string; absence: AbsenceRecord; at: Date },
  ): Promise<void> {
    const facts = { account: absence.accountId, delegate: absence.delegateId, returns: absence.returns };
    await this.audit.record(tx, { actor: { kind: who.kind, id: who.id }, action, subject: 'absence', subjectId: absence.id, facts, at });
  }
}

/** One's own, or anybody's for those who supervise. */
export function mayChange(who: Principal, accountId: string): void {
  if (who.id !== accountId && !['supervisor', 'administrator'].includes(who.role)) refuse('not-allowed');
}

function goesTo(
  wish: Omit<WishedAbsence, 'returns'>,
  known: readonly AbsenceFact[],
  at: Date,
): { to: string | null; why: AbsencePreview['why'] } {
  const wished: AbsenceFact = { ...wish, starts: at, returns: 'on-close' };
  const absences = [wished, ...known.filter(({ accountId }) => accountId !== wish.accountId)];
  const depth = DEFAULT_ROUTING_POLICY.delegationDepth;
  const to = standInsOf(wish.accountId, absences, at, depth)[0] ?? null;
  if (to === wish.delegateId && to !== null) return { to, why: null };
  if (to !== null) return { to, why: 'absent' };
  return { to, why: delegationChain(wish.accountId, absences, at, depth)?.cycle ? 'circle' : 'nobody' };
}

function toAnswer({ id, accountId, starts, ends, delegateId, returns }: AbsenceRecord, names: ReadonlyMap<string, string>): Absence {
  const delegate = delegateId ? { id: delegateId, name: names.get(delegateId) ?? '' } : null;
  return {
    id,
    account: accountId,
    name: names.get(accountId) ?? '',
    starts: starts.toISOString(),
    ends: ends.toISOString(),
    delegate,
    returns,
  };
}
