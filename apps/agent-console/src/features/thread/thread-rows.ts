import type { Message, ThreadFact } from '@claimline/protocol';
import type { Outgoing } from '../../client';

/** One line of the thread as it is drawn. */
export type ThreadRow =
  | { readonly type: 'day'; readonly key: string; readonly at: number }
  | { readonly type: 'unread'; readonly key: string; readonly count: number }
  | { readonly type: 'message'; readonly key: string; readonly message: Message; readonly joined: boolean }
  | { readonly type: 'facts'; readonly key: string; readonly facts: readonly ThreadFact[] }
  | { readonly type: 'outgoing'; readonly key: string; readonly outgoing: Outgoing };

/** What the rows are made of. */
export interface ThreadParts {
  readonly items: readonly Message[];
  readonly facts: readonly ThreadFact[];
  readonly outgoing: readonly Outgoing[];
  /** The first message I have not seen, and how many there are. */
  readonly unread: { readonly id: string; readonly count: number } | null;
  /** Whether the thread begins here. If not, the day of the first entry began on a page that is not here yet. */
  readonly begins: boolean;
}

const JOINED_WITHIN = 5 * 60_000;

const dayOf = (at: number): string => {
  const day = new Date(at);
  return `${day.getFullYear()}-${day.getMonth() + 1}-${day.getDate()}`;
};

/** Whether a message goes on with what the same person said a moment ago on the same channel. */
export function isJoined(message: Message, before: Message | undefined): boolean {
  if (!before || message.kind !== 'text' || before.kind !== 'text') return false;
  const same = before.direction === message.direction && before.channel === message.channel && before.from === message.from;
  const sameAuthor = before.author?.id === message.author?.id;
  return same && sameAuthor && !message.subject && Date.parse(message.at) - Date.parse(before.at) < JOINED_WITHIN;
}

/** The first of the customer's messages that I have not seen: the last `count` of them are unseen. */
export function firstUnread(items: readonly Message[], count: number): { id: string; count: number } | null {
  if (count <= 0) return null;
  const theirs = items.filter((message) => message.direction === 'inbound');
  const first = theirs[Math.max(0, theirs.length - count)];
  return first ? { id: first.id, count } : null;
}

type Entry = { readonly at: number; readonly id: string; readonly message?: Message; readonly fact?: ThreadFact };

function inOrder(items: readonly Message[], facts: readonly ThreadFact[]): readonly Entry[] {
  const entries: Entry[] = [
    ...items.map((message) => ({ at: Date.parse(message.at), id: message.id, message })),
    ...facts.map((fact) => ({ at: Date.parse(fact.at), id: fact.id, fact })),
  ];
  return entries.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

function pushFact(rows: ThreadRow[], fact: ThreadFact): void {
  const last = rows.at(-1);
  if (last?.type === 'facts') rows[rows.length - 1] = { ...last, facts: [...last.facts, fact] };
  else rows.push({ type: 'facts', key: `facts-${fact.id}`, facts: [fact] });
}

/** All rows, oldest first: a line where a day begins, one before what is unread, facts that follow each other as one. */
export function rowsOf({ items, facts, outgoing, unread, begins }: ThreadParts): readonly ThreadRow[] {
  const rows: ThreadRow[] = [];
  let day = '';
  let before: Message | undefined;
  for (const entry of inOrder(items, facts)) {
    if (dayOf(entry.at) !== day) {
      day = dayOf(entry.at);
      before = undefined;
      if (begins || rows.length > 0) rows.push({ type: 'day', key: `day-${day}`, at: entry.at });
    }
    if (entry.fact) {
      pushFact(rows, entry.fact);
      before = undefined;
    } else if (entry.message) {
      if (entry.id === unread?.id) {
        rows.push({ type: 'unread', key: 'unread', count: unread.count });
        before = undefined;
      }
      rows.push({ type: 'message', key: entry.id, message: entry.message, joined: isJoined(entry.message, before) });
      before = entry.message;
    }
  }
  return [...rows, ...outgoing.map((one) => ({ type: 'outgoing' as const, key: one.key, outgoing: one }))];
}

// Virtuoso counts from here; older rows get smaller numbers, so that nothing moves when they come in above.
const PIVOT = 1_000_000;

/** The number of the first row, so that the row of `pivot` keeps its number for ever. */
export function firstIndex(rows: readonly ThreadRow[], pivot: string | undefined): number {
  const at = rows.findIndex((row) => row.key === pivot);
  return at < 0 ? PIVOT : PIVOT - at;
}
