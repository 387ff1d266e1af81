import { useSyncExternalStore } from 'react';

/** A value outside of React that components can watch. */
export interface Store<Value> {
  get(): Value;
  set(next: Value | ((now: Value) => Value)): void;
  watch(listener: () => void): () => void;
}

/** Makes a store. Setting the same value again wakes nobody. */
export function createStore<Value>(first: Value): Store<Value> {
  let value = first;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      const made = typeof next === 'function' ? (next as (now: Value) => Value)(value) : next;
      if (Object.is(made, value)) return;
      value = made;
      for (const listener of [...listeners]) listener();
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The store's value, or what `pick` takes of it (which must be stable for an unchanged value). */
export function useStore<Value, Picked = Value>(store: Store<Value>, pick?: (value: Value) => Picked): Picked {
  const read = () => (pick ? pick(store.get()) : (store.get() as unknown as Picked));
  return useSyncExternalStore(store.watch, read, read);
}
