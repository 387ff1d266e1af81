import { isDeepStrictEqual } from 'node:util';
import { newId, type Outbox, type Queries, type Transaction } from '@claimline/database';
import { absenceOf, type AbsenceFact, type Department } from './adjuster';
import type { Adjusters } from './adjusters.repository';
import { chooseAdjuster, type Decision } from './choose-adjuster';
import { lastingObstacle, passingObstacle, type Obstacle } from './constraints';
import type { Decisions } from './decisions.repository';
import { delegationChain } from './delegation';
import type { RoutingEvent } from './events';
import { unroutable, type Routable } from './guard';
import type { Needs } from './needs';
import { DEFAULT_ROUTING_POLICY, type RoutingPolicy } from './policy';
import { placeOf, priorityOf } from './queue-order';
import { traceOf } from './trace';
import { WORK_TERMS, type Work } from './work';
import type { WorkItem } from './work-item.entity';
import type { Reservation, WorkItems } from './work-items.repository';

/** Who is away; told by whoever keeps the absences. */
export interface AbsenceSource {
  /** Absences that are running at `now`. */
  current(queries: Queries, now: Date): Promise<readonly AbsenceFact[]>;
}

/** A conversation as the router sees it; read in the transaction that has locked its row. */
export interface RoutingFacts extends Routable {
  readonly conversationId: string;
  readonly work: Work;
  readonly needs: Needs;
  /** Since when the customer waits. */
  readonly waitingSince: Date;
  readonly dueAt: Date | null;
}

/** What made the router look. */
export type Cause =
  'arrived' | 'presence' | 'capacity' | 'timer' | 'handler-changed' | 'linked' | 'absence' | 'stranded' | 'returned' | 'person';

/** What became of it. `assignment` says whose the conversation is from now on; null: as before. */
export interface Routing {
  readonly outcome: 'unrouted' | 'kept' | 'queued' | 'reserved';
  readonly assignment: { readonly assigneeId: string | null } | null;
}

/** When and why the router is asked. */
export interface Occasion {
  readonly cause: Cause;
  readonly now: Date;
}

// A choice loses its race only when another contact has just been given to the same person; then it is made again on the new figures.
const TRIES = 40;
const PATIENT_TRIES = 20;
const NOTHING: Routing = { outcome: 'unrouted', assignment: null };
// In these the claim's handler goes before whoever has the conversation now.
const OWNER_FIRST: readonly Cause[] = ['handler-changed', 'linked', 'returned'];
// Looked at again each second: only a choice is worth a row, not that there is still none.
const SWEPT: readonly Cause[] = ['timer', 'capacity', 'presence'];

/** Gives conversations to adjusters and takes them back. The caller holds the conversation's row and tells it whose it is now. */
export class Router {
  constructor(
    private readonly work: WorkItems,
    private readonly adjusters: Adjusters,
    private readonly decisions: Decisions,
    private readonly outbox: Outbox,
    private readonly absences: AbsenceSource,
    private readonly policy: RoutingPolicy = DEFAULT_ROUTING_POLICY,
  ) {}

  /** Enqueue, decide, reserve: a conversation has come, or what was known of it has changed. */
  async route(tx: Transaction, facts: RoutingFacts, occasion: Occasion): Promise<Routing> {
    const why = unroutable(facts);
    if (why) return why === 'nothing-to-answer' ? await this.evict(tx, facts, occasion) : NOTHING;
    const wanted = ownerFirst(facts, occasion);
    if (occasion.cause === 'arrived' && (await this.waitsAlready(tx, wanted))) return { outcome: 'queued', assignment: null };
    const item = await this.enqueue(tx, wanted, occasion.now);
    const department = await this.department(tx, occasion.now);
    if (item.state === 'waiting') return await this.place(tx, item, occasion, { department, unassign: false, isNews: item.isNew });
    const leaving = this.leaves(item, department, occasion);
    if (leaving === null) {
      await this.work.hold(tx, item.id, occasion.now);
      return { outcome: 'kept', assignment: null };
    }
    await this.giveBack(tx, item, occasion);
    const returned = { ...item, state: 'waiting' as const, accountId: null, ringSince: ringSince(item, occasion, this.policy) };
    return await this.place(tx, returned, occasion, {
      department: await this.department(tx, occasion.now),
      unassign: leaving === 'for-good',
      isNews: true,
    });
  }

  // Who waits already is looked at each second, and as soon as somebody comes or gets free: one more message that changes nothing of what is
  // needed changes nothing of that.
  private async waitsAlready(tx: Transaction, facts: RoutingFacts): Promise<boolean> {
    const item = await this.work.open(tx, facts.conversationId);
    if (item?.state !== 'waiting') return false;
    const needed = JSON.parse(JSON.stringify(facts.needs)) as unknown;
    return (
      item.work === facts.work &&
      item.priority >= priorityOf(facts.work, facts.labels, this.policy) &&
      item.dueAt?.getTime() === facts.dueAt?.getTime() &&
      isDeepStrictEqual(item.needs, needed)
    );
  }

  /** Puts a conversation into the queue without offering it to anybody yet; renews what is known of one that is in work. */
  async enqueue(tx: Transaction, facts: RoutingFacts, now: Date): Promise<WorkItem & { readonly isNew: boolean }> {
    const priority = priorityOf(facts.work, facts.labels, this.policy);
    const { conversationId, work, needs, dueAt, waitingSince: enqueuedAt } = facts;
    const units = WORK_TERMS[work].units;
    const place = placeOf(priority, enqueuedAt, this.policy);
    return await this.work.put(tx, { id: newId(now), conversationId, work, units, priority, needs, place, dueAt, enqueuedAt });
  }

  /** Whom it would be given to now, without giving it. */
  async decide(queries: Queries, item: Pick<WorkItem, 'work' | 'units' | 'needs' | 'ringSince'>, now: Date): Promise<Decision> {
    return chooseAdjuster(item, await this.department(queries, now), now, this.policy);
  }

  /**
   * A person gives it to somebody, over capacity and presence, never over a hard constraint.
   * @returns the obstacle when it may not be theirs
   */
  async assign(
    tx: Transaction,
    facts: RoutingFacts,
    to: { accountId: string; actorId: string; now: Date },
  ): Promise<{ readonly refused: Obstacle } | null> {
    await this.adjusters.put(tx, to.accountId, {});
    const adjuster = (await this.adjusters.find(tx, to.accountId))!;
    const wanted = { work: facts.work, units: 0, ringSince: to.now, needs: { ...facts.needs, declined: [] } };
    const away = absenceOf(to.accountId, await this.absences.current(tx, to.now), to.now) ? 'absent' : null;
    const refused = lastingObstacle(adjuster, wanted, to.now, this.policy) ?? away;
    if (refused) return { refused };
    const item = facts.awaitingReply
      ? await this.enqueue(tx, { ...facts, needs: wanted.needs }, to.now)
      : await this.work.open(tx, facts.conversationId);
    if (item && item.accountId !== to.accountId) await this.hand(tx, item, to);
    const trace = {
      reasons: [{ code: 'by-hand', params: { account: to.actorId } }],
      excluded: [],
      candidates: [],
      rings: [],
      nextRingAt: null,
    };
    await this.record(
      tx,
      { conversationId: facts.conversationId, id: item?.id ?? null },
      { cause: 'person', now: to.now },
      { ...trace, ring: 'by-hand', chosen: to.accountId },
    );
    return null;
  }

  /** A person gives it back to the router: somebody else is looked for. */
  async reassign(tx: Transaction, facts: RoutingFacts, now: Date): Promise<Routing> {
    const occasion: Occasion = { cause: 'person', now };
    const item = await this.work.open(tx, facts.conversationId);
    if (item?.state === 'reserved') await this.giveBack(tx, item, occasion);
    const declined = facts.needs.assigneeId ? [...facts.needs.declined, facts.needs.assigneeId] : facts.needs.declined;
    const routing = await this.route(tx, { ...facts, needs: { ...facts.needs, declined, assigneeId: null, standIn: null } }, occasion);
    return { ...routing, assignment: routing.assignment ?? { assigneeId: null } };
  }

  /** We have answered. Mail gives its units back at once, other work after the customer has been quiet for a while. */
  async answered(tx: Transaction, conversationId: string, now: Date): Promise<void> {
    const item = await this.work.open(tx, conversationId);
    if (item?.state !== 'reserved') return;
    await this.work.setAnswered(tx, item.id, now);
    if (WORK_TERMS[item.work].releaseAfter === 0) await this.release(tx, conversationId, 'answered', now);
  }

  /** Returns the units; the conversation stays with its adjuster. */
  async release(tx: Transaction, conversationId: string, cause: 'answered' | 'quiet', now: Date): Promise<void> {
    const item = await this.work.open(tx, conversationId);
    if (item?.state !== 'reserved' || item.unitsHeld === 0 || item.answeredAt === null) return;
    await this.work.release(tx, item.id, { state: 'reserved', now });
    await this.publish(tx, conversationId, now, {
      type: 'work.released',
      payload: { workItemId: item.id, accountId: item.accountId!, cause },
    });
  }

  /** Takes the units again for a customer who waits, once their adjuster has room. */
  async hold(tx: Transaction, conversationId: string, now: Date): Promise<void> {
    const item = await this.work.open(tx, conversationId);
    if (item?.state === 'reserved' && item.answeredAt === null) await this.work.hold(tx, item.id, now);
  }

  /** Resolved or snoozed: nothing waits here any more. */
  async finish(tx: Transaction, conversationId: string, cause: 'resolved' | 'snoozed' | 'walled', now: Date): Promise<void> {
    const item = await this.work.open(tx, conversationId);
    if (!item) return;
    await this.work.release(tx, item.id, { state: 'done', now });
    if (!item.accountId) return;
    await this.publish(tx, conversationId, now, {
      type: 'work.released',
      payload: { workItemId: item.id, accountId: item.accountId, cause },
    });
  }

  /** Whether a reserved conversation must leave its adjuster: for good, or only if somebody else takes it; null: it stays. */
  private leaves(item: WorkItem, department: Department, occasion: Occasion): 'for-good' | 'if-taken' | null {
    const clock = { now: occasion.now, policy: this.policy };
    const holder = department.adjusters.find(({ id }) => id === item.accountId);
    if (!holder || lastingObstacle(holder, item, clock.now, clock.policy)) return 'for-good';
    const passing = passingObstacle(holder, item, department, clock);
    if (passing === 'absent') return 'for-good';
    const isThere = passing === null || passing === 'no-capacity';
    return isThere && !this.goesToOwner(item, department, occasion) ? null : 'if-taken';
  }

  /** A new handler is waited for like any other; one who comes back, or was only now found, gets it when they can take it at once. */
  private goesToOwner(item: WorkItem, department: Department, { cause, now }: Occasion): boolean {
    const clock = { now, policy: this.policy };
    const owner = department.adjusters.find(({ id }) => id === item.needs.ownerId);
    if (!owner || owner.id === item.accountId || !OWNER_FIRST.includes(cause)) return false;
    if (lastingObstacle(owner, item, now, this.policy)) return false;
    const passing = passingObstacle(owner, item, department, clock);
    return passing === null || (cause === 'handler-changed' && passing !== 'absent');
  }

  /** Nobody waits, but it must not stay with somebody who stands outside of a wall that was put up meanwhile, or is no longer licensed. */
  private async evict(tx: Transaction, facts: RoutingFacts, { now }: Occasion): Promise<Routing> {
    const { conversationId, work, needs } = facts;
    const holder = needs.assigneeId ? await this.adjusters.find(tx, needs.assigneeId) : undefined;
    if (!holder || !lastingObstacle(holder, { work, units: 0, needs: { ...needs, declined: [] }, ringSince: now }, now, this.policy))
      return NOTHING;
    await this.finish(tx, conversationId, 'walled', now);
    return { outcome: 'unrouted', assignment: { assigneeId: null } };
  }

  private async place(
    tx: Transaction,
    item: WorkItem,
    occasion: Occasion,
    state: { department: Department; unassign: boolean; isNews: boolean },
  ): Promise<Routing> {
    const { decision, isTaken } = await this.reserve(tx, item, occasion.now, state.department);
    if (isTaken) return await this.reserved(tx, item, occasion, decision);
    await this.work.setNextRing(tx, item.id, decision.nextRingAt);
    if (state.isNews && !SWEPT.includes(occasion.cause)) {
      await this.record(tx, item, occasion, decision);
      await this.publish(tx, item.conversationId, occasion.now, { type: 'work.queued', payload: { workItemId: item.id } });
    }
    return { outcome: 'queued', assignment: state.unassign ? { assigneeId: null } : null };
  }

  private async reserved(tx: Transaction, item: WorkItem, occasion: Occasion, decision: Decision): Promise<Routing> {
    const decisionId = await this.record(tx, item, occasion, decision);
    const accountId = decision.chosen!;
    await this.publish(tx, item.conversationId, occasion.now, {
      type: 'work.reserved',
      payload: { workItemId: item.id, accountId, decisionId },
    });
    return { outcome: 'reserved', assignment: accountId === item.needs.assigneeId ? null : { assigneeId: accountId } };
  }

  /** Chooses and takes, again on fresh figures while others are faster. */
  private async reserve(tx: Transaction, item: WorkItem, now: Date, first: Department): Promise<{ decision: Decision; isTaken: boolean }> {
    let department = first;
    for (let attempt = 1; ; attempt++) {
      const decision = chooseAdjuster(item, department, now, this.policy);
      if (!decision.chosen) return { decision, isTaken: false };
      const accountId = await this.work.reserve(tx, this.reservation(item, decision, department, { now, attempt }));
      if (accountId) return { decision: chooseAdjuster(item, without(department, decision, accountId), now, this.policy), isTaken: true };
      if (attempt === TRIES) return { decision: { ...decision, chosen: null, ring: 'queued' }, isTaken: false };
      department = await this.department(tx, now);
    }
  }

  /** Equals may stand in for the best one, whose load is about to change; once that has failed for a while, whoever has room will do. */
  private reservation(
    item: WorkItem,
    decision: Decision,
    department: Department,
    { now, attempt }: { now: Date; attempt: number },
  ): Reservation {
    const best = decision.candidates[0]!;
    const equals =
      attempt > PATIENT_TRIES ? [best] : decision.candidates.filter(({ skill, load }) => skill === best.skill && load === best.load);
    const used = new Map(department.adjusters.map((adjuster) => [adjuster.id, adjuster.used]));
    const among = equals.map(({ id }) => ({ accountId: id, seen: equals.length > 1 ? used.get(id)! : null }));
    const kept = decision.ring === 'assignee' ? item.needs.standIn : null;
    const standIn = decision.ring === 'delegate' ? this.standIn(item.needs, best.id, department, now) : kept;
    return { itemId: item.id, among, now, interrupts: this.policy.interrupts[item.work] ?? [], standIn };
  }

  private standIn(needs: Needs, delegate: string, { absences }: Department, now: Date): Needs['standIn'] {
    const chains = [needs.ownerId, needs.assigneeId].map((id) =>
      id ? delegationChain(id, absences, now, this.policy.delegationDepth) : undefined,
    );
    const chain = chains.find((candidate) => candidate?.delegates.includes(delegate));
    return chain ? { for: chain.absence.accountId, returns: chain.absence.returns } : null;
  }

  /** Moves an item to somebody by hand; what nobody waits for takes no units. */
  private async hand(tx: Transaction, item: WorkItem, to: { accountId: string; now: Date }): Promise<void> {
    if (item.state === 'reserved') await this.giveBack(tx, item, { cause: 'person', now: to.now });
    await this.work.take(tx, item.id, to.accountId, to.now);
    if (item.answeredAt) await this.work.release(tx, item.id, { state: 'reserved', now: to.now });
  }

  private async giveBack(tx: Transaction, item: WorkItem, occasion: Occasion): Promise<void> {
    await this.work.release(tx, item.id, { state: 'waiting', now: occasion.now, ringSince: ringSince(item, occasion, this.policy) });
    const payload = { workItemId: item.id, accountId: item.accountId!, cause: occasion.cause };
    await this.publish(tx, item.conversationId, occasion.now, { type: 'work.released', payload });
  }

  private async record(
    tx: Transaction,
    item: { id: string | null; conversationId: string },
    { cause, now }: Occasion,
    decision: Omit<Decision, 'ring'> & { readonly ring: string },
  ): Promise<string> {
    const id = newId(now);
    const { chosen: chosenId, ring } = decision;
    await this.decisions.add(tx, {
      id,
      conversationId: item.conversationId,
      workItemId: item.id,
      cause,
      ring,
      chosenId,
      trace: traceOf(decision),
      at: now,
    });
    return id;
  }

  private async publish(tx: Transaction, conversationId: string, now: Date, event: Omit<RoutingEvent, 'conversationId'>): Promise<void> {
    await this.outbox.append(tx, now, [{ ...event, conversationId }]);
  }

  private async department(queries: Queries, now: Date): Promise<Department> {
    return { adjusters: await this.adjusters.department(queries), absences: await this.absences.current(queries, now) };
  }
}

// The decision as it is on record: those who were just being given something else when it was taken were not to be had.
function without(department: Department, { candidates }: Decision, accountId: string): Department {
  const passed = candidates
    .slice(
      0,
      candidates.findIndex(({ id }) => id === accountId),
    )
    .map(({ id }) => id);
  return { ...department, adjusters: department.adjusters.filter(({ id }) => !passed.includes(id)) };
}

// As if the present adjuster stood in for the owner: the owner is asked first, and until they come the conversation stays where it is.
function ownerFirst(facts: RoutingFacts, { cause }: Occasion): RoutingFacts {
  const { needs } = facts;
  if (!OWNER_FIRST.includes(cause) || !needs.ownerId) return facts;
  return { ...facts, needs: { ...needs, standIn: { for: needs.ownerId, returns: 'immediately' } } };
}

// Whoever let a customer wait while offline has had their time already: the others may take it at once.
function ringSince(item: WorkItem, { cause, now }: Occasion, policy: RoutingPolicy): Date {
  return cause === 'stranded' ? new Date(now.getTime() - policy.patience[item.work] * 1000) : now;
}
