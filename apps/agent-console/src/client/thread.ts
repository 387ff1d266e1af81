import { Thread, type Conversation, type ConversationPage, type Message } from '@claimline/protocol';
import { useQuery, useQueryClient, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import { api, withQuery } from './api';
import { keys } from './query-keys';
import { withNewest, withOlder, type KnownThread } from './thread-merge';

const PAGE = 50;
// A thread that grew by more than this while we were away is opened at its end instead of being stitched.
const MOST_PAGES = 6;

const changed = new Map<string, Set<string>>();

/** Remembers that messages changed (a receipt, a file), so that the next reading goes back far enough to see them. */
export function noteChangedMessages(conversation: string, messages: readonly string[]): void {
  const known = changed.get(conversation) ?? new Set();
  for (const id of messages) known.add(id);
  changed.set(conversation, known);
}

const readPage = (id: string, before: string | null, signal?: AbortSignal) =>
  api.get(withQuery(`/api/conversations/${id}/messages`, { limit: PAGE, before }), Thread, { signal });

/** The page and what is behind it, until it meets what is known and covers what has changed. */
async function readBack(id: string, known: KnownThread | undefined, signal: AbortSignal): Promise<Thread> {
  const first = await readPage(id, null, signal);
  const ids = new Set(known?.items.map((message) => message.id));
  const wanted = new Set([...(changed.get(id) ?? [])].filter((message) => ids.has(message)));
  let whole = first;
  const met = () => ids.size === 0 || whole.items.some((message) => ids.has(message.id));
  const covered = () => whole.items.reduce((rest, message) => rest - Number(wanted.has(message.id)), wanted.size) <= 0;
  for (let pages = 1; whole.next !== null && pages < MOST_PAGES && !(met() && covered()); pages += 1) {
    const older = await readPage(id, whole.next, signal);
    whole = { ...whole, items: [...older.items, ...whole.items], facts: [...older.facts, ...whole.facts], next: older.next };
  }
  return whole;
}

async function readThread(queries: QueryClient, id: string, signal: AbortSignal): Promise<KnownThread> {
  const known = queries.getQueryData<KnownThread>(keys.thread(id));
  const noted = new Set(changed.get(id));
  const page = await readBack(id, known, signal);
  const left = [...(changed.get(id) ?? [])].filter((message) => !noted.has(message));
  changed.set(id, new Set(left));
  return withNewest(queries.getQueryData<KnownThread>(keys.thread(id)), page);
}

/** One thread across channels, oldest first and without holes; `loadOlder` goes one page back. */
export function useThread(id: string) {
  const queries = useQueryClient();
  const loading = useRef(false);
  const query = useQuery({ queryKey: keys.thread(id), queryFn: ({ signal }) => readThread(queries, id, signal) });
  const loadOlder = useCallback(async () => {
    const known = queries.getQueryData<KnownThread>(keys.thread(id));
    if (!known?.next || loading.current) return;
    loading.current = true;
    try {
      const page = await readPage(id, known.next);
      queries.setQueryData<KnownThread>(keys.thread(id), (now) => (now ? withOlder(now, page) : now));
    } finally {
      loading.current = false;
    }
  }, [id, queries]);
  return { ...query, loadOlder };
}

type Rows = InfiniteData<ConversationPage>;

/** Totals and labels are kept under the same noun as the lists: only lists have pages. */
const seenRows = (rows: Rows | { readonly pages?: undefined } | undefined, id: string) =>
  rows?.pages
    ? {
        ...rows,
        pages: rows.pages.map((page) => ({
          ...page,
          items: page.items.map((item) => (item.id === id ? { ...item, unread: 0 } : item)),
        })),
      }
    : rows;

/** Says that I have seen the conversation up to a position; its row is calm at once. */
export function useMarkRead(id: string): (position: number) => Promise<void> {
  const queries = useQueryClient();
  return useCallback(
    async (position) => {
      queries.setQueriesData<Rows | { readonly pages?: undefined }>({ queryKey: keys.conversations() }, (rows) => seenRows(rows, id));
      queries.setQueryData<Conversation>(keys.conversation(id), (one) => (one ? { ...one, unread: 0, readPosition: position } : one));
      await api.post(`/api/conversations/${id}/read`, { position });
    },
    [id, queries],
  );
}

/** The last attempt for each recipient that did not arrive. */
export function failedAttempts(message: Pick<Message, 'attempts'>): readonly string[] {
  const last = new Map(message.attempts.map((one) => [one.to, one]));
  return [...last.values()].filter((one) => ['failed', 'undeliverable', 'uncertain'].includes(one.state)).map((one) => one.id);
}

/** Sends a message again the same way, to those whom it did not reach: decided by a person. */
export const retryMessage = (message: Message) => Promise.all(failedAttempts(message).map((id) => api.post(`/api/deliveries/${id}/retry`)));

/** Sends the same message another way: on this channel, to the customer's address there. */
export const resendMessage = (message: string, channel: string) => api.post(`/api/messages/${message}/resend`, { channel });
