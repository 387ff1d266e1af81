import { setTimeout } from 'node:timers/promises';

/** What a number of lanes got done, each starting the next when the last was answered. */
export interface Work {
  readonly perSecond: number;
  /** Milliseconds of each piece. */
  readonly times: readonly number[];
}

// Connections, prepared statements and compiled code come in the first moments: no part of a sustained rate.
const WARM_SHARE = 0.2;

/** Does `work` again and again on `lanes` lanes for `seconds`, after a fifth of that to warm up. The first error ends the run. */
export async function atOnce(lanes: number, seconds: number, work: (lane: number, n: number) => Promise<void>): Promise<Work> {
  const times: number[] = [];
  const warm = performance.now() + seconds * 1000 * WARM_SHARE;
  const end = warm + seconds * 1000;
  let n = 0;
  const run = async (lane: number): Promise<void> => {
    while (performance.now() < end) {
      const begun = performance.now();
      await work(lane, n++);
      const now = performance.now();
      if (begun >= warm && now <= end) times.push(now - begun);
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, lane) => run(lane)));
  return { perSecond: Math.round(times.length / seconds), times };
}

/** Does each of `pieces` once on `lanes` lanes; after `seconds` no other is begun. The first error ends the run. */
export async function onceEach(
  lanes: number,
  pieces: number,
  seconds: number,
  work: (lane: number, n: number) => Promise<void>,
): Promise<Work> {
  const times: number[] = [];
  const begun = performance.now();
  const passed = (): number => (performance.now() - begun) / 1000;
  let n = 0;
  const run = async (lane: number): Promise<void> => {
    while (n < pieces && passed() < seconds) {
      const from = performance.now();
      await work(lane, n++);
      times.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, lane) => run(lane)));
  return { perSecond: Math.round(times.length / passed()), times };
}

/**
 * Starts `work` at a steady rate, whether or not what was started before has ended, and tells each piece when it was due: whoever measures from
 * there counts the wait of a late start too (no coordinated omission). Resolves when all have ended; the first failure starts no more and is thrown
 * when all others have ended.
 */
export async function steadily(perSecond: number, seconds: number, work: (n: number, due: number) => Promise<void>): Promise<void> {
  const under: Promise<void>[] = [];
  const failures: unknown[] = [];
  const begun = performance.now();
  for (let n = 0; n < perSecond * seconds && failures.length === 0; n++) {
    const due = begun + (n * 1000) / perSecond;
    const early = due - performance.now();
    if (early > 0) await setTimeout(early);
    under.push(work(n, due).catch((error: unknown) => void failures.push(error)));
  }
  await Promise.all(under);
  if (failures.length > 0) throw failures[0];
}

/** Asks again until it is so. False: it was not so within the time. */
export async function comes(isSo: () => boolean | Promise<boolean>, seconds: number): Promise<boolean> {
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    if (await isSo()) return true;
    await setTimeout(50);
  }
  return false;
}
