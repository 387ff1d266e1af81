import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stopEmbeddedPostgres } from '../embedded/launcher';
import { claimToken, isTokenAlive } from '../embedded/process-table';
import { fastFolder } from './fast-folder';

const PREFIX = 'claimline-test-';

/** The test server as its workers find it: the address to make databases with, and where its data lies. */
export interface TestServer {
  readonly adminUrl: string;
  readonly dataDir: string;
}

/** Makes the folder of a test run. Others may pass through it, because under root the server runs as somebody else. */
export function makeRunFolder(): string {
  const folder = mkdtempSync(path.join(fastFolder(), PREFIX));
  writeFileSync(path.join(folder, 'owner'), claimToken());
  chmodSync(folder, 0o711);
  return folder;
}

/** The server of the run, when a spec has needed one so far. */
export function readServer(folder: string): TestServer | undefined {
  const file = path.join(folder, 'server.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as TestServer) : undefined;
}

/** Writes down the server of the run for the other workers; it appears whole. */
export function writeServer(folder: string, server: TestServer): void {
  const draft = path.join(folder, `server.${process.pid}`);
  writeFileSync(draft, JSON.stringify(server), { mode: 0o600 });
  renameSync(draft, path.join(folder, 'server.json'));
}

/** Stops the server of a run, if it has one, and removes everything the run left on disk. */
export async function removeRunFolder(folder: string): Promise<void> {
  const server = readServer(folder);
  if (server) {
    await stopEmbeddedPostgres(server.dataDir);
    rmSync(server.dataDir, { recursive: true, force: true });
  }
  rmSync(folder, { recursive: true, force: true });
}

/** Removes what earlier runs left that were killed before their teardown. */
export async function sweepDeadRuns(): Promise<void> {
  const home = fastFolder();
  for (const name of readdirSync(home).filter((entry) => entry.startsWith(PREFIX))) {
    const folder = path.join(home, name);
    if (isOurDeadRun(folder)) await removeRunFolder(folder);
  }
}

function isOurDeadRun(folder: string): boolean {
  const owner = path.join(folder, 'owner');
  const mine = statSync(folder, { throwIfNoEntry: false })?.uid === process.getuid?.();
  return mine && existsSync(owner) && !isTokenAlive(readFileSync(owner, 'utf8'));
}
