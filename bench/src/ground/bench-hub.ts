import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { startEmbeddedPostgres, type EmbeddedPostgres, type ServerSettings } from '@claimline/database';
import { embeddedAddress, stopEmbeddedPostgres } from '@claimline/database/testing';
import { DemoManifest } from '@claimline/protocol';
import { freePort } from '@claimline/test';

const MAIN = path.resolve(__dirname, '../../../apps/hub/src/main.js');
const LOOK_MS = 10;

/** What is lost with the machine is loaded again: nothing waits for the disk or is written twice, and nobody cleans up behind a load that still goes on. */
const FOR_FILLING: ServerSettings = {
  fsync: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal', // an index that is made whole is not written to the log as well
  max_wal_senders: '0', // which that asks for
  max_wal_size: '16GB',
  autovacuum: 'off',
  shared_buffers: '1GB',
};

const running = new Set<BenchHub>();
// A bench that is told to stop leaves no hub, no database and no folder behind.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, leave);
process.once('exit', () => running.forEach((hub) => hub.abandon()));

let isLeaving = false;

// Told twice, as by a program that signals a whole group, it leaves once.
function leave(): void {
  if (isLeaving) return;
  isLeaving = true;
  // What breaks because its database goes away is no news any more.
  process.on('uncaughtException', () => undefined);
  void Promise.allSettled([...running].map((hub) => hub.remove())).finally(() => process.exit(1));
}

/** The built hub as a process of its own, in a folder of its own, with its embedded database and its sandbox. */
export class BenchHub {
  private child: ChildProcess | undefined;
  private held: EmbeddedPostgres | undefined;

  private constructor(
    readonly folder: string,
    private readonly port: number,
    private readonly isKept: boolean,
  ) {}

  /** In a folder of its own that goes with it, or in one that stays. */
  static async start(kept?: string): Promise<BenchHub> {
    const hub = new BenchHub(kept === undefined ? newFolder() : keptFolder(kept), await freePort(), kept !== undefined);
    running.add(hub);
    await hub.start();
    return hub;
  }

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** Starts it over what its folder holds; resolves with the seconds until `/health/ready` said yes, its database's start included. */
  async start(): Promise<number> {
    // A row that restarts its hub must not do so behind the back of a bench that is told to stop.
    if (isLeaving) throw new Error('the bench was told to stop');
    const begun = performance.now();
    const child = spawn(process.execPath, [...profiling(), MAIN], {
      env: { ...process.env, ...this.environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.child = child;
    // Its log is JSON, errors only; the welcome of the demo is for people who start one.
    createInterface({ input: child.stdout! }).on('line', (line) => void (isError(line) && process.stderr.write(`${line}\n`)));
    while (!(await this.isReady())) {
      if (child.exitCode !== null) throw new Error(`the hub ended with ${child.exitCode}`);
      await setTimeout(LOOK_MS);
    }
    return (performance.now() - begun) / 1000;
  }

  async manifest(): Promise<DemoManifest> {
    return DemoManifest.parse(await (await fetch(`${this.url}/demo/manifest.json`)).json());
  }

  /** Where its embedded PostgreSQL listens: read from the server's own files. */
  get databaseUrl(): string {
    return embeddedAddress(path.join(this.folder, 'data', 'postgres'));
  }

  /** Fills its database while the hub itself is away, by a server that is made for that, and starts it again. */
  async whileAway(fill: (databaseUrl: string) => Promise<void>): Promise<void> {
    await this.stop();
    this.held = await startEmbeddedPostgres({ dataDir: path.join(this.folder, 'data', 'postgres'), settings: FOR_FILLING });
    await fill(this.held.url);
    await this.letGo();
    await this.start();
  }

  /** Resident memory of the hub process in bytes: Linux; elsewhere not a number. */
  get memory(): number {
    try {
      return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.child?.pid}/status`, 'utf8'))![1]) * 1024;
    } catch {
      return NaN;
    }
  }

  /** Asks it to leave in order, its database too. */
  async stop(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  }

  /** Tells it to stop without waiting: the last thing that a bench which fell over can do. */
  abandon(): void {
    this.child?.kill('SIGTERM');
  }

  /** Stops it and removes what it kept. */
  async remove(): Promise<void> {
    await this.stop();
    await this.letGo();
    // A hub that was stopped while it started has not taken its database along.
    await stopEmbeddedPostgres(path.join(this.folder, 'data', 'postgres'));
    running.delete(this);
    if (!this.isKept) rmSync(this.folder, { recursive: true, force: true });
  }

  private async letGo(): Promise<void> {
    await this.held?.stop();
    this.held = undefined;
  }

  private get environment(): Record<string, string> {
    return {
      NODE_ENV: 'production',
      PORT: String(this.port),
      SMTP_PORT: '0',
      HUB_DATA: path.join(this.folder, 'data'),
      HUB_FILES: path.join(this.folder, 'files'),
      HUB_ALLOW_PRIVATE: 'true',
      // Five thousand visitors come from many addresses; here a header says from which, as a load balancer would.
      TRUST_PROXY: 'true',
      LOG_LEVEL: 'error',
    };
  }

  private isReady(): Promise<boolean> {
    return fetch(`${this.url}/health/ready`).then(
      (answer) => answer.ok,
      () => false,
    );
  }
}

/** With `BENCH_PROFILES=<folder>` the hub writes a CPU profile there when it stops. */
function profiling(): string[] {
  const folder = process.env.BENCH_PROFILES;
  return folder ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : [];
}

// Readable for the account that PostgreSQL runs under when this runs as root: else its data would lie elsewhere.
function newFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'claimline-bench-'));
  chmodSync(folder, 0o755);
  return folder;
}

function keptFolder(folder: string): string {
  const kept = path.resolve(folder);
  mkdirSync(kept, { recursive: true, mode: 0o755 });
  return kept;
}

// "Not yet" is an error to whoever asks, and this suite asks from the first moment on.
const isError = (line: string): boolean => line.startsWith('{') && !line.includes('"route":"/health/ready"');
