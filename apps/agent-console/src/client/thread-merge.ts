import type { Message, Thread, ThreadFact } from '@claimline/protocol';

/** The part of a thread that this browser knows: without holes, oldest first. `next` leads to what is older. */
export interface KnownThread {
  readonly items: readonly Message[];
  readonly facts: readonly ThreadFact[];
  readonly next: string | null;
  readonly position: number;
}

interface Dated {
  readonly id: string;
  readonly at: string;
}

const inOrder = (a: Dated, b: Dated): number => Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : Number(a.id > b.id));

/** Both lists as one, in thread order; where both know an entry the fresh one wins. */
export function merge<Entry extends Dated>(known: readonly Entry[], fresh: readonly Entry[]): readonly Entry[] {
  return [...new Map([...known, ...fresh].map((entry) => [entry.id, entry])).values()].sort(inOrder);
}

/** Whether a page joins what is known, so that nothing is missing in between. An empty known part joins anything. */
export function joins(known: KnownThread, page: Thread): boolean {
  const ids = new Set(known.items.map((message) => message.id));
  return known.items.length === 0 || page.next === null || page.items.some((message) => ids.has(message.id));
}

/** What is known after the newest page was read again. Without a joint the old part is let go: it can be paged back to. */
export function withNewest(known: KnownThread | undefined, page: Thread): KnownThread {
  if (!known || !joins(known, page)) return { items: page.items, facts: page.facts, next: page.next, position: page.position };
  const olderKnown = known.items[0] && page.items[0] && inOrder(known.items[0], page.items[0]) < 0;
  return {
    items: merge(known.items, page.items),
    facts: merge(known.facts, page.facts),
    next: olderKnown ? known.next : page.next,
    position: Math.max(known.position, page.position),
  };
}

/** What is known after a page of older entries arrived. */
export function withOlder(known: KnownThread, page: Thread): KnownThread {
  return { ...known, items: merge(page.items, known.items), facts: merge(page.facts, known.facts), next: page.next };
}

/** Puts one message that we already have in full (our own, just sent) into the thread. */
export function withMessage(known: KnownThread, message: Message): KnownThread {
  return { ...known, items: merge(known.items, [message]) };
}
