import { useCallback, useEffect, useRef, useState } from 'react';
import type { PortalDocuments } from '@claimline/protocol';
import { Refusal } from '../call';
import { sendFile } from './send-file';

/** A file on its way, or one that could not be taken. */
export interface Upload {
  readonly id: number;
  readonly itemId: string;
  readonly file: File;
  readonly state: 'queued' | 'sending' | 'waiting' | 'refused';
  readonly share: number;
  readonly why: Refusal['code'] | null;
}

/** Files for items, one after the other; on a bad network each is tried again until it is there. */
export interface Uploads {
  readonly all: readonly Upload[];
  add(itemId: string, files: readonly File[]): void;
  retry(id: number): void;
  drop(id: number): void;
}

const FIRST_PAUSE_MS = 2_000;
const LAST_PAUSE_MS = 30_000;

const queued = (itemId: string, file: File, id: number, most: number): Upload => ({
  id,
  itemId,
  file,
  share: 0,
  state: file.size > most ? 'refused' : 'queued',
  why: file.size > most ? 'too-large' : null,
});

export function useUploads(token: string, most: number, landed: (documents: PortalDocuments) => void): Uploads {
  const [all, set] = useState<readonly Upload[]>([]);
  const number = useRef(0);
  const pause = useRef(FIRST_PAUSE_MS);
  const change = useCallback(
    (id: number, over: Partial<Upload>) => set((before) => before.map((one) => (one.id === id ? { ...one, ...over } : one))),
    [],
  );
  const isBusy = all.some(({ state }) => state === 'sending');
  const isWaiting = all.some(({ state }) => state === 'waiting');
  const next = isBusy || isWaiting ? undefined : all.find(({ state }) => state === 'queued');

  useEffect(() => {
    if (!next) return;
    change(next.id, { state: 'sending' });
    sendFile(`documents/${token}/items/${next.itemId}`, next.file, (share) => change(next.id, { share })).then(
      (documents) => {
        pause.current = FIRST_PAUSE_MS;
        set((before) => before.filter(({ id }) => id !== next.id));
        landed(documents);
      },
      (error: unknown) => {
        const why = error instanceof Refusal ? error.code : 'offline';
        change(next.id, why === 'offline' ? { state: 'waiting', why, share: 0 } : { state: 'refused', why });
      },
    );
    // One at a time: the id says which.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [next?.id]);

  useEffect(() => {
    if (!isWaiting) return undefined;
    const again = () => set((before) => before.map((one) => (one.state === 'waiting' ? { ...one, state: 'queued' } : one)));
    const timer = window.setTimeout(again, pause.current);
    pause.current = Math.min(LAST_PAUSE_MS, pause.current * 2);
    window.addEventListener('online', again);
    return () => {
      window.clearTimeout(timer);
      window.removeEventListener('online', again);
    };
  }, [isWaiting]);

  return {
    all,
    add: (itemId, files) => set((before) => [...before, ...files.map((file) => queued(itemId, file, (number.current += 1), most))]),
    retry: (id) => change(id, { state: 'queued', why: null, share: 0 }),
    drop: (id) => set((before) => before.filter((one) => one.id !== id)),
  };
}
