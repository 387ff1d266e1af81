import { Assign, Conversation, ConversationPage, Link, Snooze, ViewCounts, type ConversationItem, type View } from '@claimline/protocol';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { api, withQuery } from './api';
import { keys } from './query-keys';

const path = (id: string, verb?: string): string => `/api/conversations/${id}${verb ? `/${verb}` : ''}`;

/** What a list is narrowed by, as it stands in the address of the page. */
export type ListFilter = Readonly<Record<string, string>>;
const NO_FILTER: ListFilter = {};

/** One view of the inbox, page by page, in the order of the hub; with `q` its search. */
export const useConversations = (view: View, q = '', filter: ListFilter = NO_FILTER) =>
  useInfiniteQuery({
    queryKey: keys.conversations(view, q, filter),
    queryFn: ({ pageParam, signal }) =>
      api.get(withQuery('/api/conversations', { view, q, ...filter, limit: 50, before: pageParam }), ConversationPage, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: q ? keepPreviousData : undefined,
    select: (answer) => dedupe(answer.pages.flatMap((page) => page.items)),
  });

// A row that moves between two page reads is met twice.
function dedupe(items: readonly ConversationItem[]): readonly ConversationItem[] {
  return [...new Map(items.map((item) => [item.id, item])).values()];
}

/** How many in each view, for me. */
export const useViewCounts = () =>
  useQuery({ queryKey: keys.counts, queryFn: ({ signal }) => api.get('/api/conversations/counts', ViewCounts, { signal }) });

/** One conversation with what its header and panels need. */
export const useConversation = (id: string | undefined) =>
  useQuery({
    queryKey: keys.conversation(id ?? ''),
    queryFn: ({ signal }) => api.get(path(id ?? ''), Conversation, { signal }),
    enabled: id !== undefined,
  });

/** A change of one conversation; afterwards its row, its thread and the counts are read again. */
function useChange<Input>(send: (id: string, input: Input) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...input }: { id: string } & Input) => send(id, input as unknown as Input),
    onSettled: async (_answer, _error, { id }) => {
      await Promise.all(
        [keys.conversations(), keys.counts, keys.conversation(id), keys.thread(id), keys.composer(id)].map((queryKey) =>
          queries.invalidateQueries({ queryKey }),
        ),
      );
    },
  });
}

/** Gives it to a person, or with null back to the router. */
export const useAssign = () => useChange<z.infer<typeof Assign>>((id, body) => api.post(path(id, 'assign'), body));
/** Puts it away until a time; the customer's next message wakes it. */
export const useSnooze = () => useChange<z.infer<typeof Snooze>>((id, body) => api.post(path(id, 'snooze'), body));
/** Nothing more to do. */
export const useResolve = () => useChange<object>((id) => api.post(path(id, 'resolve')));
/** Open again: undoes snooze and resolve. */
export const useReopen = () => useChange<object>((id) => api.post(path(id, 'reopen')));
/** Binds it to a claim (and party); null unbinds. */
export const useLinkClaim = () => useChange<z.infer<typeof Link>>((id, body) => api.post(path(id, 'link'), body));
/** Says who of several holders of the address is writing. */
export const useChooseHolder = () => useChange<{ contact: string }>((id, body) => api.post(path(id, 'holder'), body));
/** My phone rings, then the customer's. */
export const useStartCall = () => useChange<{ to?: string }>((id, body) => api.post(path(id, 'call'), body));
