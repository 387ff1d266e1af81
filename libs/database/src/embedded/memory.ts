import { readdirSync, statSync } from 'node:fs';
import { totalmem } from 'node:os';
import path from 'node:path';
import type { ServerSettings } from './settings';

const MB = 1024 ** 2;
const LEAST_BUFFERS_MB = 256;
const LEAST_CACHE_MB = 1024;
/** Of the machine's memory, as PostgreSQL advises: the rest is the operating system's, which keeps files too, and the hub's. */
const SHARE_OF_MACHINE = 1 / 4;
/** So that a hundred megabytes more or less do not change what the server is started with. */
const STEP_MB = 64;

/**
 * Memory that follows the data: a small database is kept whole by what everybody gets, a large one gets as much as it has pages, up to a quarter of the machine.
 * Its pages come from the disk then, many at a time.
 */
export function memoryFor({ dataBytes, machineBytes }: { readonly dataBytes: number; readonly machineBytes: number }): ServerSettings {
  const wished = Math.min(dataBytes, machineBytes * SHARE_OF_MACHINE) / MB;
  const buffers = Math.max(LEAST_BUFFERS_MB, Math.floor(wished / STEP_MB) * STEP_MB);
  const isLarge = buffers > LEAST_BUFFERS_MB;
  return {
    shared_buffers: `${buffers}MB`,
    effective_cache_size: `${Math.max(LEAST_CACHE_MB, buffers * 2)}MB`,
    ...(isLarge && { effective_io_concurrency: '32', io_workers: '8' }),
  };
}

/** What the machine has, or what this process may have of it. */
export function machineBytes(): number {
  const allowed = process.constrainedMemory();
  return allowed > 0 ? Math.min(allowed, totalmem()) : totalmem();
}

/** The size of a cluster's tables and indexes: a few hundred files, asked in milliseconds. Nothing where there is none yet. */
export function sizeOfData(dataDir: string): number {
  const base = path.join(dataDir, 'base');
  try {
    return readdirSync(base).reduce((sum, database) => sum + sizeOfFolder(path.join(base, database)), 0);
  } catch {
    return 0;
  }
}

function sizeOfFolder(folder: string): number {
  return readdirSync(folder).reduce((sum, file) => sum + (statSync(path.join(folder, file), { throwIfNoEntry: false })?.size ?? 0), 0);
}
