import { MailAlias, MailAliases, type AddMailAlias } from '@claimline/protocol';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from './api';
import { keys } from './query-keys';

/** The mail addresses of adjusters. */
export const useMailAliases = () =>
  useQuery({ queryKey: keys.mailAliases, queryFn: ({ signal }) => api.get('/api/mail-aliases', MailAliases, { signal }) });

function useRefreshed() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: keys.mailAliases });
}

/** Gives an adjuster a mail address of their own. */
export function useAddMailAlias() {
  const onSettled = useRefreshed();
  return useMutation({ mutationFn: (alias: AddMailAlias) => api.post('/api/mail-aliases', alias, MailAlias), onSettled });
}

/** Takes it away. */
export function useRemoveMailAlias() {
  const onSettled = useRefreshed();
  return useMutation({ mutationFn: (id: string) => api.delete(`/api/mail-aliases/${id}`), onSettled });
}
