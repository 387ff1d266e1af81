import { type WriteFirst } from '@claimline/protocol';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from './api';
import { keys } from './query-keys';
import { createStore, useStore } from './store';

// The conversation that it went to: a new one, or the open one of this contact and claim.
const Started = z.looseObject({ id: z.string() });

/** Writes to a contact or a party of a claim who has not asked anything. */
export function useWriteFirst() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ key, ...first }: WriteFirst & { key: string }) => api.post('/api/conversations', first, Started, { key }),
    onSuccess: () => Promise.all([keys.conversations(), keys.counts].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}

/** To whom a first message is being written: a contact, or a party of a claim; with nothing named the dialog asks. */
export interface WritingTo {
  readonly contact?: string;
  readonly claim?: string;
  readonly party?: string;
}

const writing = createStore<WritingTo | null>(null);

/** Opens the dialog in which a first message is written. */
export const startWriting = (to: WritingTo = {}): void => writing.set(to);
/** Closes it. */
export const stopWriting = (): void => writing.set(null);
/** Who is being written to; null while the dialog is closed. */
export const useWriting = (): WritingTo | null => useStore(writing);
