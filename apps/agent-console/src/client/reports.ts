import { type BeginReport, BindLinkSent, type FillReport, HotlineAnswer, PolicyList, Report, ReportPage } from '@claimline/protocol';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, withQuery } from './api';
import { keys } from './query-keys';

/** Reports in a state, newest change first; of one conversation where it is named. */
export const useReports = (state: 'open' | 'submitted' | 'reported' | 'discarded', conversation?: string) =>
  useInfiniteQuery({
    queryKey: ['reports', state, conversation ?? ''],
    queryFn: ({ pageParam, signal }) =>
      api.get(withQuery('/api/reports', { state, conversation, limit: 50, before: pageParam }), ReportPage, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    select: (answer) => answer.pages.flatMap((one) => one.items),
  });

/** One report with everything beside its form. */
export const useReport = (id: string) =>
  useQuery({ queryKey: ['report', id], queryFn: ({ signal }) => api.get(`/api/reports/${id}`, Report, { signal }), enabled: id !== '' });

/** Begins a report, or goes on with the open one of the conversation. */
export function useBeginReport() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (start: BeginReport) => api.post('/api/reports', start, Report),
    onSuccess: (report) => {
      queries.setQueryData(['report', report.id], report);
      void queries.invalidateQueries({ queryKey: ['reports'] });
    },
  });
}

/** What is done to one report; each answers with how it stands now. */
export function useReportDeeds(id: string) {
  const queries = useQueryClient();
  const onSuccess = (report: Report): void => {
    queries.setQueryData(['report', id], report);
    void queries.invalidateQueries({ queryKey: ['reports'] });
  };
  const act = (deed: string, body?: object) => api.post(`/api/reports/${id}/${deed}`, body, Report);
  return {
    fill: useMutation({ mutationFn: (change: FillReport) => api.patch(`/api/reports/${id}`, change, Report), onSuccess, scope: { id } }),
    submit: useMutation({ mutationFn: () => act('submit'), onSuccess }),
    setApart: useMutation({ mutationFn: (references: string[]) => act('apart', { references }), onSuccess }),
    discard: useMutation({ mutationFn: () => act('discard'), onSuccess }),
    takeBack: useMutation({ mutationFn: () => act('take-back'), onSuccess }),
  };
}

/** Asks an unknown sender by a link whether a claim or a policy is theirs. */
export const useSendBindLink = (conversation: string) =>
  useMutation({
    mutationFn: (what: { claim: string } | { policy: string }) =>
      api.post(`/api/conversations/${conversation}/bind-link`, what, BindLinkSent),
  });

/** What policies are looked for by. */
export interface PolicyAsk {
  readonly number?: string;
  readonly plate?: string;
  readonly phone?: string;
  readonly conversation?: string;
}

/** Policies, masked, with what each was found by. Nothing is asked for nothing. */
export const usePolicies = (ask: PolicyAsk) =>
  useQuery({
    queryKey: ['policies', ask],
    queryFn: ({ signal }) => api.get(withQuery('/api/policies', { ...ask }), PolicyList, { signal }),
    enabled: Object.values(ask).some(Boolean),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });

/** Whatever a caller may mean. */
export const useHotline = (q: string) =>
  useQuery({
    queryKey: [...keys.search(q), 'hotline'],
    queryFn: ({ signal }) => api.get(withQuery('/api/hotline', { q }), HotlineAnswer, { signal }),
    enabled: q.length >= 2,
    placeholderData: q.length >= 2 ? keepPreviousData : undefined,
    staleTime: 5_000,
  });
