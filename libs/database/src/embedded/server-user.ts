import { readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import { EmbeddedPostgresError } from './embedded-error';

/** The account PostgreSQL runs under when this process is root, which PostgreSQL refuses to run as. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
}

/** This process's user id; undefined on Windows. */
export function ownUid(): number | undefined {
  return process.getuid?.();
}

/** Whether a database cluster has been made in the folder. */
export function isCluster(dataDir: string): boolean {
  return statSync(path.join(dataDir, 'PG_VERSION'), { throwIfNoEntry: false }) !== undefined;
}

/** Under root: the owner of the data, else the account `postgres`, else `nobody`. Undefined when the server runs as ourselves. */
export function chooseServerUser(dataDir: string): ServerUser | undefined {
  if (ownUid() !== 0) return undefined;
  const owner = statSync(path.join(dataDir, 'PG_VERSION'), { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid, name: `uid ${owner.uid}` };
  return serviceAccount();
}

function serviceAccount(): ServerUser {
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const found = ['postgres', 'nobody'].map((name) => accounts.find((account) => account[0] === name)).find((account) => account);
  if (!found)
    throw new EmbeddedPostgresError('This process is root, and there is neither a postgres nor a nobody account to run PostgreSQL as.');
  return { uid: Number(found[2]), gid: Number(found[3]), name: found[0] ?? '' };
}

/** Raises a sentence when this user has no entry in the password file: initdb refuses to make a cluster then. */
export function assertNamedUser(): void {
  try {
    userInfo();
  } catch {
    throw new EmbeddedPostgresError(
      `The user id ${ownUid()} has no entry in /etc/passwd, and PostgreSQL makes no database without one: run as a named user.`,
    );
  }
}

/** Raises a sentence when the data belongs to somebody else; PostgreSQL opens only what belongs to its own user. */
export function assertOwnData(dataDir: string): void {
  const owner = statSync(dataDir, { throwIfNoEntry: false })?.uid;
  const self = ownUid();
  if (self === undefined || self === 0 || owner === undefined || owner === self) return;
  throw new EmbeddedPostgresError(
    `${dataDir} belongs to user id ${owner}, but this process is user id ${self}: run as that user or give the folder to this one.`,
  );
}

/** Raises a sentence when a folder that we are about to run programs from was made by somebody else or can be written by others. */
export function assertOwnedByUs(folder: string): void {
  const self = ownUid();
  if (self === undefined) return;
  const { uid, mode } = statSync(folder);
  if (uid === self && (mode & 0o022) === 0) return;
  throw new EmbeddedPostgresError(`${folder} is not trusted: it belongs to user id ${uid} or others may write into it; remove it.`);
}

/**
 * Raises a sentence when the path leads through a folder that a stranger laid into a directory everybody may write to (`/tmp`):
 * its owner could read the password or swap the data.
 */
export function assertNoStrangersFolder(target: string, trusted: readonly (number | undefined)[]): void {
  for (let here = target; here !== path.dirname(here); here = path.dirname(here)) {
    const self = statSync(here, { throwIfNoEntry: false });
    const above = statSync(path.dirname(here), { throwIfNoEntry: false });
    const exposed = self !== undefined && above !== undefined && (above.mode & 0o002) !== 0;
    if (exposed && !trusted.includes(self.uid)) {
      throw new EmbeddedPostgresError(
        `${here} lies in a directory that everybody may write to and belongs to user id ${self.uid}: it is not trusted.`,
      );
    }
  }
}
