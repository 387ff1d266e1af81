import {
  Contact,
  ContactChangeList,
  HolderCodeSent,
  MergeReview,
  PayeeLinkSent,
  RevealedMessage,
  type MergeContacts,
  type REVEAL_REASONS,
  type SplitContact,
} from '@claimline/protocol';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, withQuery } from './api';
import { keys } from './query-keys';

const changesKey = (id: string): readonly string[] => [...keys.contact(id), 'changes'];

/** Shows what was masked in a message, once, to those who may; never kept. */
export const useReveal = (messageId: string) =>
  useMutation({
    mutationFn: (reason: (typeof REVEAL_REASONS)[number]) => api.post(`/api/messages/${messageId}/reveal`, { reason }, RevealedMessage),
    gcTime: 0,
  });

/** Sends a code to an address of one holder's own; their answer with it says that it is them. */
export const useHolderCode = (conversationId: string) =>
  useMutation({
    mutationFn: (contact: string) => api.post(`/api/conversations/${conversationId}/holder/code`, { contact }, HolderCodeSent),
  });

/** Sends the link by which a payee chooses how they are paid. */
export const usePayeeLink = () =>
  useMutation({ mutationFn: (conversationId: string) => api.post(`/api/conversations/${conversationId}/payee-link`, {}, PayeeLinkSent) });

/** What two contacts do not agree on. */
export const useMergeReview = (id: string, other: string | null) =>
  useQuery({
    queryKey: [...keys.contact(id), 'merge-review', other],
    queryFn: ({ signal }) => api.get(withQuery(`/api/contacts/${id}/merge-review`, { with: other ?? '' }), MergeReview, { signal }),
    enabled: other !== null,
  });

/** Merges and splits of a contact, newest first. */
export const useContactChanges = (id: string) =>
  useQuery({
    queryKey: changesKey(id),
    queryFn: ({ signal }) => api.get(`/api/contacts/${id}/changes`, ContactChangeList, { signal }),
  });

/** Makes two contacts one, one two, or takes either back. */
export function useContactHands(id: string) {
  const queries = useQueryClient();
  const onSettled = () =>
    Promise.all([keys.contact(id), keys.contacts(''), keys.conversations()].map((queryKey) => queries.invalidateQueries({ queryKey })));
  return {
    merge: useMutation({ mutationFn: (body: MergeContacts) => api.post(`/api/contacts/${id}/merge`, body, Contact), onSettled }),
    split: useMutation({ mutationFn: (body: SplitContact) => api.post(`/api/contacts/${id}/split`, body, Contact), onSettled }),
    undo: useMutation({ mutationFn: (change: string) => api.post(`/api/contact-changes/${change}/undo`, {}, Contact), onSettled }),
  };
}
