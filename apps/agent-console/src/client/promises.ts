import { PromisePage, type MakePromise } from '@claimline/protocol';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, withQuery } from './api';
import { keys } from './query-keys';

/** Which promises: of today, open or broken; mine or everybody's; of one conversation with its claim. */
interface PromiseWish {
  readonly view: 'today' | 'open' | 'broken' | 'all';
  readonly whose: 'mine' | 'all';
  readonly conversation?: string;
}

/** What customers were told to expect, nearest first. */
export const usePromises = (wish: PromiseWish) =>
  useInfiniteQuery({
    queryKey: keys.promises(wish),
    queryFn: ({ pageParam, signal }) =>
      api.get(withQuery('/api/promises', { ...wish, limit: 50, before: pageParam }), PromisePage, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    select: (answer) => answer.pages.flatMap((one) => one.items),
  });

function useChange<What>(change: (what: What) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => Promise.all([keys.promises(), keys.tasks(), keys.counts].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}

/** Promises something to a customer. */
export const useMakePromise = () => useChange((promise: MakePromise) => api.post('/api/promises', promise));

/** It was done, or it is not owed any more. */
export const useSettlePromise = () =>
  useChange(({ id, how }: { readonly id: string; readonly how: 'keep' | 'cancel' }) => api.post(`/api/promises/${id}/${how}`, {}));
