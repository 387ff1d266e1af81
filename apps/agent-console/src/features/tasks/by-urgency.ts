import type { Task } from '@claimline/protocol';
import { urgency, type Urgency } from '../../ui/moments';

const ORDER: readonly Urgency[] = ['over', 'soon', 'today', 'later'];

/** Tasks under the headings of a day: overdue, within the hour, today, later. Empty headings are left out. */
export function byUrgency(tasks: readonly Task[], now: number): readonly (readonly [Urgency, readonly Task[]])[] {
  const groups = ORDER.map((name) => [name, tasks.filter((task) => urgency(Date.parse(task.due), now) === name)] as const);
  return groups.filter(([, some]) => some.length > 0);
}
