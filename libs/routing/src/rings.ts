import { absenceOf, type Adjuster, type Department } from './adjuster';
import { delegationChain, standInsOf } from './delegation';
import type { WorkToPlace } from './needs';
import type { Relaxation, Ring, RoutingPolicy } from './policy';
import { isSkilled } from './skills';

/** One circle of people, and when it may be asked. */
export interface PlannedRing {
  readonly ring: Ring;
  /** Who is in it and breaks no hard constraint. */
  readonly members: readonly Adjuster[];
  readonly opensAt: Date;
}

interface Circle {
  readonly ring: Ring;
  readonly isIn: (adjuster: Adjuster) => boolean;
  /** Seconds before the next circle opens, while somebody in this one might still come free. */
  readonly wait: number;
}

/**
 * The rings in order with their opening times. A ring in which nobody can come free (empty, or everybody on leave) costs no time:
 * that is how the work of an absent owner reaches the delegate at once, while an owner who is merely out for lunch is waited for.
 * @param eligible adjusters who break no hard constraint for this item
 */
export function planRings(
  item: WorkToPlace,
  eligible: readonly Adjuster[],
  department: Department,
  clock: { now: Date; policy: RoutingPolicy },
): PlannedRing[] {
  let opensAt = item.ringSince.getTime();
  return circles(item, department, clock).map(({ ring, isIn, wait }) => {
    const members = eligible.filter(isIn);
    const planned = { ring, members, opensAt: new Date(opensAt) };
    if (members.some((member) => !absenceOf(member.id, department.absences, clock.now))) opensAt += wait * 1000;
    return planned;
  });
}

function circles(item: WorkToPlace, department: Department, clock: { now: Date; policy: RoutingPolicy }): Circle[] {
  return [...personalCircles(item, department, clock), ...clock.policy.relaxations.map((step) => skilledCircle(item, step, clock.policy))];
}

function personalCircles(item: WorkToPlace, department: Department, clock: { now: Date; policy: RoutingPolicy }): Circle[] {
  const { needs } = item;
  const patience = clock.policy.patience[item.work];
  const among = (ring: Ring, ids: readonly (string | null)[], wait: number): Circle => ({ ring, isIn: ({ id }) => ids.includes(id), wait });
  // Who was written to by name is asked first, and whoever stands in for them.
  const addressed = needs.addressedTo
    ? [among('addressed', [needs.addressedTo, ...standIns(needs.addressedTo, department, clock)], patience)]
    : [];
  const assignee = among('assignee', needs.assigneeId === needs.ownerId ? [] : [needs.assigneeId], patience);
  const owner = among('claim-owner', [needs.ownerId], patience);
  const last = among('last-handler', [lastHandler(item, clock)], clock.policy.lastHandlerPatience[item.work]);
  const coHandlers = among('co-handler', needs.coHandlerIds, 0);
  const delegates = among('delegate', delegatesOf(item, department, clock), patience);
  // "Never" hands the customer over for good, so that even a closed conversation comes back to the stand-in.
  if (needs.lastHandler?.returns === 'never') return [...addressed, assignee, last, owner, coHandlers, delegates];
  const first = needs.standIn?.returns === 'immediately' ? [owner, assignee] : [assignee, owner];
  return [...addressed, ...first, coHandlers, delegates, last];
}

const skilledCircle = (item: WorkToPlace, step: Relaxation, policy: RoutingPolicy): Circle => ({
  ring: step.ring,
  isIn: (adjuster) => isSkilled(adjuster, item.needs, step, policy),
  wait: step.wait,
});

function delegatesOf(item: WorkToPlace, { absences }: Department, { now, policy }: { now: Date; policy: RoutingPolicy }): string[] {
  const principals = [item.needs.ownerId, item.needs.assigneeId].filter((id) => id !== null);
  return principals.flatMap((id) => delegationChain(id, absences, now, policy.delegationDepth)?.delegates ?? []);
}

const standIns = (id: string, { absences }: Department, { now, policy }: { now: Date; policy: RoutingPolicy }): readonly string[] =>
  standInsOf(id, absences, now, policy.delegationDepth);

function lastHandler({ needs }: WorkToPlace, { now, policy }: { now: Date; policy: RoutingPolicy }): string | null {
  if (!needs.lastHandler) return null;
  const age = now.getTime() - Date.parse(needs.lastHandler.at);
  return age <= policy.lastHandlerHours * 3_600_000 ? needs.lastHandler.id : null;
}
