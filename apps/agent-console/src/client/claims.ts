import { Claim, ClaimItem, page, Timeline } from '@claimline/protocol';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api, withQuery } from './api';
import { keys } from './query-keys';

const ClaimPage = page(ClaimItem);

/** The claim mirror of one number. */
export const useClaim = (number: string | null | undefined) =>
  useQuery({
    queryKey: keys.claim(number ?? ''),
    queryFn: ({ signal }) => api.get(`/api/claims/${encodeURIComponent(number ?? '')}`, Claim, { signal }),
    enabled: Boolean(number),
  });

/** Claims by number, name, plate or policy. */
export const useClaims = (q: string, enabled = true) =>
  useInfiniteQuery({
    queryKey: keys.claims(q),
    queryFn: ({ pageParam, signal }) => api.get(withQuery('/api/claims', { q, limit: 50, before: pageParam }), ClaimPage, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    select: (answer) => answer.pages.flatMap((one) => one.items),
    enabled,
  });

/** Everything that happened to a claim, newest first. */
export const useTimeline = (number: string) =>
  useInfiniteQuery({
    queryKey: keys.timeline(number),
    queryFn: ({ pageParam, signal }) =>
      api.get(withQuery(`/api/claims/${encodeURIComponent(number)}/timeline`, { limit: 50, before: pageParam }), Timeline, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    select: (answer) => answer.pages.flatMap((one) => one.items),
  });
