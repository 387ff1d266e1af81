import { type WriteFirst } from '@claimline/protocol';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from './api';
import { keys } from './query-keys';

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
