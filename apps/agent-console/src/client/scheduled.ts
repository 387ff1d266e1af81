import { ScheduledSend, ScheduledSends, type ChangeScheduled, type ScheduleMessage } from '@claimline/protocol';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, withQuery } from './api';
import { keys } from './query-keys';

/** The replies of a conversation that leave later. */
export const useScheduledOf = (conversation: string) =>
  useQuery({
    queryKey: keys.scheduled(conversation),
    queryFn: ({ signal }) => api.get(`/api/conversations/${conversation}/scheduled`, ScheduledSends, { signal }),
  });

/** All that leaves later: mine, or everybody's for those who supervise. */
export const useScheduled = (view: 'mine' | 'all') =>
  useInfiniteQuery({
    queryKey: keys.scheduled(view),
    queryFn: ({ pageParam, signal }) =>
      api.get(withQuery('/api/scheduled', { view, limit: 50, before: pageParam }), ScheduledSends, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    select: (answer) => answer.pages.flatMap((page) => page.items),
  });

function useRefreshed() {
  const queries = useQueryClient();
  return () => Promise.all([keys.scheduled(), keys.tasks(), keys.counts].map((queryKey) => queries.invalidateQueries({ queryKey })));
}

/** Puts a reply off. */
export function useSchedule(conversation: string) {
  const onSettled = useRefreshed();
  return useMutation({
    mutationFn: (message: ScheduleMessage) => api.post(`/api/conversations/${conversation}/scheduled`, message, ScheduledSend),
    onSettled,
  });
}

/** Other words or another time. */
export function useChangeScheduled() {
  const onSettled = useRefreshed();
  return useMutation({
    mutationFn: ({ id, ...change }: ChangeScheduled & { id: string }) => api.patch(`/api/scheduled/${id}`, change, ScheduledSend),
    onSettled,
  });
}

/** Sends it now. */
export function useSendScheduled() {
  const queries = useQueryClient();
  const refreshed = useRefreshed();
  return useMutation({
    mutationFn: (send: ScheduledSend) => api.post(`/api/scheduled/${send.id}/send`),
    onSettled: (_answer, _error, { conversationId }) =>
      Promise.all([refreshed(), queries.invalidateQueries({ queryKey: keys.thread(conversationId) })]),
  });
}

/** Calls it off. */
export function useCancelScheduled() {
  const onSettled = useRefreshed();
  return useMutation({ mutationFn: (id: string) => api.delete(`/api/scheduled/${id}`), onSettled });
}
