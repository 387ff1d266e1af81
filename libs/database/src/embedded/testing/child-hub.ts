import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { transformFileSync } from '@swc/core';
import { fastFolder } from '../../testing/fast-folder';
import type { EmbeddedPostgresOptions } from '../launcher';

const SOURCES = path.join(__dirname, '..');
const NODE_MODULES = path.resolve(__dirname, '../../../../../node_modules');

/** What a child hub says once its database runs, or why it does not. */
export interface ChildReport {
  readonly url?: string;
  readonly port?: number;
  readonly adopted?: boolean;
  readonly dataDir?: string;
  readonly error?: string;
  readonly log: readonly string[];
}

/** A process of its own that started the embedded database: it can be killed, and it can belong to somebody else. */
export interface ChildHub extends ChildReport {
  /** Leaves properly: stops the database unless others use it. */
  stop(): Promise<void>;
  /** `kill -9`. */
  kill(): Promise<void>;
}

const DRIVER = `
const { startEmbeddedPostgres } = require('./index.js');
const log = [];
const say = (report) => process.stdout.write(JSON.stringify({ ...report, log }) + '\\n');
startEmbeddedPostgres({ ...JSON.parse(process.argv[2]), log: (line) => log.push(line) }).then(
  (server) => {
    say(server);
    process.stdin.on('end', () => server.stop().then(() => process.exit(0))).resume();
  },
  (error) => { say({ error: error.message }); process.exit(0); },
);`;

/** Compiles the launcher into a folder that every user can read, and answers the driver's path. */
export function compileLauncher(): string {
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), 'child-hub-'));
  chmodSync(folder, 0o755);
  for (const name of readdirSync(SOURCES).filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))) {
    const options = { swcrc: false, jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } } as const;
    writeFileSync(path.join(folder, name.replace(/ts$/, 'js')), transformFileSync(path.join(SOURCES, name), options).code);
  }
  const driver = path.join(folder, 'driver.js');
  writeFileSync(driver, DRIVER);
  return driver;
}

/** Starts a child hub, under another user id when one is given, and waits for its report. */
export async function startChildHub(driver: string, options: EmbeddedPostgresOptions, uid?: number): Promise<ChildHub> {
  const child = spawn(process.execPath, [driver, JSON.stringify(options)], {
    uid,
    gid: uid,
    cwd: '/',
    env: { PATH: process.env.PATH, NODE_PATH: NODE_MODULES },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const gone = child.exitCode === null ? once(child, 'exit') : Promise.resolve();
  return {
    ...(JSON.parse(line) as ChildReport),
    stop: () => ended(gone, () => child.stdin.end()),
    kill: () => ended(gone, () => child.kill('SIGKILL')),
  };
}

async function ended(gone: Promise<unknown>, act: () => void): Promise<void> {
  act();
  await gone;
}

/** A folder that everybody may pass through, as `/srv` or a home with the usual mode is. */
export function makeOpenFolder(): string {
  const folder = mkdtempSync(path.join(fastFolder(), 'embedded-'));
  chmodSync(folder, 0o755);
  return folder;
}

/** A process that ends in a moment, when its parent has become one that never collects it; it has the name of PostgreSQL's program. */
export async function makeZombie(folder: string): Promise<{ pid: number; parent: ChildProcess }> {
  const program = path.join(folder, 'zombie', 'postgres');
  mkdirSync(path.dirname(program));
  writeFileSync(program, '#!/bin/sh\nsleep 0.3\n', { mode: 0o755 });
  const parent = spawn('/bin/sh', ['-c', `${program} & echo $!; exec sleep 60`], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (!parent.stdout) throw new Error('The shell has an output');
  const [line] = (await once(createInterface(parent.stdout), 'line')) as [string];
  return { pid: Number(line), parent };
}
