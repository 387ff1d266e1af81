import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Log } from '@claimline/messages';

// dist/apps/hub/src/demo → dist/apps/sandbox/src/main.js
const PROGRAM = path.resolve(__dirname, '..', '..', '..', 'sandbox', 'src', 'main.js');
// Long, because the hub loads its modules meanwhile and cannot listen: what was said in that time must still count.
const START_MS = 60_000;

/** The sandbox as a child process: it ends when this one does, however this one ends, because its standard input ends then. */
export class SandboxProcess {
  private stopping = false;

  private constructor(
    private readonly child: ChildProcess,
    /** Where it listens, loopback only; new at each start. */
    readonly url: string,
  ) {}

  /** Resolves when it listens. @throws Error when it does not come up */
  static async start(log: Log, program = PROGRAM): Promise<SandboxProcess> {
    const child = spawn(process.execPath, ['--enable-source-maps', program, '--attached'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const { url } = JSON.parse(await firstLine(child)) as { url: string };
    const self = new SandboxProcess(child, url);
    child.once('exit', (code) => {
      if (!self.stopping) log.error({ code }, 'the sandbox has ended: the simulated phones are dead until the hub is started again');
    });
    return self;
  }

  /** Asks it something. @throws Error with its words when it refuses */
  async ask<Answer>(method: 'GET' | 'POST', route: string, body?: unknown): Promise<Answer> {
    const sent = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const response = await fetch(this.url + route, { method, ...sent });
    if (!response.ok) throw new Error(`the sandbox refused ${method} ${route}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => this.child.once('exit', () => resolve()));
    this.child.stdin?.end();
    await gone;
  }
}

async function firstLine(child: ChildProcess): Promise<string> {
  const lines = createInterface({ input: child.stdout! });
  const timer = setTimeout(() => child.kill('SIGKILL'), START_MS);
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve);
      child.once('error', reject);
      child.once('exit', (code, signal) => reject(new Error(`the sandbox ended (${code ?? signal}) before it said where it listens`)));
    });
  } finally {
    clearTimeout(timer);
    lines.close();
    child.stdout?.resume();
  }
}
