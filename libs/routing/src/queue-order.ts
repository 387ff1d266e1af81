import { DEFAULT_ROUTING_POLICY, type RoutingPolicy } from './policy';
import { WORK_TERMS, type Work } from './work';

/** What the place in the queue depends on. */
export interface QueuedWork {
  readonly id: string;
  readonly priority: number;
  readonly enqueuedAt: Date;
  /** The nearest deadline of its clocks; decides between equals. */
  readonly dueAt: Date | null;
}

/** Points before any waiting: the work's urgency and the boosts of its labels, capped so that ageing always wins in the end. */
export function priorityOf(work: Work, labels: readonly string[], policy: RoutingPolicy = DEFAULT_ROUTING_POLICY): number {
  const boosts = labels.reduce((sum, label) => sum + (policy.boosts[label] ?? 0), 0);
  return Math.min(WORK_TERMS[work].urgency + boosts, policy.priorityCap);
}

/**
 * The moment that stands for a place in the queue: whoever has the earlier one is served first. As everybody ages alike, the order of two
 * items never changes, so the place is stored once and an index gives the queue in order, instead of being computed again each second.
 */
export function placeOf(priority: number, enqueuedAt: Date, policy: RoutingPolicy = DEFAULT_ROUTING_POLICY): Date {
  return new Date(enqueuedAt.getTime() - (priority / policy.ageRate) * 60_000);
}

/** Orders the queue: highest points, then nearest deadline, then first come, then id. */
export function byTurn(policy: RoutingPolicy = DEFAULT_ROUTING_POLICY): (a: QueuedWork, b: QueuedWork) => number {
  const place = (item: QueuedWork): number => placeOf(item.priority, item.enqueuedAt, policy).getTime();
  const due = (item: QueuedWork): number => item.dueAt?.getTime() ?? Number.MAX_SAFE_INTEGER;
  return (a, b) => place(a) - place(b) || due(a) - due(b) || a.enqueuedAt.getTime() - b.enqueuedAt.getTime() || (a.id < b.id ? -1 : 1);
}
