// The jest environment of every test file: node, and a file that leaves a connection, server, child process or timer open fails.
const { TestEnvironment } = require('jest-environment-node');

const watched = { Socket: 'connection', TLSSocket: 'connection', Server: 'server', ChildProcess: 'child process' };
const grace = 2_000; // a socket that was told to close needs a moment

// Only what keeps a process alive: idle connections of fetch, for example, do not.
const openHandles = () => process._getActiveHandles().filter((handle) => handle.constructor.name in watched);
const ticking = (timer) => timer !== undefined && !timer._destroyed && timer.hasRef();

function describe(handle) {
  const port = handle.address?.()?.port ?? handle.remotePort ?? handle.spawnfile;
  return port === undefined ? watched[handle.constructor.name] : `${watched[handle.constructor.name]} ${port}`;
}

module.exports = class LeavesNothingOpen extends TestEnvironment {
  timers = [];

  async setup() {
    await super.setup();
    this.before = new Set(openHandles());
    // Timers of the code under test only: jest has timers of its own in the same process.
    for (const name of ['setTimeout', 'setInterval']) {
      const original = this.global[name];
      const watchedTimer = (...args) => {
        const timer = original(...args);
        this.timers.push(new WeakRef(timer));
        return timer;
      };
      this.global[name] = Object.defineProperties(watchedTimer, Object.getOwnPropertyDescriptors(original));
    }
  }

  leaks() {
    const handles = openHandles().filter((handle) => !this.before.has(handle));
    const timers = this.timers.map((timer) => timer.deref()).filter(ticking);
    return { handles, timers, count: handles.length + timers.length };
  }

  async handleTestEvent(event, state) {
    if (event.name !== 'run_finish') return;
    const until = Date.now() + grace;
    while (this.leaks().count > 0 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
    const { handles, timers, count } = this.leaks();
    if (count === 0) return;
    const names = [...handles.map(describe), ...timers.map((timer) => `timer of ${timer._idleTimeout} ms`)];
    // The next file must not inherit them, and jest must be able to end.
    for (const handle of handles) handle.unref();
    for (const timer of timers) clearTimeout(timer);
    state.unhandledErrors.push(`This file leaves open: ${names.join(', ')}. Close what the tests open.`);
  }
};
