import { Absences, type SetAbsence } from '@claimline/protocol';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from './api';
import { keys } from './query-keys';

/** Everybody's absences that are running or still to come. */
export const useAbsences = (enabled = true) =>
  useQuery({ queryKey: keys.absences, queryFn: ({ signal }) => api.get('/api/absences', Absences, { signal }), enabled });

function useRefreshed() {
  const queries = useQueryClient();
  return () => Promise.all([keys.absences, keys.people].map((queryKey) => queries.invalidateQueries({ queryKey })));
}

/** Sets an absence, mine unless an account is named. */
export function useSetAbsence() {
  const onSettled = useRefreshed();
  return useMutation({ mutationFn: (absence: SetAbsence) => api.post('/api/absences', absence), onSettled });
}

/** Takes an absence back. */
export function useCancelAbsence() {
  const onSettled = useRefreshed();
  return useMutation({ mutationFn: (id: string) => api.delete(`/api/absences/${id}`), onSettled });
}
