// Runs the hub and starts it again after every change; the web apps are bundled again too, so reloading the page shows them.
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const main = path.join(root, 'dist/apps/hub/src/main.js');
let hub;
let timer;
let working = Promise.resolve();

const ended = (child) => new Promise((resolve) => child.once('exit', resolve));

/** Runs the build and tells how many files of the hub it compiled; undefined where it failed and said why. */
async function build() {
  let result;
  const builder = spawn(process.execPath, [path.join(root, 'tools/build.mjs')], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  builder.on('message', (message) => (result = message));
  await ended(builder);
  return result?.compiled;
}

async function stopHub() {
  if (!hub || hub.exitCode !== null || hub.signalCode !== null) return;
  const gone = ended(hub);
  hub.kill('SIGTERM');
  await gone;
}

async function rebuild() {
  const compiled = await build();
  if (compiled === undefined || (hub && compiled === 0)) return;
  await stopHub();
  hub = spawn(process.execPath, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
}

// Editors write in bursts, and a build that runs must end before the next begins.
function changed() {
  clearTimeout(timer);
  timer = setTimeout(() => (working = working.then(rebuild)), 150);
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, async () => {
    await stopHub();
    process.exit(0);
  });
}

await (working = rebuild());
for (const folder of ['apps', 'libs']) watch(path.join(root, folder), { recursive: true }, changed);
