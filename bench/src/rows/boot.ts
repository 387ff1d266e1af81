import { setTimeout } from 'node:timers/promises';
import { median, round } from '../figures';
import type { Ground } from '../ground/ground';
import type { Line, Row } from './row';

const BOOT_SECONDS = 3;
const IDLE_MB = 200;
const STARTS = 3;
const IDLE_AFTER_MS = 10_000;

/** How soon a hub serves again, and what it takes while nobody asks for anything. Stops the hub: the last row of a run. */
export const boot: Row = {
  name: 'boot',
  what: 'boot to ready on an existing database · idle memory',
  target: `≤ ${BOOT_SECONDS} s · ≤ ${IDLE_MB} MB for the hub process`,
  method: `stopped in order and started again ${STARTS} times over the same data, embedded PostgreSQL and sandbox included, until /health/ready says yes; resident memory ${IDLE_AFTER_MS / 1000} s after the last start`,
  needsData: false,
  grows: false,
  measure,
};

async function measure({ hub }: Ground): Promise<Line[]> {
  const seconds: number[] = [];
  for (let n = 0; n < STARTS; n++) {
    await hub.stop();
    seconds.push(await hub.start());
  }
  await setTimeout(IDLE_AFTER_MS);
  const memory = Math.round(hub.memory / 2 ** 20);
  const longest = round(Math.max(...seconds));
  return [
    { of: 'boot to ready', figures: { 'seconds (median)': median(seconds), 'seconds (longest)': longest }, isMet: longest <= BOOT_SECONDS },
    { of: 'idle memory', figures: { MB: memory }, isMet: memory <= IDLE_MB },
  ];
}
