import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Binaries, programOf } from './binaries';
import { EmbeddedPostgresError } from './embedded-error';
import type { Place } from './place';
import { isCluster } from './server-user';
import { SERVER_ENVIRONMENT } from './settings';

/** The one account of the embedded server; its password is random per data directory. */
export const SUPERUSER = 'claimline';

/** The files of a data directory that lie beside it and stay with this process's user. */
export interface ClusterFiles {
  readonly password: string;
  /** Present from before initdb until after it: a cluster beside it is half made. */
  readonly unfinished: string;
}

/** Makes the cluster unless there is one, and answers its password. Refuses a cluster of another PostgreSQL major. */
export function openCluster(binaries: Binaries, place: Place, files: ClusterFiles): string {
  if (existsSync(files.unfinished)) clearHalfMade(place.dataDir);
  if (!isCluster(place.dataDir)) makeCluster(binaries, place, files);
  rmSync(files.unfinished, { force: true });
  assertSameMajor(binaries, place.dataDir);
  return readPassword(files.password, place.dataDir);
}

function clearHalfMade(dataDir: string): void {
  for (const name of readdirSync(dataDir)) rmSync(path.join(dataDir, name), { recursive: true });
}

function makeCluster(binaries: Binaries, place: Place, files: ClusterFiles): void {
  const password = randomBytes(18).toString('base64url');
  writeFileSync(files.unfinished, '');
  writeFileSync(files.password, `${password}\n`, { mode: 0o600 });
  const handOver = `${place.dataDir}.initial-password`;
  writeFileSync(handOver, `${password}\n`, { mode: 0o600 });
  try {
    if (place.user) chownSync(handOver, place.user.uid, place.user.gid);
    runInitdb(binaries, place, handOver);
  } finally {
    rmSync(handOver, { force: true });
  }
}

/** The builtin locale sorts the same on every machine; the default would follow the machine's C library. */
function runInitdb(binaries: Binaries, { dataDir, user }: Place, passwordFile: string): void {
  const locale = ['-E', 'UTF8', '--locale-provider=builtin', '--locale=C.UTF-8'];
  const access = ['-U', SUPERUSER, '--auth=scram-sha-256', '--pwfile', passwordFile];
  const run = spawnSync(programOf(binaries, 'initdb'), ['-D', dataDir, ...access, ...locale, '--no-sync', '--no-instructions'], {
    uid: user?.uid,
    gid: user?.gid,
    cwd: '/',
    env: SERVER_ENVIRONMENT,
    encoding: 'utf8',
  });
  if (run.status === 0) return;
  const reason = run.error?.message ?? run.stderr.trim().replace(/\s+/g, ' ');
  throw new EmbeddedPostgresError(`The embedded PostgreSQL could not make a database in ${dataDir} (${reason}).`);
}

function assertSameMajor(binaries: Binaries, dataDir: string): void {
  const found = Number.parseInt(readFileSync(path.join(dataDir, 'PG_VERSION'), 'utf8'), 10);
  if (found === binaries.major) return;
  throw new EmbeddedPostgresError(
    `${dataDir} was made by PostgreSQL ${found}, but the embedded one is ${binaries.major}: ` +
      `export with the Claimline that made it, then import into an empty folder.`,
  );
}

/** The password of the one account; throws a sentence where its file is gone. */
export function readPassword(file: string, dataDir: string): string {
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  throw new EmbeddedPostgresError(
    `The password file ${file} of the database in ${dataDir} is missing: put it back, or remove the database to start empty.`,
  );
}
