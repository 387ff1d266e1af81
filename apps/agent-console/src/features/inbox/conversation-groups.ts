import type { ConversationItem, View } from '@claimline/protocol';
import { daysBetween, urgency } from '../../ui/moments';

/** The parts of *To do*, in the order of haste. */
export const GROUPS = ['hurt', 'overdue', 'hour', 'today', 'waiting'] as const;
/** One of them. */
export type Group = (typeof GROUPS)[number];

/** A line of the list: the head of a group, or a conversation. */
export type ListLine = { readonly head: Group; readonly count: number } | { readonly item: ConversationItem };

/** Where a conversation belongs: by its nearest deadline; without one that falls today it just waits for me. */
export function groupOf(item: Pick<ConversationItem, 'nextDue' | 'labels' | 'awaitingReply'>, now: number): Group {
  // Somebody who is hurt and waits stands before every deadline, as in the hub's own order.
  if (item.awaitingReply && item.labels.some((label) => label === 'injury' || label === 'fatality')) return 'hurt';
  if (!item.nextDue) return 'waiting';
  const due = Date.parse(item.nextDue.at);
  const how = item.nextDue.breached ? 'over' : urgency(due, now);
  if (how === 'over') return 'overdue';
  if (how === 'soon') return 'hour';
  return daysBetween(now, due) === 0 ? 'today' : 'waiting';
}

/** The lines of a view. Only *To do* has groups; within a group the order of the hub stays. */
export function linesOf(items: readonly ConversationItem[], view: View, now: number): readonly ListLine[] {
  if (view !== 'todo') return items.map((item) => ({ item }));
  return GROUPS.flatMap((group): ListLine[] => {
    const members = items.filter((item) => groupOf(item, now) === group);
    if (members.length === 0) return [];
    return [{ head: group, count: members.length }, ...members.map((item) => ({ item }))];
  });
}

/** The conversations in the order a person sees them. */
export const orderOf = (lines: readonly ListLine[]): readonly ConversationItem[] =>
  lines.flatMap((line) => ('item' in line ? [line.item] : []));

/** The neighbour of a conversation; from outside of the list its first. Stays at the ends. */
export function neighbour(order: readonly ConversationItem[], id: string | null, step: 1 | -1): string | null {
  const at = order.findIndex((item) => item.id === id);
  if (at < 0) return order[0]?.id ?? null;
  return order[Math.min(order.length - 1, Math.max(0, at + step))]?.id ?? null;
}

/** Where to go after this one is done: the next of the list, else the one before, else nowhere. */
export function afterDone(order: readonly ConversationItem[], id: string): string | null {
  const at = order.findIndex((item) => item.id === id);
  if (at < 0) return order.find((item) => item.id !== id)?.id ?? null;
  return (order[at + 1] ?? order[at - 1])?.id ?? null;
}
