import { TaskPage, type CompleteTask, type CreateTask } from '@claimline/protocol';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, withQuery } from './api';
import { keys } from './query-keys';

type TaskView = 'mine' | 'unowned' | 'all';
type TaskState = 'open' | 'done' | 'canceled';

/** What tasks are about: a conversation with its claim, a claim by its number, or (nothing given) everything. */
interface TaskSubject {
  readonly conversation?: string;
  readonly claim?: string;
}

/** Tasks: what is open nearest due first, what is over the last one first. */
export const useTasks = (view: TaskView = 'mine', state: TaskState = 'open', about: TaskSubject = {}) =>
  useInfiniteQuery({
    queryKey: keys.tasks(view, state, about.conversation ?? about.claim),
    queryFn: ({ pageParam, signal }) =>
      api.get(withQuery('/api/tasks', { view, state, ...about, limit: 50, before: pageParam }), TaskPage, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    select: (answer) => answer.pages.flatMap((one) => one.items),
  });

/** Writes a task, e.g. the next contact. */
export function useCreateTask() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (task: CreateTask) => api.post('/api/tasks', task),
    onSettled: () => Promise.all([keys.tasks(), keys.counts].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}

/** Finishes a task with its outcome, optionally with the next one. */
export function useCompleteTask() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...done }: { id: string } & CompleteTask) => api.post(`/api/tasks/${id}/complete`, done),
    onSettled: () => Promise.all([keys.tasks(), keys.counts].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}

/** Takes a task, or (null) gives it back to everybody. */
export function useOwnTask() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, owner }: { id: string; owner: string | null }) => api.post(`/api/tasks/${id}/own`, { owner }),
    onSettled: () => Promise.all([keys.tasks(), keys.counts].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}
