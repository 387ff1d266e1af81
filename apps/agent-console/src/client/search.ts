import { SearchAnswer } from '@claimline/protocol';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, withQuery } from './api';
import { keys } from './query-keys';

/** Names, addresses, plates, policy and claim numbers, and words of messages. Nothing is asked for an empty text. */
export const useSearch = (text: string, limit = 10) => {
  const q = text.trim();
  return useQuery({
    queryKey: [...keys.search(q), limit],
    queryFn: ({ signal }) => api.get(withQuery('/api/search', { q, limit }), SearchAnswer, { signal }),
    enabled: q.length > 0,
    placeholderData: q.length > 0 ? keepPreviousData : undefined,
    staleTime: 5_000,
  });
};
