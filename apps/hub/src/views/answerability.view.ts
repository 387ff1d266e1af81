import type { Queries } from '@claimline/database';
import { AbsenceMoves, Absences, type AbsenceRecord } from '@claimline/people';
import {
  absenceOf,
  Adjusters,
  DEFAULT_ROUTING_POLICY,
  lastingObstacle,
  standInsOf,
  unroutable,
  type Adjuster,
  type RoutingFacts,
} from '@claimline/routing';

/** Whether anybody can answer a customer at this moment. */
export interface Answerability {
  /** Somebody who may have it is at work: whoever has it, or anybody who could take it from the queue. */
  readonly isThere: boolean;
  /** Whose it would be is away; null: nobody in particular is. */
  readonly absence: AbsenceRecord | null;
  /** No delegate of theirs may have it, or all of them are away too. */
  readonly nobodyStandsIn: boolean;
}

/** Looks through the department for somebody who could answer. */
export class AnswerabilityView {
  constructor(
    private readonly adjusters: Adjusters,
    private readonly absences: Absences,
    private readonly moves: AbsenceMoves,
  ) {}

  /**
   * Undefined where nothing waits for a person (filed by hand first, written by a machine, answered already), and where neither an absence
   * nor closed doors keep anybody away.
   */
  async of(queries: Queries, facts: RoutingFacts, { now, isOpen }: { now: Date; isOpen: boolean }): Promise<Answerability | undefined> {
    const absences = await this.absences.current(queries, now);
    if (unroutable(facts) !== null || (isOpen && absences.length === 0)) return undefined;
    const move = await this.moves.ofConversation(queries, facts.conversationId);
    const { ownerId, assigneeId, addressedTo } = facts.needs;
    const whose = [ownerId, assigneeId, addressedTo, move?.fromId].find((id) => id && absenceOf(id, absences, now));
    if (isOpen && !whose) return undefined;
    const able = (await this.adjusters.department(queries)).filter((one) => mayHave(one, facts, now));
    const present = able.filter(({ id, presence }) => presence !== 'offline' && !absenceOf(id, absences, now));
    const standIns = whose ? standInsOf(whose, absences, now, DEFAULT_ROUTING_POLICY.delegationDepth) : [];
    return {
      isThere: present.length > 0,
      absence: absences.find(({ accountId }) => accountId === whose) ?? null,
      nobodyStandsIn: !standIns.some((id) => able.some((one) => one.id === id)),
    };
  }
}

const mayHave = (adjuster: Adjuster, { work, needs }: RoutingFacts, now: Date): boolean =>
  lastingObstacle(adjuster, { work, units: 0, ringSince: now, needs }, now, DEFAULT_ROUTING_POLICY) === null;
