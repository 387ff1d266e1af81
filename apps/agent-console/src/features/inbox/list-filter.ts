import { useMemo } from 'react';
import type { ListFilter } from '../../client';
import { useQueryText } from '../../navigation';

/** By what a list may be narrowed; the rest of an address is not ours. */
export const FILTERS = ['label', 'line', 'assignee', 'due', 'language', 'catastrophe', 'awaiting'] as const;
export type FilterName = (typeof FILTERS)[number];

/** Reads the filters from the query of an address. */
export function filterOf(query: string): ListFilter {
  const params = new URLSearchParams(query);
  return Object.fromEntries(FILTERS.flatMap((name) => (params.get(name) ? [[name, params.get(name)!]] : [])));
}

/** The query of an address for these filters; empty where there are none. */
export function queryOf(filter: ListFilter): string {
  const text = new URLSearchParams(filter).toString();
  return text && `?${text}`;
}

/** The filters of the page we are on, and the query that keeps them when one goes on. */
export function useListFilter(): { readonly filter: ListFilter; readonly query: string } {
  const text = useQueryText();
  return useMemo(() => {
    const filter = filterOf(text);
    return { filter, query: queryOf(filter) };
  }, [text]);
}
