import { absenceOf, type AbsenceFact } from './adjuster';

/** Who stands in for an absent person, nearest first. */
export interface DelegationChain {
  /** The absence that it starts from. */
  readonly absence: AbsenceFact;
  readonly delegates: readonly string[];
  /** Whether the chain led back to somebody already in it. */
  readonly cycle: boolean;
}

/** Follows delegates while each of them is absent too, at most `depth` far; undefined when the person is not absent. */
export function delegationChain(
  accountId: string,
  absences: readonly AbsenceFact[],
  now: Date,
  depth: number,
): DelegationChain | undefined {
  const first = absenceOf(accountId, absences, now);
  if (!first) return undefined;
  const seen = new Set([accountId]);
  let next: AbsenceFact | undefined = first;
  while (next?.delegateId && seen.size <= depth) {
    if (seen.has(next.delegateId)) return { absence: first, delegates: [...seen].slice(1), cycle: true };
    seen.add(next.delegateId);
    next = absenceOf(next.delegateId, absences, now);
  }
  return { absence: first, delegates: [...seen].slice(1), cycle: false };
}

/** Who of the chain is there to stand in: nearest first, nobody who is absent too; empty where the chain leads nowhere or in a circle. */
export function standInsOf(accountId: string, absences: readonly AbsenceFact[], now: Date, depth: number): readonly string[] {
  const chain = delegationChain(accountId, absences, now, depth);
  return chain?.delegates.filter((id) => !absenceOf(id, absences, now)) ?? [];
}
