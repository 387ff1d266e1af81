import {
  Catastrophes,
  DuplicateGroups,
  PossibleDuplicates,
  type ChangeCatastrophe,
  type EnterCatastrophe,
  type JudgeDuplicate,
  type SwitchSurge,
} from '@claimline/protocol';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, withQuery } from './api';
import { keys } from './query-keys';

/** Every event that brings many claims, with its figures, and the acknowledgement. */
export const useCatastrophes = (enabled = true) =>
  useQuery({ queryKey: keys.catastrophes, queryFn: ({ signal }) => api.get('/api/catastrophes', Catastrophes, { signal }), enabled });

function useDeed<Input>(send: (input: Input) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSettled: () =>
      Promise.all([keys.catastrophes, keys.duplicates(), keys.conversations()].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}

/** Enters an event. */
export const useEnterCatastrophe = () => useDeed((entered: EnterCatastrophe) => api.post('/api/catastrophes', entered));
/** Changes, closes or opens one again. */
export const useChangeCatastrophe = () =>
  useDeed(({ id, ...change }: { id: string } & ChangeCatastrophe) => api.patch(`/api/catastrophes/${id}`, change));
/** Switches the acknowledgement. */
export const useSwitchSurge = () => useDeed((wish: SwitchSurge) => api.put('/api/surge', wish));

/** Groups of conversations that may be about one loss. */
export const useDuplicateGroups = (catastrophe: string) =>
  useQuery({
    queryKey: keys.duplicates(`event:${catastrophe}`),
    queryFn: ({ signal }) => api.get(withQuery('/api/duplicates', { catastrophe }), DuplicateGroups, { signal }),
  });

/** Conversations that may be about the same loss as this one. */
export const usePossibleDuplicates = (id: string, enabled: boolean) =>
  useQuery({
    queryKey: keys.duplicates(id),
    queryFn: ({ signal }) => api.get(`/api/conversations/${id}/duplicates`, PossibleDuplicates, { signal }),
    enabled,
  });

/** Says whether two conversations are about the same loss. */
export const useJudgeDuplicate = () =>
  useDeed(({ id, ...said }: { id: string } & JudgeDuplicate) => api.post(`/api/conversations/${id}/duplicates`, said));
