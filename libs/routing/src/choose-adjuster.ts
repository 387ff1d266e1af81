import type { Adjuster, Department } from './adjuster';
import { lastingObstacle, passingObstacle, type Obstacle } from './constraints';
import type { WorkToPlace } from './needs';
import { DEFAULT_ROUTING_POLICY, type Ring, type RoutingPolicy } from './policy';
import { reasonsOf, type Reason } from './reasons';
import { planRings, type PlannedRing } from './rings';
import { skillScore } from './skills';

/** Somebody who could have been given the work, with the figures by which they were compared. */
export interface Candidate {
  readonly id: string;
  readonly ring: Ring;
  /** 0–1, see {@link skillScore}. */
  readonly skill: number;
  /** Share of the capacity that is taken. */
  readonly load: number;
  readonly openItems: number;
  /** Null: never had work. */
  readonly idleSeconds: number | null;
}

/** What was decided and why: enough to explain it years later without the state of that moment. */
export interface Decision {
  readonly chosen: string | null;
  readonly ring: Ring | 'queued';
  readonly reasons: readonly Reason[];
  readonly excluded: readonly { readonly id: string; readonly code: Obstacle }[];
  /** Those who could take it in the ring that decided, best first. */
  readonly candidates: readonly Candidate[];
  readonly rings: readonly { readonly ring: Ring; readonly opensAt: Date; readonly members: number }[];
  /** When the next ring opens; null when no ring is left, or none needed. */
  readonly nextRingAt: Date | null;
}

/** Who gets this work now, if anybody: the nearest open ring with somebody free decides, and inside a ring the order of {@link byFitness}. */
export function chooseAdjuster(
  item: WorkToPlace,
  department: Department,
  now: Date,
  policy: RoutingPolicy = DEFAULT_ROUTING_POLICY,
): Decision {
  const clock = { now, policy };
  const lasting = new Map(department.adjusters.map((adjuster) => [adjuster.id, lastingObstacle(adjuster, item, now, policy)]));
  const eligible = department.adjusters.filter(({ id }) => lasting.get(id) === null);
  const passing = new Map(eligible.map((adjuster) => [adjuster.id, passingObstacle(adjuster, item, department, clock)]));
  const rings = planRings(item, eligible, department, clock);
  const free = (ring: PlannedRing): Adjuster[] => ring.members.filter(({ id }) => passing.get(id) === null);
  const deciding = rings.find((ring) => ring.opensAt <= now && free(ring).length > 0);
  const candidates = deciding
    ? free(deciding)
        .map((adjuster) => toCandidate(adjuster, deciding.ring, item, clock))
        .sort(byFitness)
    : [];
  const excluded = department.adjusters.flatMap(({ id }) => {
    const code = lasting.get(id) ?? passing.get(id) ?? null;
    return code ? [{ id, code }] : [];
  });
  const next = deciding ? undefined : rings.find((ring) => ring.opensAt > now);
  const chosen = department.adjusters.find(({ id }) => id === candidates[0]?.id);
  return {
    chosen: chosen?.id ?? null,
    ring: deciding?.ring ?? 'queued',
    reasons: reasonsOf({ item, rings, candidates, excluded, chosen, ring: deciding?.ring, next }, department, clock),
    excluded,
    candidates,
    rings: rings.map(({ ring, opensAt, members }) => ({ ring, opensAt, members: members.length })),
    nextRingAt: next?.opensAt ?? null,
  };
}

/** Skill, then load, then open conversations, then whoever has waited longest, then the id: no two runs differ. */
export function byFitness(a: Candidate, b: Candidate): number {
  return b.skill - a.skill || a.load - b.load || a.openItems - b.openItems || idleness(b) - idleness(a) || (a.id < b.id ? -1 : 1);
}

// Who has never had work has waited longest of all. Not Infinity: the difference of two infinities is no order.
const idleness = (candidate: Candidate): number => candidate.idleSeconds ?? Number.MAX_SAFE_INTEGER;

function toCandidate(adjuster: Adjuster, ring: Ring, item: WorkToPlace, { now, policy }: { now: Date; policy: RoutingPolicy }): Candidate {
  return {
    id: adjuster.id,
    ring,
    skill: skillScore(adjuster, item.needs, policy),
    load: adjuster.capacity === 0 ? 1 : adjuster.used / adjuster.capacity,
    openItems: adjuster.openItems,
    idleSeconds: adjuster.idleSince && Math.max(0, Math.round((now.getTime() - adjuster.idleSince.getTime()) / 1000)),
  };
}
