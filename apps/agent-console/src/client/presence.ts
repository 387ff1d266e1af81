import { type Colleague, People, type SetPresence } from '@claimline/protocol';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { api } from './api';
import { keys } from './query-keys';
import { usePeople } from './people';
import { useMe } from './accounts';

/** Myself as my colleagues see me: presence, load, absence. Undefined until known, or where I take no work. */
export function useMyself(): Colleague | undefined {
  const me = useMe().data;
  return usePeople().data?.items.find((colleague) => colleague.id === me?.id);
}

/** Says whether I take work. Shown at once; taken back when the hub refuses. */
export function useSetPresence() {
  const queries = useQueryClient();
  const me = useMe().data;
  return useMutation({
    mutationFn: (presence: z.infer<typeof SetPresence>) => api.put('/api/presence', presence),
    onMutate: ({ state }) =>
      queries.setQueryData<z.infer<typeof People>>(keys.people, (people) =>
        people ? { items: people.items.map((one) => (one.id === me?.id ? { ...one, presence: state } : one)) } : people,
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.people }),
  });
}
