import { People } from '@claimline/protocol';
import { useQuery } from '@tanstack/react-query';
import { api } from './api';
import { keys } from './query-keys';

/** The colleagues: for assign menus, presence and the wallboard. */
export const usePeople = () =>
  useQuery({ queryKey: keys.people, queryFn: ({ signal }) => api.get('/api/people', People, { signal }), staleTime: 30_000 });
