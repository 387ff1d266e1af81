import { CounselSuggestion, CounselThread, type NoteRepresentation, type OpenCounselThread } from '@claimline/protocol';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from './api';
import { keys } from './query-keys';

const claimPath = (number: string, rest: string): string => `/api/claims/${encodeURIComponent(number)}/${rest}`;

/** A letter that looks like a law firm's: who wrote it, and the claim that it names. */
export const useCounselSuggestion = (conversation: string) =>
  useQuery({
    queryKey: keys.counselSuggestion(conversation),
    queryFn: ({ signal }) => api.get(`/api/conversations/${conversation}/counsel-suggestion`, CounselSuggestion, { signal }),
  });

/** The thread with whoever speaks for the customer of a conversation. */
export const useCounselThread = () =>
  useMutation({ mutationFn: (conversation: string) => api.post(`/api/conversations/${conversation}/counsel`, {}, CounselThread) });

/** The privileged thread with our own counsel. */
export const useDefenceThread = (number: string) =>
  useMutation({ mutationFn: (counsel: OpenCounselThread) => api.post(claimPath(number, 'defence-counsel'), counsel, CounselThread) });

function useClaimChange<Change>(number: string, change: (what: Change) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () =>
      Promise.all(
        [keys.claim(number), ['composer'], ['conversation'], keys.conversations()].map((queryKey) =>
          queries.invalidateQueries({ queryKey }),
        ),
      ),
  });
}

/** A person has read that somebody speaks for a party. */
export const useNoteRepresentation = (number: string) =>
  useClaimChange(number, (noted: NoteRepresentation) => api.post(claimPath(number, 'representations'), noted));

/** Nobody speaks for the party any more. */
export const useEndRepresentation = (number: string) =>
  useClaimChange(number, (party: string) => api.post(claimPath(number, `representations/${party}/end`), {}));
