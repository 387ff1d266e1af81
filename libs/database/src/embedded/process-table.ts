import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { errorCode } from './embedded-error';

interface ProcessStat {
  readonly command: string;
  readonly zombie: boolean;
  readonly startedAt: string;
}

/** What `/proc/<pid>/stat` says (proc(5)): the command stands in brackets and may hold spaces, so fields are counted behind the last bracket. */
function readStat(pid: number): ProcessStat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const close = text.lastIndexOf(')');
    const fields = text.slice(close + 2).split(' ');
    return { command: text.slice(text.indexOf('(') + 1, close), zombie: fields[0] === 'Z', startedAt: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}

function answersSignal(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** Whether the process still runs. A zombie does not: containers without an init never collect theirs. */
export function isAlive(pid: number): boolean {
  if (process.platform !== 'linux') return answersSignal(pid);
  const stat = readStat(pid);
  return stat !== undefined && !stat.zombie;
}

/** When the process started, as text to compare; with the pid it names one process even after the pid was given to another. */
function startOf(pid: number): string {
  if (process.platform === 'linux') return readStat(pid)?.startedAt ?? '';
  if (process.platform === 'win32') return '';
  const listed = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
  return listed.replace(/[^0-9A-Za-z]/g, '');
}

/** A name for something this process holds, from which any other process can tell whether the holder still lives. */
export function claimToken(): string {
  return `${process.pid}-${startOf(process.pid)}-${randomUUID().slice(0, 8)}`;
}

/** Whether the process that made the token with `claimToken` still runs. */
export function isTokenAlive(token: string): boolean {
  const [pid, startedAt] = token.split('-');
  const number = Number(pid);
  return Number.isInteger(number) && number > 0 && isAlive(number) && startOf(number) === startedAt;
}

/** Where the process stands, or undefined when that may not be read or the process is gone. */
function workingFolder(pid: number): string | undefined {
  try {
    return realpathSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

function ownerOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.uid;
}

/**
 * Whether a living PostgreSQL process of this data directory has the pid. PostgreSQL itself only asks whether *some* process has it,
 * so a zombie or a stranger with a recycled pid would block every start.
 */
export function isPostgresOf(dataDir: string, pid: number): boolean {
  if (process.platform === 'win32') return answersSignal(pid);
  if (process.platform !== 'linux') {
    return /postgres/.test(spawnSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '');
  }
  const stat = readStat(pid);
  if (!stat || stat.zombie || stat.command !== 'postgres') return false;
  const folder = workingFolder(pid);
  return folder === undefined ? ownerOf(`/proc/${pid}`) === ownerOf(dataDir) : folder === realpathSync(dataDir);
}

/** Every living PostgreSQL process that works in the data directory; empty where there is no `/proc`. */
export function postgresProcessesOf(dataDir: string): number[] {
  if (process.platform !== 'linux') return [];
  const folder = realpathSync(dataDir);
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => workingFolder(pid) === folder && isPostgresOf(dataDir, pid));
}
