import { NeedsLookPage, ReplayAnswer } from '@claimline/protocol';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, withQuery } from './api';
import { keys } from './query-keys';

/** What came in and could not be read or placed, newest first. */
export const useNeedsLook = () =>
  useInfiniteQuery({
    queryKey: keys.needsLook,
    queryFn: ({ pageParam, signal }) => api.get(withQuery('/api/needs-look', { limit: 50, before: pageParam }), NeedsLookPage, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    select: (answer) => answer.pages.flatMap((one) => one.items),
  });

/** Tries again, or puts away for good. The answer says what became of it; the list is left as it is, so that the outcome can be read. */
export function useSettleNeedsLook() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, how }: { id: string; how: 'replay' | 'dismiss' }) => api.post(`/api/needs-look/${id}/${how}`, {}, ReplayAnswer),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.counts }),
  });
}
