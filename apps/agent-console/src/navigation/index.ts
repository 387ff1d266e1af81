import type { View } from '@claimline/protocol';
import { useNavigate, useParams, useRouterState } from '@tanstack/react-router';
import { useMemo } from 'react';

/** The addresses of the pages, for links. */
export const hrefs = {
  inbox: (view: View | string = 'todo') => `/inbox/${view}`,
  conversation: (id: string, view: View | string = 'all') => `/inbox/${view}/${id}`,
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
  complaints: '/complaints',
  complaint: (id: string) => `/complaints/${id}`,
  complaintReport: '/complaints/report',
  team: '/team',
  scheduled: '/scheduled',
  settings: (section?: string) => (section ? `/settings/${section}` : '/settings'),
} as const;

/** Goes to a page by its address. */
export function useGo(): (href: string, options?: { replace?: boolean }) => void {
  const navigate = useNavigate();
  return useMemo(() => (href, options) => void navigate({ to: href, replace: options?.replace ?? false }), [navigate]);
}

/** Where we are, without query. */
export const usePath = (): string => useRouterState({ select: (state) => state.location.pathname });

/** The parameters of the current page: `view`, `conversationId`, `number`, `id`. */
export const usePathParams = (): Readonly<Record<string, string | undefined>> =>
  useParams({ strict: false }) as Record<string, string | undefined>;
export { GoLink } from './go-link';
