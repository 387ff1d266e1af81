import type { View } from '@claimline/protocol';
import { useNavigate, useParams, useRouter, useRouterState } from '@tanstack/react-router';
import { useMemo } from 'react';

/** The addresses of the pages, for links. */
export const hrefs = {
  inbox: (view: View | string = 'todo', query = '') => `/inbox/${view}${query}`,
  conversation: (id: string, view: View | string = 'all', query = '') => `/inbox/${view}/${id}${query}`,
  search: '/search',
  reports: '/reports',
  report: (id: string) => `/reports/${id}`,
  hotline: '/hotline',
  claims: '/claims',
  claim: (number: string) => `/claims/${encodeURIComponent(number)}`,
  customers: '/customers',
  customer: (id: string) => `/customers/${id}`,
  needsLook: '/needs-look',
  calls: '/calls',
  tasks: '/tasks',
  mailroom: '/mailroom',
  counter: '/counter',
  quality: '/quality',
  satisfaction: '/satisfaction',
  complaints: '/complaints',
  complaint: (id: string) => `/complaints/${id}`,
  complaintReport: '/complaints/report',
  team: '/team',
  catastrophes: '/catastrophes',
  broadcasts: '/broadcasts',
  scheduled: '/scheduled',
  settings: (section?: string) => (section ? `/settings/${section}` : '/settings'),
} as const;

/** Goes to a page by its address. */
export function useGo(): (href: string, options?: { replace?: boolean }) => void {
  const navigate = useNavigate();
  const { history } = useRouter();
  return useMemo(
    () => (href, options) => {
      if (!href.includes('?')) void navigate({ to: href, replace: options?.replace ?? false });
      else if (options?.replace) history.replace(href);
      else history.push(href);
    },
    [navigate, history],
  );
}

/** Where we are, without query. */
export const usePath = (): string => useRouterState({ select: (state) => state.location.pathname });

/** The query of where we are, as it stands in the address: empty, or with its question mark. */
export const useQueryText = (): string => useRouterState({ select: (state) => state.location.searchStr });

/** The parameters of the current page: `view`, `conversationId`, `number`, `id`. */
export const usePathParams = (): Readonly<Record<string, string | undefined>> =>
  useParams({ strict: false }) as Record<string, string | undefined>;
export { GoLink } from './go-link';
