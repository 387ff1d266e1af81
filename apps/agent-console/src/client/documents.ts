import { ChecklistBook, ClaimDocuments, DocumentRounds, DocumentSteps, type DecideDocument } from '@claimline/protocol';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from './api';

/** What a person does with a claim's documents. */
export type DocumentAct =
  | { readonly do: 'request'; readonly items: readonly string[]; readonly overrideReason?: string }
  | ({ readonly do: 'decide'; readonly item: string } & DecideDocument)
  | { readonly do: 'move'; readonly file: string; readonly item: string | null }
  | { readonly do: 'undo'; readonly steps: readonly string[] };

const documentsKey = (number: string) => ['documents', number] as const;
const pathOf = (number: string): string => `/api/claims/${encodeURIComponent(number)}/documents`;

/** The checklist of a claim with what came for it. */
export const useDocuments = (number: string) =>
  useQuery({
    queryKey: documentsKey(number),
    queryFn: ({ signal }) => api.get(pathOf(number), ClaimDocuments, { signal }),
  });

function send(number: string, act: DocumentAct): Promise<DocumentSteps> {
  const path = pathOf(number);
  switch (act.do) {
    case 'request':
      return api.post(`${path}/request`, { items: act.items, overrideReason: act.overrideReason }, DocumentSteps);
    case 'decide':
      return api.patch(`${path}/${act.item}`, { state: act.state, reason: act.reason }, DocumentSteps);
    case 'move':
      return api.post(`${path}/files/${act.file}/move`, { item: act.item }, DocumentSteps);
    case 'undo':
      return api.post(`${path}/undo`, { steps: act.steps }, DocumentSteps);
  }
}

/** Does something with a claim's documents; the list is as the hub answers. */
export function useDocumentAct(number: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (act: DocumentAct) => send(number, act),
    onSuccess: ({ documents }) => queries.setQueryData(documentsKey(number), documents),
    onError: () => queries.invalidateQueries({ queryKey: documentsKey(number) }),
  });
}

/** Claims whose customers were asked in more than one round. */
export const useDocumentRounds = () =>
  useQuery({
    queryKey: ['documents', 'rounds'],
    queryFn: ({ signal }) => api.get('/api/reports/document-rounds', DocumentRounds, { signal }),
  });

const CHECKLISTS = '/api/settings/document-checklists';

/** The lists of documents per line of business. */
export const useChecklists = () =>
  useQuery({ queryKey: ['checklists'], queryFn: ({ signal }) => api.get(CHECKLISTS, ChecklistBook, { signal }) });

/** Publishes the lists as the next version. */
export function usePublishChecklists() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (book: ChecklistBook) => api.put(CHECKLISTS, book, ChecklistBook),
    onSuccess: (book) => queries.setQueryData(['checklists'], book),
  });
}
