import { setTimeout as sleep } from 'node:timers/promises';

/** How many rows one statement removes at most: its locks and its part of the write-ahead log stay small. */
export const ROUND = 5000;
// Between two rounds: whoever waits for one of the rows or for the disk comes first.
const PAUSE_MS = 20;

/** Repeats a bounded removal until a round is not full, or until `signal`. Returns how many rows went. */
export async function inRounds(round: (limit: number) => Promise<number>, signal?: AbortSignal): Promise<number> {
  let removed = 0;
  for (;;) {
    const gone = await round(ROUND);
    removed += gone;
    if (gone < ROUND || signal?.aborted) return removed;
    await sleep(PAUSE_MS);
  }
}
