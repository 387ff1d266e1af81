import { RoutingHistory } from '@claimline/protocol';
import { useQuery } from '@tanstack/react-query';
import { api } from './api';
import { keys } from './query-keys';

/** Why this conversation is where it is: the stored decisions, newest first. */
export const useRouting = (conversation: string, enabled = true) =>
  useQuery({
    queryKey: keys.routing(conversation),
    queryFn: ({ signal }) => api.get(`/api/conversations/${conversation}/routing`, RoutingHistory, { signal }),
    enabled,
  });
