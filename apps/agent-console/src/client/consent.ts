import { ConsentLines, PreferencesLinkSent } from '@claimline/protocol';
import { useMutation, useQuery } from '@tanstack/react-query';
import { api } from './api';
import { keys } from './query-keys';

/** How a customer's consents stand, and how they came to stand so. */
export const useConsent = (contact: string) =>
  useQuery({
    queryKey: keys.consent(contact),
    queryFn: ({ signal }) => api.get(`/api/contacts/${contact}/consent`, ConsentLines, { signal }),
  });

/** The history as a file: opened by the browser itself. */
export const consentExport = (contact: string, format: 'csv' | 'json'): string =>
  `/api/contacts/${contact}/consent/export?format=${format}`;

/** Sends the customer the link to their own page of preferences. */
export const useSendPreferencesLink = (contact: string) =>
  useMutation({ mutationFn: () => api.post(`/api/contacts/${contact}/preferences-link`, {}, PreferencesLinkSent) });
