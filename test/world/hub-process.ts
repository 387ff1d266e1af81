import { spawn, type ChildProcess } from 'node:child_process';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { DemoManifest } from '@claimline/protocol';
import { DIST } from './built';
import { freePort } from './free-port';
import { openFolder } from './open-folder';
import { until } from './until';

const MAIN = path.join(DIST, 'apps/hub/src/main.js');
const LOG_KEPT = 400;

/** The built hub as a child process with a database, files and ports of its own; it can be killed and started again over the same data. */
export class HubProcess {
  private child: ChildProcess | undefined;
  /** The last lines it wrote, for a test that greps them and for one that fails. */
  readonly lines: string[] = [];

  private constructor(
    readonly folder: string,
    readonly port: number,
    readonly smtpPort: number,
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  /** Starts a demo hub on free ports and waits until it serves. */
  static async start(environment: Readonly<Record<string, string>> = {}): Promise<HubProcess> {
    const folder = await openFolder('claimline-story-');
    const hub = new HubProcess(folder, await freePort(), await freePort(), environment);
    try {
      await hub.start();
    } catch (error) {
      await hub.close();
      throw error;
    }
    return hub;
  }

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** The process to do something to; 0 while none runs. */
  get pid(): number {
    return this.child?.pid ?? 0;
  }

  /** Whether the process has ended, in whatever way. */
  get hasEnded(): boolean {
    return !this.child || this.child.exitCode !== null || this.child.signalCode !== null;
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, [MAIN], {
      env: {
        ...process.env,
        NODE_ENV: 'production',
        PORT: String(this.port),
        SMTP_PORT: String(this.smtpPort),
        HUB_DATA: path.join(this.folder, 'data'),
        HUB_FILES: path.join(this.folder, 'files'),
        HUB_ALLOW_PRIVATE: 'true',
        LOG_LEVEL: 'info',
        ...this.environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => this.keep(bytes));
    // One that has ended will never be ready: that is said at once, and not after the patience for a slow machine.
    await until('the hub to be ready', async () => child.exitCode !== null || (await fetch(`${this.url}/health/ready`)).ok, 180);
    if (child.exitCode !== null) throw new Error(`the hub ended with ${child.exitCode}:\n${this.lines.slice(-30).join('\n')}`);
  }

  async manifest(): Promise<DemoManifest> {
    return DemoManifest.parse(await (await fetch(`${this.url}/demo/manifest.json`)).json());
  }

  /** `kill -9`: nothing is said, nothing is finished. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Asks it to leave in order. Returns its exit code. */
  async stop(): Promise<number | null> {
    return this.end('SIGTERM');
  }

  /** Stops it and removes what it kept. */
  async close(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async end(signal: NodeJS.Signals): Promise<number | null> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
    child.kill(signal);
    return ended;
  }

  private keep(bytes: Buffer): void {
    this.lines.push(...bytes.toString('utf8').split('\n').filter(Boolean));
    if (this.lines.length > LOG_KEPT * 10) this.lines.splice(0, this.lines.length - LOG_KEPT * 10);
  }
}
