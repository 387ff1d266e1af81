import { Me, type SignIn, type UpdateMe } from '@claimline/protocol';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from './api';
import { keys } from './query-keys';

/** The account behind the session; an `ApiError` with `not-signed-in` where there is none. */
export const useMe = () => useQuery({ queryKey: keys.me, queryFn: ({ signal }) => api.get('/api/me', Me, { signal }), staleTime: 60_000 });

/** Signs in and then knows who it is. */
export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (credentials: SignIn) => {
      await api.post('/api/auth/sign-in', credentials);
      return api.get('/api/me', Me);
    },
    onSuccess: (me) => queries.setQueryData(keys.me, me),
  });
}

/** Ends the session at the hub. The screen forgets everything through `tellSignedOut`. */
export const signOut = () => api.post('/api/auth/sign-out');

/** Changes what an account says of itself (its language). */
export function useUpdateMe() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: UpdateMe) => api.patch('/api/me', change),
    onMutate: (change) => queries.setQueryData<Me>(keys.me, (me) => (me ? { ...me, ...change } : me)),
  });
}
