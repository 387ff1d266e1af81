import type { TeamMember } from '@claimline/protocol';

/** Those who need a look first: with what is overdue, then with what is due, then by what they have; whoever is away comes last. */
export function inOrderOfNeed(people: readonly TeamMember[]): readonly TeamMember[] {
  const away = (one: TeamMember): number => Number(one.absence !== null && one.open === 0);
  return [...people].sort(
    (a, b) => away(a) - away(b) || b.overdue - a.overdue || b.soon - a.soon || b.open - a.open || a.name.localeCompare(b.name),
  );
}

const common = (a: readonly string[], b: readonly string[]): number => a.filter((one) => b.includes(one)).length;

/** Who could stand in best: knows the same lines and languages, is here, has the most room. Null: there is nobody. */
export function suggestedDelegate(absent: TeamMember, people: readonly TeamMember[]): TeamMember | null {
  const load = (one: TeamMember): number => (one.capacity > 0 ? one.used / one.capacity : 1);
  const here = (one: TeamMember): number => Number(one.presence !== 'offline');
  const knows = (one: TeamMember): number => common(absent.lines, one.lines) + common(absent.languages, one.languages);
  const able = people.filter((one) => one.id !== absent.id && one.absence === null && one.role === 'adjuster' && knows(one) > 0);
  const best = [...able].sort((a, b) => here(b) - here(a) || knows(b) - knows(a) || load(a) - load(b) || a.open - b.open);
  return best[0] ?? null;
}

const DAY = 86_400_000;

/** The end of an absence that begins now and has so many days, today counted: midnight where this person is. */
export function endAfter(days: number, now: number): Date {
  const end = new Date(now + (days - 1) * DAY);
  end.setHours(24, 0, 0, 0);
  return end;
}

/** Days until the end of this week (Sunday), today counted. */
export const daysOfThisWeek = (now: number): number => ((7 - new Date(now).getDay()) % 7) + 1;
