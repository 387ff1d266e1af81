import { Composer, type SaveDraft } from '@claimline/protocol';
import { useQuery } from '@tanstack/react-query';
import { api } from './api';
import { hubNow } from './hub-clock';
import { untilNext } from './next-moment';
import { keys } from './query-keys';

/** What each channel can do for this conversation right now, and why not. Windows close by themselves, so it is read again when the next one does. */
export const useComposer = (id: string) =>
  useQuery({
    queryKey: keys.composer(id),
    queryFn: ({ signal }) => api.get(`/api/conversations/${id}/composer`, Composer, { signal }),
    refetchInterval: ({ state }) => untilNext(state.data?.channels.map(({ windowUntil }) => windowUntil) ?? [], hubNow()),
  });

/** Keeps what is being written at the hub, so that another device goes on with it. Empty text removes it. */
export const saveDraft = (id: string, draft: SaveDraft) => api.put(`/api/conversations/${id}/draft`, draft);
