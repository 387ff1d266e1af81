import { Appointments, type NewAppointment } from '@claimline/protocol';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from './api';

/** The appointments with the customer of a conversation, latest first. */
export const useAppointments = (conversationId: string) =>
  useQuery({
    queryKey: ['appointments', conversationId],
    queryFn: ({ signal }) => api.get(`/api/conversations/${conversationId}/appointments`, Appointments, { signal }),
  });

/** Sets an appointment; the customer is invited. */
export function useSetAppointment() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (appointment: NewAppointment) => api.post('/api/appointments', appointment, Appointments),
    onSettled: () => queries.invalidateQueries({ queryKey: ['appointments'] }),
  });
}

/** Cancels one; the customer is told. */
export function useCancelAppointment() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.post(`/api/appointments/${id}/cancel`, {}, Appointments),
    onSettled: () => queries.invalidateQueries({ queryKey: ['appointments'] }),
  });
}

/** Another time or place for one; the customer is asked anew. */
export function useChangeAppointment() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({
      id,
      ...plan
    }: {
      id: string;
      startsAt: string;
      endsAt: string;
      place: string;
      participants: string[];
      technician: string | null;
    }) => api.put(`/api/appointments/${id}`, plan, Appointments),
    onSettled: () => queries.invalidateQueries({ queryKey: ['appointments'] }),
  });
}
