// Builds what is missing and runs one program of dist/ in this very process, so that signals and exit codes are its own.
//   node tools/run.mjs apps/hub/src/main [arguments]
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import Module from 'node:module';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const [program, ...args] = process.argv.slice(2);

// In a process of its own: compilers and bundlers take memory that the hub should not carry for the rest of its life.
const { status } = spawnSync(process.execPath, [path.join(root, 'tools/build.mjs')], { stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);

const main = path.join(root, 'dist', `${program}.js`);
if (!existsSync(main)) {
  console.error(`There is no program ${program}.ts.`);
  process.exit(1);
}
// npm passes SIGTERM to its shell only, and that shell dies without passing it on: an orphan stops itself in the same orderly way.
if (process.env.npm_lifecycle_event) {
  const parent = process.ppid;
  const orphaned = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(orphaned);
    process.kill(process.pid, 'SIGTERM');
  }, 250);
  orphaned.unref();
}

// The hub reads its maps by itself, and not before somebody asks for a stack: those of all its modules take memory for as long as it runs.
if (program !== 'apps/hub/src/main') process.setSourceMapsEnabled(true);
process.argv = [process.argv[0], main, ...args];
Module.runMain();
