import { Broadcast, BroadcastPreview, BroadcastRecipients, Broadcasts, type SubmitBroadcast } from '@claimline/protocol';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from './api';
import { keys } from './query-keys';

/** The latest broadcasts with their counts. */
export const useBroadcasts = () =>
  useQuery({ queryKey: keys.broadcasts, queryFn: ({ signal }) => api.get('/api/broadcasts', Broadcasts, { signal }) });

/** What became of whom. */
export const useBroadcastRecipients = (id: string, enabled: boolean) =>
  useQuery({
    queryKey: keys.broadcastRecipients(id),
    queryFn: ({ signal }) => api.get(`/api/broadcasts/${id}/recipients`, BroadcastRecipients, { signal }),
    enabled,
  });

/** Who would get which words, and who would not. */
export const usePreviewBroadcast = () =>
  useMutation({
    mutationFn: ({ template, audience, anyHour }: Pick<SubmitBroadcast, 'template' | 'audience' | 'anyHour'>) =>
      api.post('/api/broadcasts/preview', { template, audience, anyHour }, BroadcastPreview),
  });

function useDeed<Input>(send: (input: Input) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: send, onSettled: () => queries.invalidateQueries({ queryKey: keys.broadcasts }) });
}

/** Asks for approval. */
export const useSubmitBroadcast = () => useDeed((wish: SubmitBroadcast) => api.post('/api/broadcasts', wish, Broadcast));
/** Approves, starts, pauses, resumes or cancels. */
export const useSteerBroadcast = () =>
  useDeed(({ id, act }: { id: string; act: 'approve' | 'start' | 'pause' | 'resume' | 'cancel' }) =>
    api.post(`/api/broadcasts/${id}/${act}`, undefined, Broadcast),
  );
