import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { DemoManifest } from '@claimline/protocol';

const MAIN = path.resolve(__dirname, '../../apps/hub/src/main.js');

/** The built hub in a folder of its own, with how long it took to be ready. */
export class BenchHub {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    readonly url: string,
    readonly bootSeconds: number,
  ) {}

  static async start(folder = newFolder()): Promise<BenchHub> {
    const [port, smtp] = [await freePort(), await freePort()];
    const begun = performance.now();
    const child = spawn(process.execPath, [MAIN], {
      env: {
        ...process.env,
        NODE_ENV: 'production',
        PORT: String(port),
        SMTP_PORT: String(smtp),
        HUB_DATA: path.join(folder, 'data'),
        HUB_FILES: path.join(folder, 'files'),
        HUB_ALLOW_PRIVATE: 'true',
        LOG_LEVEL: 'error',
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    process.once('exit', () => child.kill('SIGTERM'));
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
    const url = `http://localhost:${port}`;
    while (
      !(await fetch(`${url}/health/ready`).then(
        (answer) => answer.ok,
        () => false,
      ))
    ) {
      if (child.exitCode !== null) throw new Error(`the hub ended with ${child.exitCode}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    return new BenchHub(child, folder, url, (performance.now() - begun) / 1000);
  }

  async manifest(): Promise<DemoManifest> {
    return DemoManifest.parse(await (await fetch(`${this.url}/demo/manifest.json`)).json());
  }

  /** Where its embedded PostgreSQL listens: read from the server's own files. */
  get databaseUrl(): string {
    const cluster = path.join(this.folder, 'data', 'postgres');
    const port = readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n')[3]!.trim();
    const password = readFileSync(`${cluster}.password`, 'utf8').trim();
    return `postgres://claimline:${password}@127.0.0.1:${port}/claimline`;
  }

  /** Resident memory of the hub process, in MB (Linux; elsewhere 0). */
  get memoryMb(): number {
    try {
      return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);
    } catch {
      return 0;
    }
  }

  async stop(): Promise<string> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await ended;
    return this.folder;
  }

  static remove(folder: string): void {
    rmSync(folder, { recursive: true, force: true });
  }
}

// Readable for the account that PostgreSQL runs under when this runs as root: else its data would lie elsewhere.
function newFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'claimline-bench-'));
  chmodSync(folder, 0o755);
  return folder;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
