// Builds, runs jest with the arguments given, and ends with one line for machines: `N passed, N failed`.
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');

function close({ passed, failed }, code) {
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(code);
}

const built = spawnSync(process.execPath, [path.join(root, 'tools/build.mjs')], { stdio: 'inherit' });
if (built.status !== 0) close({ passed: 0, failed: 1 }, 1);

const jest = path.join(root, 'node_modules/jest/bin/jest.js');
const reporters = ['--reporters=default', `--reporters=${path.join(root, 'tools/test-counts.cjs')}`];
const run = spawn(process.execPath, [jest, ...process.argv.slice(2), ...reporters], {
  cwd: root,
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
});

let counts;
run.on('message', (message) => (counts = message));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => run.kill(signal));
// Without counts jest did not come to its end: that is a failure whatever its exit code.
run.on('close', (code) => {
  const result = counts ?? { passed: 0, failed: 1 };
  close(result, code || (counts && result.failed === 0 ? 0 : 1));
});
