import { readFileSync, realpathSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const MEMORY = '/dev/shm';
/** A server with its write-ahead log and a clone for each worker stays well below half of this. */
const ENOUGH_BYTES = 2 * 1024 ** 3;

/**
 * Where test servers keep their data: in memory where Linux offers room there, which makes a clone of the template ten times as fast
 * (20 ms against 220 ms on a virtual disk), else in the temp folder. Small or noexec memory, as in many containers, is left alone.
 */
export function fastFolder(): string {
  return hasRoomInMemory() ? MEMORY : realpathSync(tmpdir());
}

function hasRoomInMemory(): boolean {
  if (process.platform !== 'linux') return false;
  const mount = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .find(([, place]) => place === MEMORY);
  const options = mount?.[3]?.split(',') ?? [];
  if (!options.includes('rw') || options.includes('noexec')) return false;
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize >= ENOUGH_BYTES;
}
