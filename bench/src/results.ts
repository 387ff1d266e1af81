import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const FOLDER = 'bench/results';

/** Keeps what a run found under `bench/results/`, with when, on which commit and on what machine. Returns the file. */
export function writeResults(name: string, found: Readonly<Record<string, unknown>>): string {
  mkdirSync(FOLDER, { recursive: true });
  const file = path.join(FOLDER, `${name}.json`);
  const whole = { at: new Date().toISOString(), commit: commitOf(), machine: machine(), ...found };
  writeFileSync(file, `${JSON.stringify(whole, null, 2)}\n`);
  return file;
}

/** A commit whose tree was changed since says so. Outside a checkout: null. */
function commitOf(): string | null {
  const git = (...args: string[]): string => spawnSync('git', args, { encoding: 'utf8' }).stdout?.trim() ?? '';
  const commit = git('rev-parse', '--short=12', 'HEAD');
  if (!commit) return null;
  return git('status', '--porcelain', '--untracked-files=no') ? `${commit} with changes` : commit;
}

function machine(): Record<string, unknown> {
  return {
    cores: os.cpus().length,
    cpu: os.cpus()[0]?.model ?? '',
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    node: process.version,
    platform: `${os.platform()} ${os.release()} ${os.arch()}`,
  };
}
