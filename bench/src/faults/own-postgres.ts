import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@claimline/database';
import { openFolder, until } from '@claimline/test';

/** A PostgreSQL server that no hub looks after, as an operator's own: it goes down and comes up when somebody says so. */
export class OwnPostgres {
  private constructor(
    private readonly folder: string,
    private readonly server: EmbeddedPostgres,
  ) {}

  static async start(): Promise<OwnPostgres> {
    const folder = await openFolder('claimline-postgres-');
    return new OwnPostgres(folder, await startEmbeddedPostgres({ dataDir: path.join(folder, 'postgres') }));
  }

  /** The environment of a demo hub that uses it. */
  get environment(): Record<string, string> {
    return { DATABASE_URL: this.server.url, HUB_DEMO: 'true', HUB_SECRET: randomBytes(32).toString('base64') };
  }

  /** Every session ends at once, what is committed stays: `pg_ctl stop -m fast`. */
  async stop(): Promise<void> {
    await this.end('SIGINT');
  }

  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** It takes connections again when this resolves. */
  async startAgain(): Promise<void> {
    await until('PostgreSQL to start', () => this.server.revive());
  }

  /** It hangs: sessions stay open and nobody answers. */
  freeze(): void {
    this.signal('SIGSTOP');
  }

  thaw(): void {
    this.signal('SIGCONT');
  }

  async close(): Promise<void> {
    await this.server.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { pid } = this;
    process.kill(pid, signal);
    await until('PostgreSQL to be gone', async () => !processes().some((one) => one.pid === pid));
  }

  private signal(signal: NodeJS.Signals): void {
    const { pid } = this;
    const all = processes().filter((one) => one.pid === pid || one.parent === pid);
    for (const one of all) process.kill(one.pid, signal);
  }

  private get pid(): number {
    return Number(readFileSync(path.join(this.server.dataDir, 'postmaster.pid'), 'utf8').split('\n')[0]);
  }
}

/** What runs on this machine. Zombies are gone for everybody but their parent. */
function processes(): { readonly pid: number; readonly parent: number }[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat='], { encoding: 'utf8' }).trim().split('\n');
  return lines
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , state]) => !state?.startsWith('Z'))
    .map(([pid, parent]) => ({ pid: Number(pid), parent: Number(parent) }));
}
