import { Conversations, ScheduledSends } from '@claimline/conversations';
import { Database, type Queries, type Transaction } from '@claimline/database';
import { AbsenceMoves, Absences, type AbsenceRecord, type MovedKind } from '@claimline/people';
import { Tasks } from '@claimline/quality';
import { DEFAULT_ROUTING_POLICY, HandOver, Router, standInsOf } from '@claimline/routing';
import { RoutingFactsView } from '../views/routing-facts.view';
import { PlaceConversation } from './place-conversation';

/** What work is and where it can go. */
export interface MoveGround {
  readonly conversations: Conversations;
  readonly scheduled: ScheduledSends;
  readonly tasks: Tasks;
  readonly facts: RoutingFactsView;
  readonly place: PlaceConversation;
  readonly router: Router;
  readonly handOver: HandOver;
}

/** A step of a move: an absence that has begun, and who stands in (nobody: the router finds somebody, or it is everybody's). */
interface Leaving {
  readonly absence: AbsenceRecord;
  readonly standIns: readonly string[];
  readonly now: Date;
}

/** Somebody is away: everything that they have goes to who stands in. One transaction per kind, written down so that it can go back. */
export class MoveWork {
  constructor(
    private readonly database: Database,
    private readonly absences: Absences,
    private readonly moves: AbsenceMoves,
    private readonly ground: MoveGround,
  ) {}

  /** The open conversations of an absence that begins with this transaction: the router never sees them lie with somebody who is away. */
  async begin(tx: Transaction, absence: AbsenceRecord, now: Date): Promise<void> {
    await this.conversations(tx, await this.leaving(tx, absence, now), 'open');
  }

  /** Moves what an absence that has begun leaves behind. Done again after a crash it goes on where it was. */
  async move(absence: AbsenceRecord, now: Date): Promise<void> {
    const leaving = await this.leaving(this.database, absence, now);
    await this.database.transaction((tx) => this.conversations(tx, leaving, 'open'));
    await this.database.transaction((tx) => this.conversations(tx, leaving, 'snoozed'));
    await this.database.transaction((tx) => this.scheduled(tx, leaving));
    await this.database.transaction((tx) => this.tasks(tx, leaving));
    await this.database.transaction((tx) => this.absences.moved(tx, absence, now));
  }

  private async leaving(queries: Queries, absence: AbsenceRecord, now: Date): Promise<Leaving> {
    const current = await this.absences.surelyCurrent(queries, now);
    return { absence, standIns: standInsOf(absence.accountId, current, now, DEFAULT_ROUTING_POLICY.delegationDepth), now };
  }

  private async conversations(tx: Transaction, leaving: Leaving, status: 'open' | 'snoozed'): Promise<void> {
    const { absence, now } = leaving;
    for (const id of await this.ground.conversations.lockOf(tx, absence.accountId, status)) {
      const toId = await this.conversation(tx, id, leaving);
      await this.ground.place.assign(tx, id, toId, { actorId: absence.createdBy, cause: 'absence', now });
      await this.note(tx, leaving, { kind: status === 'open' ? 'conversation' : 'snooze', itemId: id, toId });
    }
  }

  private async conversation(tx: Transaction, id: string, { absence, standIns, now }: Leaving): Promise<string | null> {
    const facts = (await this.ground.facts.of(tx, id, now))!;
    const handed = await this.ground.handOver.give(tx, facts, {
      among: standIns,
      standIn: { for: absence.accountId, returns: absence.returns },
      ring: 'delegate',
      reason: { code: 'delegate', params: { account: absence.accountId } },
      now,
    });
    if (handed !== null) return handed;
    // Nobody stands in: the router looks for somebody, as for anything that waits.
    const { assignment } = await this.ground.router.route(tx, facts, { cause: 'absence', now });
    return assignment?.assigneeId ?? null;
  }

  private async scheduled(tx: Transaction, leaving: Leaving): Promise<void> {
    const sends = await this.ground.scheduled.ownedBy(tx, leaving.absence.accountId);
    await this.ground.conversations.lockAll(
      tx,
      sends.map(({ conversationId }) => conversationId),
    );
    const toId = leaving.standIns[0] ?? null;
    for (const { id } of sends) {
      if (await this.ground.scheduled.own(tx, id, toId, leaving.now)) await this.note(tx, leaving, { kind: 'scheduled', itemId: id, toId });
    }
  }

  private async tasks(tx: Transaction, leaving: Leaving): Promise<void> {
    const tasks = await this.ground.tasks.ownedBy(tx, leaving.absence.accountId);
    await this.ground.conversations.lockAll(
      tx,
      tasks.flatMap(({ conversationId }) => conversationId ?? []),
    );
    const toId = leaving.standIns[0] ?? null;
    for (const { id } of tasks) {
      const owned = await this.ground.tasks.own(tx, id, toId, leaving.now);
      if (owned?.ownerId === toId) await this.note(tx, leaving, { kind: 'task', itemId: id, toId });
    }
  }

  private async note(
    tx: Transaction,
    { absence, now }: Leaving,
    move: { kind: MovedKind; itemId: string; toId: string | null },
  ): Promise<void> {
    await this.moves.add(tx, { absenceId: absence.id, fromId: absence.accountId, at: now, ...move });
  }
}
