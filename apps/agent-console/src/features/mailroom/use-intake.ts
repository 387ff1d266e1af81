import { useState } from 'react';
import { upload, useTakeScan } from '../../client';

/** A file on its way onto the table. */
export interface Incoming {
  readonly key: number;
  readonly name: string;
  /** 0…1, `done`, or what went wrong. */
  readonly state: number | 'done' | Error;
  readonly file: File;
}

/** What a mailroom scans. */
export const SCANNABLE = '.pdf,.tif,.tiff,.jpg,.jpeg,.png,application/pdf,image/tiff,image/jpeg,image/png';
// Browsers open six connections to one host; two leave room for looking at papers meanwhile.
const AT_ONCE = 2;
let last = 0;

/** Takes any number of files in, two at a time; one that fails can be tried again. What has arrived is on the table at once and outlives this page. */
export function useIntake(receivedOn: string) {
  const [incoming, setIncoming] = useState<readonly Incoming[]>([]);
  const take = useTakeScan();
  const set = (key: number, state: Incoming['state']) =>
    setIncoming((all) => all.map((one) => (one.key === key ? { ...one, state } : one)));
  const one = async ({ key, file }: Incoming) => {
    try {
      const { id } = await upload(file, (share) => set(key, share));
      await take.mutateAsync({ attachment: id, receivedOn });
      set(key, 'done');
    } catch (error) {
      set(key, error instanceof Error ? error : new Error(String(error)));
    }
  };
  const work = async (queue: Incoming[]) => {
    for (let next = queue.shift(); next; next = queue.shift()) await one(next);
  };
  const start = (all: readonly Incoming[]) => {
    const queue = [...all];
    for (let n = 0; n < AT_ONCE; n++) void work(queue);
  };
  const add = (files: Iterable<File>) => {
    const fresh = [...files].map((file): Incoming => ({ key: (last += 1), name: file.name, state: 0, file }));
    setIncoming((was) => [...was.filter(({ state }) => state !== 'done'), ...fresh]);
    start(fresh);
  };
  const again = (failed: Incoming) => {
    set(failed.key, 0);
    start([failed]);
  };
  const running = incoming.filter(({ state }) => typeof state === 'number').length;
  return { incoming, add, again, running, done: incoming.filter(({ state }) => state === 'done').length };
}
