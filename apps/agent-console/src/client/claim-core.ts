import {
  ClaimCoreDeliveryPage,
  ClaimCoreSaved,
  ClaimCoreSettings,
  EndpointCheck,
  PolicyImport,
  PolicySearchSettings,
  type SetClaimCore,
  type SetEndpoint,
} from '@claimline/protocol';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, withQuery } from './api';
import { NetworkError, problemOf } from './problems';

/** Where the claim core listens. */
export const useClaimCore = () =>
  useQuery({ queryKey: ['claim-core'], queryFn: ({ signal }) => api.get('/api/claim-core', ClaimCoreSettings, { signal }) });

/** Sets the claim core's address; a secret that is made comes back this once. */
export function useSaveClaimCore() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (to: SetClaimCore) => api.put('/api/claim-core', to, ClaimCoreSaved),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['claim-core'] }),
  });
}

/** What the claim core was told, newest first. */
export const useClaimCoreDeliveries = () =>
  useInfiniteQuery({
    queryKey: ['claim-core', 'deliveries'],
    queryFn: ({ pageParam, signal }) =>
      api.get(withQuery('/api/claim-core/deliveries', { limit: 20, before: pageParam }), ClaimCoreDeliveryPage, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    select: (answer) => answer.pages.flatMap((one) => one.items),
  });

/** Tells the claim core one thing again. */
export function useReplayDelivery() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.post(`/api/claim-core/deliveries/${id}/replay`),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['claim-core', 'deliveries'] }),
  });
}

const POLICY_SETTINGS = '/api/policies/search-settings';

/** Where policies are looked for. */
export const usePolicySearch = () =>
  useQuery({ queryKey: ['policy-search'], queryFn: ({ signal }) => api.get(POLICY_SETTINGS, PolicySearchSettings, { signal }) });

/** Sets it, tests it, and loads lists. */
export function usePolicySearchDeeds() {
  const queries = useQueryClient();
  const onSuccess = () => queries.invalidateQueries({ queryKey: ['policy-search'] });
  return {
    save: useMutation({ mutationFn: (to: SetEndpoint) => api.put(POLICY_SETTINGS, to, PolicySearchSettings), onSuccess }),
    test: useMutation({ mutationFn: () => api.post(`${POLICY_SETTINGS}/test`, undefined, EndpointCheck) }),
    load: useMutation({ mutationFn: loadPolicies, onSuccess }),
  };
}

// A list is sent as it is: it may be longer than what the other requests carry.
async function loadPolicies(file: File): Promise<PolicyImport> {
  const headers = { 'content-type': 'text/csv', 'x-requested-with': 'claimline-console' };
  const response = await fetch('/api/policies/import', { method: 'POST', credentials: 'same-origin', headers, body: file }).catch(
    () => undefined,
  );
  if (!response) throw new NetworkError('the hub was not reached');
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw problemOf(response.status, answer, response.headers.get('retry-after'));
  return PolicyImport.parse(answer);
}
