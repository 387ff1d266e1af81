import { BulkPreview, BulkRun, ConversationTotal, type StartBulk, type View } from '@claimline/protocol';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { api, withQuery } from './api';
import type { ListFilter } from './conversations';
import { keys } from './query-keys';

/** How many conversations a view shows with these filters; asked only where somebody wants all of them. */
export const useConversationTotal = (view: View, q: string, filter: ListFilter, enabled: boolean) =>
  useQuery({
    queryKey: keys.conversationTotal({ view, q, ...filter }),
    queryFn: ({ signal }) => api.get(withQuery('/api/conversation-total', { view, q, ...filter }), ConversationTotal, { signal }),
    enabled,
  });

/** Labels in use, the most frequent first. */
export const useLabels = (enabled: boolean) =>
  useQuery({
    queryKey: keys.labels,
    queryFn: ({ signal }) => api.get('/api/conversation-labels', z.object({ items: z.array(z.string()) }), { signal }),
    enabled,
  });

/** What a bulk run would do. */
export const usePreviewBulk = () =>
  useMutation({ mutationFn: (wish: StartBulk) => api.post('/api/conversations/bulk/preview', wish, BulkPreview) });

/** How far a run is; the hub says when to look again. */
export const useBulkRun = (id: string | null) =>
  useQuery({
    queryKey: keys.bulkRun(id ?? ''),
    queryFn: ({ signal }) => api.get(`/api/bulk-runs/${id}`, BulkRun, { signal }),
    enabled: id !== null,
  });

function useRunDeed<Input>(send: (input: Input) => Promise<BulkRun>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: (run) => queries.setQueryData(keys.bulkRun(run.id), run),
    onSettled: () => Promise.all([keys.conversations(), keys.counts].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}

/** Does the same to many. */
export const useStartBulk = () => useRunDeed((wish: StartBulk) => api.post('/api/conversations/bulk', wish, BulkRun));
/** Stops a run where it is. */
export const useCancelBulk = () => useRunDeed((id: string) => api.post(`/api/bulk-runs/${id}/cancel`, undefined, BulkRun));
/** Takes back what a run assigned or tagged. */
export const useUndoBulk = () => useRunDeed((id: string) => api.post(`/api/bulk-runs/${id}/undo`, undefined, BulkRun));
