import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedPostgresError, errorCode } from './embedded-error';
import { isPostgresOf, postgresProcessesOf } from './process-table';
import { SOCKET_FILE } from './socket-folder';

/** How one reaches an embedded server: by its port on 127.0.0.1, and by a Unix socket in a folder where it has one. */
export interface Reach {
  readonly port: number;
  readonly socketFolder: string | undefined;
}

/** A server that accepts connections, by the id of its first process. */
export interface RunningServer extends Reach {
  readonly pid: number;
}

/** The lines of `postmaster.pid` that matter here (PostgreSQL's miscadmin.h, LOCK_FILE_LINE_*). */
interface PostmasterFile extends RunningServer {
  readonly status: string;
}

/** Crash recovery of the largest allowed write-ahead log (2 GB) stays well below this, also on a slow disk. */
export const READY_WITHIN_MS = 120_000;

/** What the server wrote down about itself, or undefined when none has started or the last one left properly. */
export function readPostmasterFile(dataDir: string): PostmasterFile | undefined {
  try {
    const lines = readFileSync(path.join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
    const status = (lines[7] ?? '').trim();
    return { pid: Number(lines[0]), port: Number(lines[3]), socketFolder: lines[4]?.trim() || undefined, status };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whether a server's process is there, ready or not. Costs two reads, so that it can be asked every second. */
export function isRunning(dataDir: string): boolean {
  const file = readPostmasterFile(dataDir);
  return file !== undefined && isPostgresOf(dataDir, file.pid);
}

/** The server that already runs on the data, once it is ready; undefined when there is none, with whatever a crash left behind cleared away. */
export async function findRunningServer(dataDir: string, log: (line: string) => void): Promise<RunningServer | undefined> {
  const deadline = Date.now() + READY_WITHIN_MS;
  for (let file = readPostmasterFile(dataDir); file; file = readPostmasterFile(dataDir)) {
    if (!isPostgresOf(dataDir, file.pid)) return await clearCrash(dataDir, file.pid, log);
    if (file.status === 'ready') return file;
    if (Date.now() > deadline)
      throw new EmbeddedPostgresError(`The PostgreSQL process ${file.pid} on ${dataDir} has been "${file.status}" for minutes.`);
    await sleep(20);
  }
  return undefined;
}

/**
 * Removes the pid file of a server that was killed. PostgreSQL's own check of that file also guards against processes that outlived
 * their first one, so those end here before the file goes; nothing is lost, recovery runs as after any crash.
 */
async function clearCrash(dataDir: string, pid: number, log: (line: string) => void): Promise<undefined> {
  for (let left = postgresProcessesOf(dataDir); left.length > 0; left = postgresProcessesOf(dataDir)) {
    left.forEach((orphan) => process.kill(orphan, 'SIGKILL'));
    await sleep(20);
  }
  for (const name of readdirSync(dataDir).filter((one) => SOCKET_FILE.test(one))) rmSync(path.join(dataDir, name), { force: true });
  rmSync(path.join(dataDir, 'postmaster.pid'), { force: true });
  log(`Removed the pid file of a PostgreSQL that was killed (process ${pid} is not ours)`);
  return undefined;
}
