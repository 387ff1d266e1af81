import type { PromiseRecord } from './promise.entity';

/** What of a promise decides on its end. */
export type Standing = Pick<PromiseRecord, 'state' | 'dueAt' | 'settledAt'>;

/** How a promise stands after something has happened to it; undefined: as before. */
export type Settlement = { readonly state: PromiseRecord['state']; readonly settled: boolean } | undefined;

/** What was promised has been done: in time it is kept, late it stays broken but is over. */
export function keepPromise({ state, dueAt, settledAt }: Standing, at: Date): Settlement {
  if (settledAt || state === 'kept' || state === 'canceled') return undefined;
  return { state: state === 'broken' || at > dueAt ? 'broken' : 'kept', settled: true };
}

/** It is not owed any more. A broken one was broken all the same. */
export function cancelPromise({ state, settledAt }: Standing): Settlement {
  if (settledAt || state === 'kept' || state === 'canceled') return undefined;
  return { state: state === 'broken' ? 'broken' : 'canceled', settled: true };
}

/** Its time has passed. */
export function breachPromise({ state, dueAt }: Standing, now: Date): Settlement {
  return state === 'open' && now > dueAt ? { state: 'broken', settled: false } : undefined;
}
