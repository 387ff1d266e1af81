import { Contact, ContactList, type UpdateContact } from '@claimline/protocol';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, withQuery } from './api';
import { keys } from './query-keys';

/** A customer with addresses, consents, claims and conversations. */
export const useContact = (id: string | null | undefined) =>
  useQuery({
    queryKey: keys.contact(id ?? ''),
    queryFn: ({ signal }) => api.get(`/api/contacts/${id ?? ''}`, Contact, { signal }),
    enabled: Boolean(id),
  });

/** Changes a customer's name or language. */
export function useUpdateContact(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: UpdateContact) => api.patch(`/api/contacts/${id}`, change),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.contact(id) }),
  });
}

/** Customers by name, address or customer number. */
export const useContacts = (q: string, enabled = true) =>
  useQuery({
    queryKey: keys.contacts(q),
    queryFn: ({ signal }) => api.get(withQuery('/api/contacts', { q, limit: 100 }), ContactList, { signal }),
    placeholderData: keepPreviousData,
    enabled,
  });
