import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Binaries, describeBinaries, findBinaries, usableBinaries } from './binaries';
import { openCluster, readPassword } from './cluster';
import { EmbeddedPostgresError, errorCode } from './embedded-error';
import { enter, leave } from './holders';
import { addressOf, DATABASE, ensureDatabase } from './own-database';
import { machineBytes, memoryFor, sizeOfData } from './memory';
import { type Place, preparePlace } from './place';
import { findRunningServer, isRunning, readPostmasterFile, type RunningServer } from './postmaster-file';
import { launchServer, stopServer } from './server';
import { assertNoStrangersFolder, assertOwnData, ownUid } from './server-user';
import { DEFAULT_SETTINGS, type ServerSettings } from './settings';
import { socketFolderFor } from './socket-folder';
import { withStartLock } from './start-lock';

/** Root's data goes here when it cannot lie where it was wished: only root may write there and no cleaner empties it, unlike `/tmp` and `/var/tmp`. */
const SHELTER = '/var/lib/claimline';

/** What the embedded server is started with; only the data directory is needed. */
export interface EmbeddedPostgresOptions {
  readonly dataDir: string;
  /** Told in plain sentences what a person should know: data or programs that lie elsewhere, a crash that was cleared away. */
  readonly log?: (line: string) => void;
  /** Told when the server's process has been started, some time before it is ready; not at all where one already runs. */
  readonly launched?: () => void;
  /** Server settings that go before the defaults; an adopted server keeps its own. */
  readonly settings?: ServerSettings;
  /** A folder for root's data when the server's user cannot reach `dataDir`. */
  readonly shelter?: string;
  /** The folder `native` of an unpacked binaries package, instead of the installed one. */
  readonly binaries?: string;
}

/** A PostgreSQL server of our own on this machine. The last process that stops it ends the server; the others only leave. */
export interface EmbeddedPostgres {
  /** The address of the database `claimline`, which exists. */
  readonly url: string;
  readonly port: number;
  /** True when the server was already running: another hub uses it, or an earlier one was killed. */
  readonly adopted: boolean;
  /** Where the data really lies; under root that may not be where it was wished. */
  readonly dataDir: string;
  /** Starts the server again, at the same port, where it has ended without us (crashed, killed, stopped by hand); false while it runs. */
  revive(): Promise<boolean>;
  stop(): Promise<void>;
}

/** The files beside the wished data directory; they belong to this process's user, not to the server's. */
interface ControlFiles {
  readonly lock: string;
  readonly holders: string;
  readonly log: string;
  readonly password: string;
  readonly unfinished: string;
}

/** A server, the programs it runs from and its place. */
interface OpenServer extends RunningServer {
  readonly url: string;
  readonly adopted: boolean;
  readonly binaries: Binaries;
  readonly place: Place;
}

/**
 * Starts the embedded PostgreSQL on the data directory, or adopts the server that already runs there, whoever started it.
 * Raises `EmbeddedPostgresError` with one sentence where that cannot work.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = path.resolve(options.dataDir);
  const files = controlFiles(dataDir);
  assertOwnData(dataDir);
  makeControlFolder(path.dirname(dataDir));
  return await withStartLock(files.lock, async () => {
    const server = await openServer({ ...options, dataDir }, files);
    const holder = enter(files.holders);
    let stopped: Promise<void> | undefined;
    return {
      url: server.url,
      port: server.port,
      adopted: server.adopted,
      dataDir: server.place.dataDir,
      revive: async () => !isRunning(server.place.dataDir) && (await withStartLock(files.lock, () => reviveServer(server, files, options))),
      stop: () => (stopped ??= leaveServer(server, files, holder)),
    };
  });
}

/** Whether an embedded database was ever made here; its data may lie elsewhere, its password never does. */
export function hasEmbeddedDatabase(dataDir: string): boolean {
  return existsSync(controlFiles(path.resolve(dataDir)).password);
}

/**
 * The address of the database on a data directory, by what its server wrote down when it started, for whoever looks into it beside the hub.
 * Raises `EmbeddedPostgresError` where none was started or the last one was stopped.
 */
export function embeddedAddress(wished: string): string {
  const dataDir = path.resolve(wished);
  const server = readPostmasterFile(dataDir);
  if (!server) throw new EmbeddedPostgresError(`No PostgreSQL runs on ${dataDir}.`);
  return addressOf(server, readPassword(controlFiles(dataDir).password, dataDir), DATABASE);
}

/** Stops whatever server runs on a data directory, no matter who uses it. For throw-away data only: a hub leaves through `stop`. */
export async function stopEmbeddedPostgres(dataDir: string): Promise<void> {
  const running = existsSync(dataDir) ? await findRunningServer(dataDir, () => undefined) : undefined;
  if (running) await stopServer(running.pid, findBinaries(), dataDir);
}

function controlFiles(dataDir: string): ControlFiles {
  return {
    lock: `${dataDir}.lock`,
    holders: `${dataDir}.holders`,
    log: `${dataDir}.log`,
    password: `${dataDir}.password`,
    unfinished: `${dataDir}.unfinished`,
  };
}

function makeControlFolder(folder: string): void {
  assertNoStrangersFolder(folder, [ownUid(), 0]);
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new EmbeddedPostgresError(`The folder ${folder} for the database cannot be made or written to (${errorCode(error)}).`);
  }
}

async function openServer(options: EmbeddedPostgresOptions, files: ControlFiles): Promise<OpenServer> {
  const log = options.log ?? (() => undefined);
  const place = preparePlace({ dataDir: options.dataDir, shelter: options.shelter ?? SHELTER, log });
  const installed = options.binaries === undefined ? findBinaries() : describeBinaries(options.binaries);
  const binaries = usableBinaries(installed, { copyFolder: place.copyFolder, user: place.user, log });
  const password = openCluster(binaries, place, files);
  const running = await findRunningServer(place.dataDir, log);
  const settings = settingsOf(place, options);
  const server = running ?? (await launchServer({ binaries, place, settings, logFile: files.log, log, launched: options.launched }));
  if (running) log(`Adopted the PostgreSQL that already runs on ${place.dataDir} (process ${running.pid}, port ${running.port})`);
  try {
    const { port, socketFolder } = await ensureDatabase(server, password);
    const url = addressOf({ port, socketFolder }, password, DATABASE);
    return { pid: server.pid, port, socketFolder, url, adopted: running !== undefined, binaries, place };
  } catch (error) {
    if (!running) await stopServer(server.pid, binaries, place.dataDir);
    throw error;
  }
}

/** The defaults, with memory by what the data and the machine have now, and a socket among the data. */
function settingsOf({ dataDir }: Place, options: EmbeddedPostgresOptions): ServerSettings {
  const memory = memoryFor({ dataBytes: sizeOfData(dataDir), machineBytes: machineBytes() });
  return { ...DEFAULT_SETTINGS, unix_socket_directories: socketFolderFor(dataDir), ...memory, ...options.settings };
}

async function reviveServer(
  { binaries, place, port, socketFolder }: OpenServer,
  files: ControlFiles,
  options: EmbeddedPostgresOptions,
): Promise<boolean> {
  const log = options.log ?? (() => undefined);
  if (await findRunningServer(place.dataDir, log)) return false;
  const settings = settingsOf(place, options);
  // The same port and socket: the connections of every hub on this data know no other.
  const { pid } = await launchServer({ binaries, place, settings, logFile: files.log, log, reach: { port, socketFolder } });
  log(`PostgreSQL on ${place.dataDir} had ended and was started again (process ${pid})`);
  return true;
}

async function leaveServer(server: OpenServer, files: ControlFiles, holder: string): Promise<void> {
  await withStartLock(files.lock, async () => {
    if (leave(files.holders, holder) > 0) return;
    const { dataDir } = server.place;
    // not the server of the start: it may have crashed since, and another hub started a new one
    const running = await findRunningServer(dataDir, () => undefined);
    if (running) await stopServer(running.pid, server.binaries, dataDir);
  });
}
