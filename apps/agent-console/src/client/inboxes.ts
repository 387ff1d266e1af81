import { ChannelKinds, type CreateInbox, Inbox, InboxCheck, Inboxes, type UpdateInbox } from '@claimline/protocol';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from './api';
import { keys } from './query-keys';

/** The configured lines. Secrets never come back. */
export const useInboxes = (enabled = true) =>
  useQuery({ queryKey: keys.inboxes, queryFn: ({ signal }) => api.get('/api/inboxes', Inboxes, { signal }), enabled });

/** The kinds of channel that can be set up, each with the fields of its form. */
export const useChannelKinds = (enabled = true) =>
  useQuery({
    queryKey: keys.channelKinds,
    queryFn: ({ signal }) => api.get('/api/channel-kinds', ChannelKinds, { signal }),
    staleTime: Infinity,
    enabled,
  });

/** Creates an inbox. */
export function useCreateInbox() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (inbox: CreateInbox) => api.post('/api/inboxes', inbox, Inbox),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.inboxes }),
  });
}

/** Changes an inbox, stops it or starts it. `config` replaces all settings; secrets that are left out stay as they are. */
export function useUpdateInbox() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...change }: UpdateInbox & { id: string }) => api.patch(`/api/inboxes/${id}`, change, Inbox),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.inboxes }),
  });
}

/** Asks the vendor whether the settings work; a refusal names the wrong field. */
export function useCheckInbox() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.post(`/api/inboxes/${id}/check`, {}, InboxCheck),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.inboxes }),
  });
}
