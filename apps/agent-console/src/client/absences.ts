import { Absence, Absences, type SetAbsence } from '@claimline/protocol';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from './api';
import { keys } from './query-keys';

/** Everybody's absences that are running or still to come. */
export const useAbsences = (enabled = true) =>
  useQuery({ queryKey: keys.absences, queryFn: ({ signal }) => api.get('/api/absences', Absences, { signal }), enabled });

function useRefreshed() {
  const queries = useQueryClient();
  const names = [keys.absences, keys.people, keys.team, keys.tasks(), keys.conversations(), keys.counts, keys.scheduled()];
  return () => Promise.all(names.map((queryKey) => queries.invalidateQueries({ queryKey })));
}

/** Sets an absence, mine unless an account is named. */
export function useSetAbsence() {
  const onSettled = useRefreshed();
  return useMutation({ mutationFn: (absence: SetAbsence) => api.post('/api/absences', absence, Absence), onSettled });
}

/** Takes an absence back. */
export function useCancelAbsence() {
  const onSettled = useRefreshed();
  return useMutation({ mutationFn: (id: string) => api.delete(`/api/absences/${id}`), onSettled });
}

/** Takes an absence back as if it had never been set: what it moved goes back. */
export function useUndoAbsence() {
  const onSettled = useRefreshed();
  return useMutation({ mutationFn: (id: string) => api.post(`/api/absences/${id}/undo`), onSettled });
}
