import { absenceOf, type Adjuster, type Department } from './adjuster';
import type { Candidate } from './choose-adjuster';
import type { Obstacle } from './constraints';
import { delegationChain } from './delegation';
import type { WorkToPlace } from './needs';
import type { Ring, RoutingPolicy } from './policy';
import type { PlannedRing } from './rings';
import { languageLevel } from './skills';

/** One reason of a decision: a code that the console translates, and what it speaks of. A parameter `account` is an account's id. */
export interface Reason {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

interface Findings {
  readonly item: WorkToPlace;
  readonly rings: readonly PlannedRing[];
  readonly candidates: readonly Candidate[];
  readonly excluded: readonly { readonly id: string; readonly code: Obstacle }[];
  readonly chosen: Adjuster | undefined;
  readonly ring: Ring | undefined;
  readonly next: PlannedRing | undefined;
}
interface At {
  readonly now: Date;
  readonly policy: RoutingPolicy;
}

const reason = (code: string, params: Reason['params'] = {}): Reason => ({ code, params });

/** The reasons in order of weight: for a choice what speaks for it, for the queue what is waited for. */
export function reasonsOf(findings: Findings, department: Department, at: At): Reason[] {
  const { chosen, ring } = findings;
  const absences = absenceReasons(findings.item, department, at);
  if (!chosen || !ring) return [...absences, ...queueReasons(findings, department)];
  return [
    ringReason(ring, findings.item, absences),
    ...absences,
    ...skillReasons(chosen, findings.item),
    ...comparison(findings.candidates, at.now, chosen),
  ];
}

function ringReason(ring: Ring, { needs }: WorkToPlace, absences: readonly Reason[]): Reason {
  if (ring === 'claim-owner' && needs.claimNumber) return reason(ring, { claim: needs.claimNumber });
  const standsInFor = absences[0]?.params['account'];
  return ring === 'delegate' && standsInFor ? reason(ring, { account: standsInFor }) : reason(ring);
}

function absenceReasons({ needs }: WorkToPlace, { absences }: Department, { now, policy }: At): Reason[] {
  return [needs.ownerId, needs.assigneeId].flatMap((id, index, all) => {
    const absence = id && all.indexOf(id) === index ? absenceOf(id, absences, now) : undefined;
    if (!id || !absence) return [];
    const away = reason('absent', { account: id, until: absence.ends.toISOString() });
    const isCycle = delegationChain(id, absences, now, policy.delegationDepth)?.cycle;
    return isCycle ? [away, reason('delegation-cycle', { account: id })] : [away];
  });
}

function skillReasons(chosen: Adjuster, { needs }: WorkToPlace): Reason[] {
  const reasons: Reason[] = [];
  if (needs.language) {
    const level = languageLevel(chosen, needs.language);
    reasons.push(
      level > 0 ? reason('speaks', { language: needs.language, level }) : reason('translation-needed', { language: needs.language }),
    );
  }
  if (needs.line) {
    const level = chosen.lines[needs.line] ?? 0;
    reasons.push(level > 0 ? reason('knows-line', { line: needs.line, level }) : reason('generalist', { line: needs.line }));
  }
  if (needs.jurisdiction && Object.keys(chosen.licences).length > 0) reasons.push(reason('licensed', { region: needs.jurisdiction }));
  return reasons;
}

/** What set the best candidate apart from the second. */
function comparison(candidates: readonly Candidate[], now: Date, chosen: Adjuster): Reason[] {
  const [best, second] = candidates;
  if (!best || !second) return [reason('only-one-free')];
  if (best.skill > second.skill) return [reason('best-skilled')];
  if (best.load < second.load) return [reason('lowest-load', { used: chosen.used, capacity: chosen.capacity })];
  if (best.openItems < second.openItems) return [reason('fewest-open', { open: best.openItems })];
  const since = chosen.idleSince ?? now;
  return [reason('longest-idle', { seconds: best.idleSeconds ?? Math.round((now.getTime() - since.getTime()) / 1000) })];
}

function queueReasons({ rings, next, excluded }: Findings, department: Department): Reason[] {
  if (next) {
    const waitsFor = rings[rings.indexOf(next) - 1];
    const until = next.opensAt.toISOString();
    const [person, ...others] = waitsFor?.members ?? [];
    if (waitsFor && person && others.length === 0) return [reason('waits-for-person', { ring: waitsFor.ring, until, account: person.id })];
    return [reason('waits-for-ring', { ring: waitsFor?.ring ?? next.ring, until })];
  }
  const members = new Set(rings.flatMap((ring) => ring.members.map(({ id }) => id)));
  if (members.size === 0) return [reason('nobody-qualified')];
  const isFull = excluded.some(({ id, code }) => members.has(id) && code === 'no-capacity');
  return [reason(isFull ? 'everybody-full' : 'nobody-online', { qualified: members.size, adjusters: department.adjusters.length })];
}
