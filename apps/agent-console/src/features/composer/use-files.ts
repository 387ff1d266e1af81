import { useCallback, useRef, useState } from 'react';
import { upload } from '../../client';

/** A file of the reply: on its way, ready, or refused. */
export interface ChosenFile {
  readonly key: number;
  readonly name: string;
  readonly size: number;
  /** 0…1 */
  readonly progress: number;
  readonly id: string | null;
  readonly error: unknown;
}

let last = 0;

/** Files by button, drop or paste: each goes to the hub at once, so that sending is quick. */
export function useFiles() {
  const [files, setFiles] = useState<readonly ChosenFile[]>([]);
  const running = useRef(new Map<number, AbortController>());

  const change = useCallback((key: number, part: Partial<ChosenFile>) => {
    setFiles((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)));
  }, []);

  const start = useCallback(
    async (file: File) => {
      const key = (last += 1);
      const controller = new AbortController();
      running.current.set(key, controller);
      setFiles((all) => [...all, { key, name: file.name, size: file.size, progress: 0, id: null, error: null }]);
      try {
        const stored = await upload(file, (progress) => change(key, { progress }), controller.signal);
        change(key, { id: stored.id, progress: 1 });
      } catch (error) {
        change(key, { error });
      } finally {
        running.current.delete(key);
      }
    },
    [change],
  );

  const add = useCallback((chosen: Iterable<File>) => [...chosen].forEach((file) => void start(file)), [start]);
  const remove = useCallback((key: number) => {
    running.current.get(key)?.abort();
    setFiles((all) => all.filter((one) => one.key !== key));
  }, []);
  const clear = useCallback(() => setFiles([]), []);
  const ready = files.flatMap((one) => (one.id ? [one.id] : []));
  const pending = files.filter((one) => one.id === null && one.error === null).length;
  return { files, add, remove, clear, ready, pending };
}
