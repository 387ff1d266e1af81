import { lazy, type ComponentType } from 'react';
import type { PortalLink } from '@claimline/protocol';

/** What every page of a link is given. Its own routes lie below `<purpose>/<token>` of `call`. */
export interface PageProps {
  readonly token: string;
  readonly link: PortalLink;
}

/** Which page a link opens, by its purpose. Whoever owns a purpose adds a folder and a line. */
export const PAGES: Readonly<Record<string, ComponentType<PageProps>>> = {
  appointment: lazy(() => import('./appointment/appointment-page')),
  payee: lazy(() => import('./payee/payee-page')),
  bind: lazy(() => import('./bind/bind-page')),
  documents: lazy(() => import('./documents/documents-page')),
  survey: lazy(() => import('./survey/survey-page')),
  preferences: lazy(() => import('./preferences/preferences-page')),
};
