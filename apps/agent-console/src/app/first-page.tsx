import type { Role } from '@claimline/protocol';
import { Navigate } from '@tanstack/react-router';
import { useMe } from '../client';
import { hrefs } from '../navigation';

/** Where somebody starts, by what they do here; whoever is not named starts with what is to do. */
const FIRST_PAGES: Partial<Record<Role, string>> = {
  supervisor: hrefs.team,
  auditor: hrefs.claims,
  hotline: hrefs.hotline,
  'complaints-officer': hrefs.complaints,
  administrator: hrefs.settings(),
  mailroom: hrefs.mailroom,
  counter: hrefs.counter,
};

/** Leads from `/` to the page that is made for the person's work. */
export function FirstPage() {
  const role = useMe().data?.role;
  return role ? <Navigate to={FIRST_PAGES[role] ?? hrefs.inbox()} replace /> : null;
}
