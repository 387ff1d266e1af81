import {
  ApiKeyList,
  MadeApiKey,
  MadeStaffAccount,
  NewPassword,
  StaffAccount,
  StaffAccounts,
  type ChangePassword,
  type NewApiKey,
  type NewStaffAccount,
  type UpdateStaffAccount,
} from '@claimline/protocol';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from './api';
import { keys } from './query-keys';

/** Everybody who signs in, closed accounts too. For administrators and auditors. */
export const useStaff = () =>
  useQuery({ queryKey: keys.staff, queryFn: ({ signal }) => api.get('/api/accounts', StaffAccounts, { signal }) });

function useRefreshed() {
  const queries = useQueryClient();
  return () => Promise.all([keys.staff, keys.people].map((queryKey) => queries.invalidateQueries({ queryKey })));
}

/** Makes an account; the answer alone names its first password. */
export function useMakeAccount() {
  const onSuccess = useRefreshed();
  return useMutation({ mutationFn: (account: NewStaffAccount) => api.post('/api/accounts', account, MadeStaffAccount), onSuccess });
}

/** Changes or closes an account. */
export function useChangeAccount() {
  const onSuccess = useRefreshed();
  return useMutation({
    mutationFn: ({ id, ...change }: UpdateStaffAccount & { readonly id: string }) => api.patch(`/api/accounts/${id}`, change, StaffAccount),
    onSuccess,
  });
}

/** A new password for somebody who has lost theirs. */
export const useRenewPassword = () =>
  useMutation({ mutationFn: (id: string) => api.post(`/api/accounts/${id}/password`, undefined, NewPassword) });

/** Changes my own password. */
export const useChangePassword = () => useMutation({ mutationFn: (change: ChangePassword) => api.post('/api/me/password', change) });

/** The keys of programs. */
export const useApiKeys = () =>
  useQuery({ queryKey: keys.apiKeys, queryFn: ({ signal }) => api.get('/api/api-keys', ApiKeyList, { signal }) });

/** Makes a key; the answer alone names its secret. */
export function useMakeApiKey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (key: NewApiKey) => api.post('/api/api-keys', key, MadeApiKey),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.apiKeys }),
  });
}

/** Revokes a key. */
export function useRevokeApiKey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete(`/api/api-keys/${id}`),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.apiKeys }),
  });
}
