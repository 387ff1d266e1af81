// Builds, runs jest with the arguments given, and ends with one line for machines: `N passed, N failed`.
// Without arguments it runs twice: rooms two at a time, then what starts whole hubs and browsers one at a time, so that none waits for another's machine.
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const jest = path.join(root, 'node_modules/jest/bin/jest.js');
const reporters = ['--reporters=default', `--reporters=${path.join(root, 'tools/test-counts.cjs')}`];
const roots = (...folders) => folders.flatMap((folder) => ['--roots', path.join(root, folder)]);
const wishes = process.argv.slice(2);
const quick = [...roots('apps', 'libs', 'test/canary', 'bench/src'), '--testPathIgnorePatterns', '/node_modules/', '/bench/src/faults/'];
const rounds = wishes.length > 0 ? [wishes] : [quick, ['--maxWorkers=1', ...roots('test/stories', 'test/browser', 'bench/src/faults')]];

function close({ passed, failed }) {
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
}

/** Resolves with the counts. Without counts jest did not come to its end: that is a failure whatever its exit code. */
function round(args) {
  return new Promise((resolve) => {
    const run = spawn(process.execPath, [jest, ...args, ...reporters], { cwd: root, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
    let counts;
    const pass = (signal) => run.kill(signal);
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, pass);
    run.on('message', (message) => (counts = message));
    run.on('close', (code) => {
      const seen = counts ?? { passed: 0, failed: 1 };
      resolve(code !== 0 && seen.failed === 0 ? { ...seen, failed: 1 } : seen);
    });
  });
}

const built = spawnSync(process.execPath, [path.join(root, 'tools/build.mjs')], { stdio: 'inherit' });
if (built.status !== 0) close({ passed: 0, failed: 1 });

const total = { passed: 0, failed: 0 };
for (const args of rounds) {
  const { passed, failed } = await round(args);
  total.passed += passed;
  total.failed += failed;
}
close(total);
