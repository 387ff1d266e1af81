import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Binaries, programOf } from './binaries';
import { EmbeddedPostgresError, errorCode } from './embedded-error';
import type { Place } from './place';
import { type Reach, readPostmasterFile, READY_WITHIN_MS, type RunningServer } from './postmaster-file';
import { isAlive } from './process-table';
import { SERVER_ENVIRONMENT, type ServerSettings } from './settings';

/**
 * Everything a start needs. `pickPort` is asked again when its port was taken in between; `reach` is how others know the server already:
 * it comes back by the same port and socket or not at all.
 */
export interface LaunchRequest {
  readonly binaries: Binaries;
  readonly place: Place;
  readonly settings: ServerSettings;
  readonly logFile: string;
  readonly log: (line: string) => void;
  readonly pickPort?: () => Promise<number>;
  readonly reach?: Reach;
  readonly launched?: () => void;
}

const ATTEMPTS = 6;
// Some file systems (shared folders of virtual machines, for one) have no sockets.
const NO_SOCKET = /could not create any Unix-domain sockets/;
const WITHOUT_SOCKET: ServerSettings = { unix_socket_directories: '' };
const PORT_TAKEN = /Address already in use|could not bind|could not create any TCP/;
/** A fast shutdown ends every session and writes one checkpoint; after this the crash-safe way is taken. */
const FAST_STOP_MS = 30_000;
const HARD_STOP_MS = 10_000;

/** Starts the server on a free port and answers when it accepts connections. It outlives this process unless it is stopped. */
export async function launchServer(request: LaunchRequest): Promise<RunningServer> {
  const { reach } = request;
  if (reach) return await tryOnce(request, reach.port, { unix_socket_directories: reach.socketFolder ?? '' });
  let changed: ServerSettings = {};
  for (let attempt = 1; ; attempt++) {
    const port = await (request.pickPort ?? freePort)();
    try {
      return await tryOnce(request, port, changed);
    } catch (error) {
      const remedy = error instanceof EmbeddedPostgresError && attempt < ATTEMPTS ? remedyFor(error.message, port) : undefined;
      if (!remedy) throw error;
      changed = { ...changed, ...remedy.changed };
      request.log(remedy.told);
    }
  }
}

/** What the next try does otherwise after what the server said, and how a person is told; undefined where nothing helps. */
function remedyFor(said: string, port: number): { changed: ServerSettings; told: string } | undefined {
  if (NO_SOCKET.test(said))
    return { changed: WITHOUT_SOCKET, told: 'No socket can lie among the data: the database is reached by its port' };
  return PORT_TAKEN.test(said) ? { changed: {}, told: `Port ${port} is taken, trying another` } : undefined;
}

/** Raises `EmbeddedPostgresError` with what the server said where it ended. */
async function tryOnce(request: LaunchRequest, port: number, changed: ServerSettings): Promise<RunningServer> {
  const { dataDir } = request.place;
  const child = spawnServer({ ...request, settings: { ...request.settings, ...changed } }, port);
  request.launched?.();
  const outcome = await readyOrEnded(child, dataDir);
  if (typeof outcome === 'string') {
    const said = readFileSync(request.logFile, 'utf8').trim().slice(-1000);
    throw new EmbeddedPostgresError(`The embedded PostgreSQL on ${dataDir} did not start (${outcome}): ${said}`);
  }
  child.unref();
  return outcome;
}

/** The log is a file and not a pipe: the server must be able to write when the process that started it is gone. */
function spawnServer({ binaries, place, settings, logFile }: LaunchRequest, port: number): ChildProcess {
  const chosen = Object.entries({ ...settings, port: String(port) }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const output = openSync(logFile, 'w', 0o600);
  try {
    return spawn(programOf(binaries, 'postgres'), ['-D', place.dataDir, ...chosen], {
      uid: place.user?.uid,
      gid: place.user?.gid,
      cwd: '/',
      env: SERVER_ENVIRONMENT,
      detached: true, // a Ctrl-C in the terminal reaches the hub only; the hub stops the server in its own time
      windowsHide: true,
      stdio: ['ignore', output, output],
    });
  } finally {
    closeSync(output);
  }
}

/** The server once it is ready, else why it ended. */
async function readyOrEnded(child: ChildProcess, dataDir: string): Promise<RunningServer | string> {
  let ended: string | undefined;
  child.once('error', (error) => (ended = error.message));
  child.once('exit', (code, signal) => (ended = `exit ${code ?? signal}`));
  const deadline = Date.now() + READY_WITHIN_MS;
  while (ended === undefined) {
    const file = readPostmasterFile(dataDir);
    if (file?.pid === child.pid && file?.status === 'ready') return file;
    if (Date.now() > deadline) {
      child.kill('SIGQUIT');
      return 'not ready in time';
    }
    await sleep(10);
  }
  return ended;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('A TCP listener has a port');
  return address.port;
}

/** Stops the server: open sessions are ended, the data is written. Returns when its process is gone. */
export async function stopServer(pid: number, binaries: Binaries, dataDir: string): Promise<void> {
  if (process.platform === 'win32') {
    spawnSync(programOf(binaries, 'pg_ctl'), ['stop', '-D', dataDir, '-m', 'fast', '-w'], { stdio: 'ignore' });
    return;
  }
  if (await endedBy(pid, 'SIGINT', FAST_STOP_MS)) return;
  if (await endedBy(pid, 'SIGQUIT', HARD_STOP_MS)) return;
  throw new EmbeddedPostgresError(`The PostgreSQL process ${pid} on ${dataDir} does not stop.`);
}

/** Fast shutdown is SIGINT, immediate shutdown is SIGQUIT (PostgreSQL manual, "Shutting Down the Server"). */
async function endedBy(pid: number, signal: NodeJS.Signals, withinMs: number): Promise<boolean> {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
  const deadline = Date.now() + withinMs;
  while (isAlive(pid) && Date.now() < deadline) await sleep(10);
  return !isAlive(pid);
}
