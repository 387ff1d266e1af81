import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedPostgresError, errorCode } from './embedded-error';
import { claimToken, isTokenAlive } from './process-table';

/** A first start on a slow disk takes some ten seconds (initdb, then crash recovery at worst); nobody holds the lock for longer. */
const PATIENCE_MS = 180_000;
const HOUR_MS = 3_600_000;
/** What rename says when the target is a folder with something in it: Linux and macOS the first two, Windows the others. */
const TAKEN = ['ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES'];

/**
 * Runs one step while no other process on this machine is between starting and stopping the same server. The lock is a folder that
 * holds its owner's token; it appears and disappears by rename, so it is never seen half made, and a dead owner's lock is taken over.
 */
export async function withStartLock<T>(lockDir: string, step: () => Promise<T>): Promise<T> {
  const token = claimToken();
  await acquire(lockDir, token);
  try {
    return await step();
  } finally {
    release(lockDir, token);
  }
}

async function acquire(lockDir: string, token: string): Promise<void> {
  const draft = `${lockDir}.${token}`;
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(path.join(draft, token), '');
  const deadline = Date.now() + PATIENCE_MS;
  while (!renamed(draft, lockDir, TAKEN)) {
    buryDeadOwner(lockDir);
    if (Date.now() > deadline) {
      rmSync(draft, { recursive: true });
      throw new EmbeddedPostgresError(`Another process has been starting or stopping the database for minutes and holds ${lockDir}.`);
    }
    await sleep(20);
  }
  clearLitter(lockDir);
}

function renamed(from: string, to: string, refusals: readonly string[]): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (refusals.includes(errorCode(error))) return false;
    throw error;
  }
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/**
 * Moves a dead owner's lock to a tombstone named by that owner. Whoever judged the same owner a moment later cannot move the *next*
 * owner's lock by mistake: the tombstone of that name already stands, and rename refuses.
 */
function buryDeadOwner(lockDir: string): void {
  const owner = listed(lockDir)[0];
  if (owner === undefined || isTokenAlive(owner)) return;
  renamed(lockDir, `${lockDir}.dead.${owner}`, [...TAKEN, 'ENOENT']);
}

/** Tombstones matter only to a process that judged the same owner, drafts only while waiting; an hour later both are litter of crashes. */
function clearLitter(lockDir: string): void {
  const prefix = `${path.basename(lockDir)}.`;
  for (const name of listed(path.dirname(lockDir)).filter((entry) => entry.startsWith(prefix))) {
    const litter = path.join(path.dirname(lockDir), name);
    const changedAt = statSync(litter, { throwIfNoEntry: false })?.ctimeMs ?? 0;
    if (Date.now() - changedAt > HOUR_MS) rmSync(litter, { recursive: true, force: true });
  }
}

function release(lockDir: string, token: string): void {
  const gone = `${lockDir}.gone.${token}`;
  if (renamed(lockDir, gone, ['ENOENT'])) rmSync(gone, { recursive: true, force: true });
}
