import type { Log } from '@claimline/messages';

/** Does something to each of those that are due. One that fails is logged and is due again with the next sweep; the others do not wait for it. */
export async function oneByOne<Due extends { readonly id: string }>(
  due: readonly Due[],
  { name, log }: { readonly name: string; readonly log: Log },
  work: (one: Due) => Promise<unknown>,
): Promise<number> {
  for (const one of due)
    await work(one).catch((error: unknown) =>
      log.error({ sweep: name, id: one.id, error: String(error) }, 'one of a sweep failed and will be tried again'),
    );
  return due.length;
}

/** What is known by its id alone, for {@link oneByOne}. */
export const identified = (ids: readonly string[]): { readonly id: string }[] => ids.map((id) => ({ id }));
