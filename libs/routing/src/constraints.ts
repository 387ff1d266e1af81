import { absenceOf, type Adjuster, type Department } from './adjuster';
import { languageLevel } from './skills';
import { licenceObstacle } from './licence';
import type { Needs, WorkToPlace } from './needs';
import type { RoutingPolicy } from './policy';

/** Why somebody can never take this work, whatever the hour. No ring and no wait relaxes one of these. */
export type LastingObstacle =
  | 'inactive'
  | 'restricted'
  | 'recused'
  | 'gave-back'
  | 'brand'
  | 'channel'
  | 'licence-missing'
  | 'licence-expired'
  | 'authority'
  | 'language';
/** Why somebody cannot take it now, but may later. */
export type PassingObstacle = 'absent' | 'offline' | 'away' | 'busy' | 'no-capacity';
export type Obstacle = LastingObstacle | PassingObstacle;

interface Rule {
  readonly code: LastingObstacle;
  readonly allows: (adjuster: Adjuster, item: WorkToPlace, now: Date, policy: RoutingPolicy) => boolean;
}

/** The hard constraints, one line each (routing-and-metrics.md §5.2 R4, R5, R6, R11, R12, R15). */
const RULES: readonly Rule[] = [
  { code: 'inactive', allows: (adjuster) => adjuster.active },
  { code: 'restricted', allows: (adjuster, { needs }) => needs.restrictedTo === null || adjuster.groups.includes(needs.restrictedTo) },
  { code: 'recused', allows: (adjuster, { needs }) => !needs.recused.includes(adjuster.id) },
  { code: 'gave-back', allows: (adjuster, { needs }) => !needs.declined.includes(adjuster.id) },
  { code: 'brand', allows: (adjuster, { needs }) => isOpenTo(adjuster.brandIds, needs.brandId) },
  { code: 'channel', allows: (adjuster, { needs }) => isOpenTo(adjuster.channels, needs.channel) },
  { code: 'authority', allows: (adjuster, { needs }) => maySettle(adjuster, needs.authority) },
  {
    code: 'language',
    allows: (adjuster, item, _now, policy) => !policy.languageIsHard.includes(item.work) || speaks(adjuster, item.needs),
  },
];

/** The first hard constraint that an adjuster fails; null when none. */
export function lastingObstacle(adjuster: Adjuster, item: WorkToPlace, now: Date, policy: RoutingPolicy): LastingObstacle | null {
  const broken = RULES.find((rule) => !rule.allows(adjuster, item, now, policy));
  return broken?.code ?? licenceObstacle(adjuster, item.needs.jurisdiction, now, policy.licensedRegions);
}

/**
 * Why an adjuster cannot be given work at this moment; null when they can. Work is only ever pushed to somebody who is there:
 * what is not urgent waits in the queue for its person instead of lying on an empty desk.
 */
export function passingObstacle(
  adjuster: Adjuster,
  item: WorkToPlace,
  department: Department,
  clock: { now: Date; policy: RoutingPolicy },
): PassingObstacle | null {
  if (absenceOf(adjuster.id, department.absences, clock.now)) return 'absent';
  if (adjuster.presence !== 'online') return adjuster.presence;
  return freeUnits(adjuster, item, clock.policy) >= item.units ? null : 'no-capacity';
}

/** Units left for this work: what it may interrupt does not count as taken. */
export function freeUnits(adjuster: Adjuster, item: Pick<WorkToPlace, 'work'>, policy: RoutingPolicy): number {
  const movable = (policy.interrupts[item.work] ?? []).reduce((sum, work) => sum + (adjuster.usedBy[work] ?? 0), 0);
  return adjuster.capacity - adjuster.used + movable;
}

const isOpenTo = (allowed: readonly string[], wanted: string): boolean => allowed.length === 0 || allowed.includes(wanted);
const speaks = (adjuster: Adjuster, needs: Needs): boolean => needs.language === null || languageLevel(adjuster, needs.language) > 0;

function maySettle(adjuster: Adjuster, sum: Needs['authority']): boolean {
  if (!sum) return true;
  const limit = adjuster.authority[sum.currency];
  return limit !== undefined && cents(sum.amount) <= cents(limit);
}

// Money is decimal text; four places are more than any currency has, and whole numbers compare exactly.
function cents(amount: string): bigint {
  const [whole = '0', fraction = ''] = amount.split('.');
  return BigInt(whole + fraction.padEnd(4, '0').slice(0, 4));
}
