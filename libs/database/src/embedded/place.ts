import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, lchownSync, mkdirSync, readdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { EmbeddedPostgresError, errorCode } from './embedded-error';
import {
  assertNamedUser,
  assertNoStrangersFolder,
  assertOwnData,
  chooseServerUser,
  isCluster,
  ownUid,
  type ServerUser,
} from './server-user';

/** Where a server keeps its data, under whose account it runs, and where it may find a copy of its programs. */
export interface Place {
  readonly dataDir: string;
  readonly user: ServerUser | undefined;
  readonly copyFolder: string;
}

/** What the caller asked for: the wished data directory, where data goes that cannot stay there, and whom to tell. */
export interface PlaceRequest {
  readonly dataDir: string;
  readonly shelter: string;
  readonly log: (line: string) => void;
}

/** Makes the wished folder ready for the server's user. As root it may lie elsewhere: below a folder that only root can enter nobody else can read. */
export function preparePlace(request: PlaceRequest): Place {
  const user = chooseServerUser(request.dataDir);
  if (user) return prepareFor(user, request);
  assertNoStrangersFolder(request.dataDir, [ownUid(), 0]);
  assertOwnData(request.dataDir);
  if (!isCluster(request.dataDir)) assertNamedUser();
  makePrivateFolder(request.dataDir);
  return { dataDir: realpathSync(request.dataDir), user: undefined, copyFolder: path.dirname(request.dataDir) };
}

function prepareFor(user: ServerUser, request: PlaceRequest): Place {
  const dataDir = reachableFor(user, request);
  assertNoStrangersFolder(path.dirname(dataDir), [0]);
  assertNoStrangersFolder(dataDir, [0, user.uid]);
  makePrivateFolder(dataDir);
  giveTo(chooseServerUser(dataDir) ?? user, dataDir);
  return { dataDir: realpathSync(dataDir), user: chooseServerUser(dataDir) ?? user, copyFolder: path.dirname(dataDir) };
}

/** The folder itself is private (PostgreSQL insists); its parents keep the usual mode, or nobody else could pass through them. */
function makePrivateFolder(folder: string): void {
  makeParents(path.dirname(folder));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}

function makeParents(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    if (!['EACCES', 'EROFS', 'EPERM'].includes(errorCode(error))) throw error;
    throw new EmbeddedPostgresError(`The folder ${folder} for the database cannot be made (${errorCode(error)}).`);
  }
}

/** The wished data directory where the user can get there, else a folder in the shelter; the choice is written down, so a later start finds the same data. */
function reachableFor(user: ServerUser, { dataDir, shelter, log }: PlaceRequest): string {
  makeParents(path.dirname(dataDir));
  const note = `${dataDir}.location`;
  if (existsSync(note)) return readFileSync(note, 'utf8').trim();
  if (canEnter(user, path.dirname(dataDir))) return dataDir;
  const moved = path.join(shelter, `database-${randomUUID()}`);
  makeParents(shelter);
  writeFileSync(note, `${moved}\n`, { mode: 0o600 });
  log(`The database lies in ${moved}: ${user.name} cannot enter ${path.dirname(dataDir)}`);
  return moved;
}

function canEnter(user: ServerUser, folder: string): boolean {
  return spawnSync('test', ['-x', folder], { uid: user.uid, gid: user.gid, cwd: '/', stdio: 'ignore' }).status === 0;
}

/** Gives a folder that root made (or a cluster that root copied here) to the server's user. A folder with anything else in it is left alone: initdb will say so. */
function giveTo(user: ServerUser, dataDir: string): void {
  if (statSync(dataDir).uid !== 0) return;
  const entries = readdirSync(dataDir, { recursive: true, encoding: 'utf8' });
  if (entries.length > 0 && !isCluster(dataDir)) return;
  for (const entry of entries) lchownSync(path.join(dataDir, entry), user.uid, user.gid);
  lchownSync(dataDir, user.uid, user.gid);
}
