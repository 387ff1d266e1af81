import {
  AttachmentPages,
  Counters,
  Filing,
  LoggedVisit,
  MovedMessage,
  OutgoingLetters,
  PostedLetters,
  Scan,
  Scans,
  type LogVisit,
  type MoveMessage,
  type NewScan,
  type OutgoingLetter,
} from '@claimline/protocol';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { api, withQuery } from './api';

/** How many pages a file has, as the hub counts them. */
export const usePages = (attachmentId: string, enabled = true) =>
  useQuery({
    queryKey: ['pages', attachmentId],
    queryFn: ({ signal }) => api.get(`/api/attachments/${attachmentId}/pages`, AttachmentPages, { signal }),
    enabled,
    staleTime: Infinity,
  });

/** The claims that a message may belong to, with their reasons. */
export const useFiling = (messageId: string, enabled = true) =>
  useQuery({
    queryKey: ['filing', messageId],
    queryFn: ({ signal }) => api.get(`/api/messages/${messageId}/filing`, Filing, { signal }),
    enabled,
  });

function useRefresh(...nouns: readonly string[]): () => Promise<void> {
  const queries = useQueryClient();
  return async () => void (await Promise.all(nouns.map((noun) => queries.invalidateQueries({ queryKey: [noun] }))));
}

/** Files a message elsewhere, or takes the last move back (`to` null). */
export function useMoveMessage() {
  const refresh = useRefresh('conversations', 'conversation', 'thread', 'counts');
  return useMutation({
    mutationFn: ({ id, to }: { id: string; to: MoveMessage | null }) =>
      to ? api.post(`/api/messages/${id}/move`, to, MovedMessage) : api.post(`/api/messages/${id}/move/undo`, {}, MovedMessage),
    onSettled: refresh,
  });
}

/** The papers on the mailroom's table. */
export const useScans = (state: Scan['state']) =>
  useQuery({
    queryKey: ['scans', state],
    queryFn: ({ signal }) => api.get(withQuery('/api/mailroom/scans', { state }), Scans, { signal }),
  });

/** What is done to a scan: each deed answers with the scan as it is then. */
export type ScanDeed =
  | { readonly is: 'file'; readonly claim: string; readonly party?: string }
  | { readonly is: 'undo' }
  | { readonly is: 'set-aside'; readonly aside: boolean }
  | { readonly is: 'split'; readonly from: number };

/** Takes an upload in as a scan. */
export function useTakeScan() {
  const refresh = useRefresh('scans');
  return useMutation({ mutationFn: (scan: NewScan) => api.post('/api/mailroom/scans', scan, Scan), onSettled: refresh });
}

/** Files, takes back, puts away or splits a scan. */
export function useScanDeed() {
  const refresh = useRefresh('scans', 'conversations', 'thread');
  return useMutation({
    mutationFn: ({ id, deed: { is, ...body } }: { id: string; deed: ScanDeed }) => api.post(`/api/mailroom/scans/${id}/${is}`, body, Scan),
    onSettled: refresh,
  });
}

/** Corrects who sent a scan, or the day of its stamp. */
export function useDescribeScan() {
  const refresh = useRefresh('scans');
  return useMutation({
    mutationFn: ({ id, ...what }: { id: string; sender?: string; receivedOn?: string }) =>
      api.patch(`/api/mailroom/scans/${id}`, what, Scan),
    onSettled: refresh,
  });
}

/** Letters of ours by where they are. */
export const useLetters = (state: OutgoingLetter['state']) =>
  useQuery({
    queryKey: ['letters', state],
    queryFn: ({ signal }) => api.get(withQuery('/api/mailroom/letters', { state }), OutgoingLetters, { signal }),
  });

/** These letters went to the post on that day. */
export function usePostLetters() {
  const refresh = useRefresh('letters', 'thread');
  return useMutation({
    mutationFn: (what: { ids: readonly string[]; on: string }) => api.post('/api/mailroom/letters/posted', what, PostedLetters),
    onSettled: refresh,
  });
}

/** The post brought this letter back. */
export function useReturnLetter() {
  const refresh = useRefresh('letters', 'thread');
  return useMutation({
    mutationFn: ({ id, on }: { id: string; on: string }) => api.post(`/api/mailroom/letters/${id}/returned`, { on }, z.unknown()),
    onSettled: refresh,
  });
}

/** The counters of the house. */
export const useCounters = () =>
  useQuery({ queryKey: ['counters'], queryFn: ({ signal }) => api.get('/api/counter', Counters, { signal }) });

/** Writes down a visit. */
export function useLogVisit() {
  const refresh = useRefresh('conversations', 'thread', 'counts');
  return useMutation({ mutationFn: (visit: LogVisit) => api.post('/api/counter/visits', visit, LoggedVisit), onSettled: refresh });
}

/** Notes a postal address of a customer. */
export function useAddPostalAddress() {
  const refresh = useRefresh('contact', 'composer');
  return useMutation({
    mutationFn: ({ id, value }: { id: string; value: string }) => api.post(`/api/contacts/${id}/postal-addresses`, { value }, z.unknown()),
    onSettled: refresh,
  });
}
