import type { ChannelState } from '@claimline/messages';

/** A {@link ChannelState} that lasts as long as a test: same compare-and-set, one lease per name. */
export function memoryState(): ChannelState {
  const facts = new Map<string, { value: unknown; version: number }>();
  const held = new Set<string>();
  return {
    get: async (key) => facts.get(key),
    set: async (key, value, version) => {
      if ((facts.get(key)?.version ?? 0) !== version) return false;
      facts.set(key, { value: structuredClone(value), version: version + 1 });
      return true;
    },
    exclusively: async (name, work) => {
      if (held.has(name)) return undefined;
      held.add(name);
      try {
        return await work(new AbortController().signal);
      } finally {
        held.delete(name);
      }
    },
  };
}
