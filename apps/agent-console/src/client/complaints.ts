import { Complaint, ComplaintPage, ComplaintReport, VersionedHandling, type ComplaintHandling } from '@claimline/protocol';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, withQuery } from './api';
import { keys } from './query-keys';

type View = 'drafts' | 'open' | 'over';

/** Complaints, nearest due first. */
export const useComplaints = (view: View, state?: string) =>
  useInfiniteQuery({
    queryKey: keys.complaints(view, state),
    queryFn: ({ pageParam, signal }) =>
      api.get(withQuery('/api/complaints', { view, state, limit: 50, before: pageParam }), ComplaintPage, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

/** One complaint, as far as this person may read it. */
export const useComplaint = (id: string) =>
  useQuery({ queryKey: keys.complaint(id), queryFn: ({ signal }) => api.get(`/api/complaints/${id}`, Complaint, { signal }) });

/** One step, paper or word: `act` is the last part of the address. The answer is the complaint as it is then. */
export function useComplaintAct(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ act, body = {} }: { act: string; body?: object }) => {
      const path = `/api/complaints/${id}/${act}`;
      return act === 'against' ? api.put(path, body, Complaint) : api.post(path, body, Complaint);
    },
    onSuccess: (complaint) => queries.setQueryData(keys.complaint(id), complaint),
    onSettled: () => Promise.all([keys.complaints(), keys.tasks(), keys.counts].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}

/** Opens a draft from a conversation, or from one message of it. */
export function useRaiseComplaint() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (from: { conversation: string; message?: string }) => api.post('/api/complaints', from, Complaint),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.complaints() }),
  });
}

/** Playbooks, causes, regulators and lines. */
export const useComplaintHandling = () =>
  useQuery({
    queryKey: keys.complaintHandling,
    queryFn: ({ signal }) => api.get('/api/complaints/handling', VersionedHandling, { signal }),
  });

/** Publishes the next version of it. */
export function useSetComplaintHandling() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (handling: ComplaintHandling & { version: number }) => api.put('/api/complaints/handling', handling, VersionedHandling),
    onSuccess: (handling) => queries.setQueryData(keys.complaintHandling, handling),
    onError: () => queries.invalidateQueries({ queryKey: keys.complaintHandling }),
  });
}

/** A month of complaints in figures. */
export const useComplaintReport = (month: string | undefined) =>
  useQuery({
    queryKey: keys.complaintReport(month),
    queryFn: ({ signal }) => api.get(withQuery('/api/complaints/report', { month }), ComplaintReport, { signal }),
  });

/** A corrective action: made, or done with its result. */
export function useCorrectiveAction() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ path = '', body }: { path?: string; body: object }) => api.post(`/api/complaints/actions${path}`, body, ComplaintReport),
    onSettled: () => queries.invalidateQueries({ queryKey: ['complaint-report'] }),
  });
}
