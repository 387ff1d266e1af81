import type { Store } from './widget-host';

/** The browser's own storage below a name; a page that forbids it (private mode, blocked third parties) gets one that ends with the page. */
export function browserStore(inbox: string, storage: Storage | undefined): Store {
  const prefix = `claimline:${inbox}:`;
  const kept = storage ?? memoryStorage();
  return {
    get: (key) => kept.getItem(prefix + key) ?? undefined,
    set(key, value) {
      try {
        kept.setItem(prefix + key, value);
      } catch {
        // Full: the message is still in the panel and is sent; only a reload would lose it before that.
      }
    },
    remove: (key) => kept.removeItem(prefix + key),
    keys: (start) =>
      Array.from({ length: kept.length }, (_, at) => kept.key(at) ?? '')
        .filter((key) => key.startsWith(prefix + start))
        .map((key) => key.slice(prefix.length))
        .sort(),
  };
}

/** The page's storage; undefined where even looking at it is forbidden. */
export function storageOf(page: Window): Storage | undefined {
  try {
    const { localStorage } = page;
    localStorage.setItem('claimline:probe', '1');
    localStorage.removeItem('claimline:probe');
    return localStorage;
  } catch {
    return undefined;
  }
}

/** Storage that nobody else sees and that ends with the page. */
export function memoryStorage(): Storage {
  const values = new Map<string, string>();
  return {
    get length() {
      return values.size;
    },
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
    key: (at) => [...values.keys()][at] ?? null,
    clear: () => values.clear(),
  };
}
