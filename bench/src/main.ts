import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Pool } from 'pg';
import { BenchHub } from './bench-hub';
import { drive, round, type Figures } from './figures';
import { INBOUND_SQL, inboundValues } from './inbound-sql';
import { Poster, signedSms, type SmsLine } from './signed-sms';
import { webhookToSocket } from './to-screen';

const CONNECTIONS = 32;
// Forty seconds at most: follow-ups that are not done by then are part of what the next figure tells.
const DRAIN_LOOKS = 200;
const SECONDS = Number(process.argv[2] ?? 6);

interface Result {
  readonly what: string;
  readonly figures: Partial<Figures> & Readonly<Record<string, number | undefined>>;
}

/** (a) The SQL alone: prepared, thirty-two connections, no framework. */
async function bareSql(url: string, place: { inboxId: string; brandId: string; line: string }): Promise<Figures> {
  const pool = new Pool({ connectionString: url, max: CONNECTIONS });
  const figures = await drive(
    CONNECTIONS,
    SECONDS,
    async (n) => void (await pool.query({ name: 'inbound', text: INBOUND_SQL, values: inboundValues(place, n) })),
  );
  await pool.end();
  return figures;
}

/** (b) A bare node:http server with pg and the same SQL, in a process of its own as the hub is. */
async function bareServer(url: string, place: { inboxId: string; brandId: string; line: string }, line: SmsLine): Promise<Figures> {
  const child = spawn(process.execPath, [path.join(__dirname, 'bare-server.js'), url, place.inboxId, place.brandId, place.line], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<number>((resolve) => child.stdout.once('data', (bytes: Buffer) => resolve(Number(bytes.toString()))));
  const poster = new Poster(CONNECTIONS);
  const figures = await drive(CONNECTIONS, SECONDS, (n) => {
    const { body, headers } = signedSms(line, n);
    return poster.post(`http://127.0.0.1:${port}/`, body, headers);
  });
  poster.close();
  child.kill('SIGTERM');
  return figures;
}

/** (c) The hub: signature checked, stored, committed, answered. */
async function signedInbound(line: SmsLine): Promise<Figures> {
  const poster = new Poster(CONNECTIONS);
  const figures = await drive(CONNECTIONS, SECONDS, (n) => {
    const { body, headers } = signedSms(line, n);
    return poster.post(line.webhook, body, headers);
  });
  poster.close();
  return figures;
}

async function measure(): Promise<Result[]> {
  const hub = await BenchHub.start();
  const first = await measureRunning(hub).catch(async (error: unknown) => {
    BenchHub.remove(await hub.stop());
    throw error;
  });
  const folder = await hub.stop();
  const again = await BenchHub.start(folder);
  await again.stop();
  BenchHub.remove(folder);
  return [
    ...first,
    { what: '(e) boot to ready, seconds: first / again', figures: { first: round(hub.bootSeconds), again: round(again.bootSeconds) } },
  ];
}

async function measureRunning(hub: BenchHub): Promise<Result[]> {
  const manifest = await hub.manifest();
  const line = manifest.inboxes.find((inbox) => inbox.kind === 'twilio-sms') as unknown as SmsLine;
  const idle = hub.memoryMb;
  const place = await placeOf(hub.databaseUrl, line);
  const sql = await bareSql(hub.databaseUrl, place);
  const server = await bareServer(hub.databaseUrl, place, line);
  const inbound = await signedInbound(line);
  await drained(hub.databaseUrl);
  const screen = await webhookToSocket(hub.url, manifest, line, {
    perSecond: Math.max(50, Math.floor(inbound.perSecond / 2)),
    seconds: SECONDS,
  });
  return [
    { what: '(a) SQL of one inbound message, bare', figures: { ...sql } },
    { what: '(b) node:http + pg, same SQL', figures: { ...server } },
    {
      what: '(c) signed SMS into the hub, durable',
      figures: {
        ...inbound,
        'ratio to (a)': round(inbound.perSecond / sql.perSecond),
        'ratio to (b)': round(inbound.perSecond / server.perSecond),
      },
    },
    { what: '(d) webhook → adjuster’s socket, at half of (c)', figures: { ...screen } },
    { what: '(e) idle memory of the hub process, MB', figures: { MB: idle } },
  ];
}

async function placeOf(url: string, line: SmsLine): Promise<{ inboxId: string; brandId: string; line: string }> {
  const pool = new Pool({ connectionString: url, max: 1 });
  const { rows } = await pool.query<{ brand_id: string }>('SELECT brand_id FROM inboxes WHERE id = $1', [line.id]);
  await pool.end();
  return { inboxId: line.id, brandId: rows[0]!.brand_id, line: line.address };
}

// What the runs before left for the consumers would otherwise be measured as latency of the next.
async function drained(url: string): Promise<void> {
  const pool = new Pool({ connectionString: url, max: 1 });
  for (let i = 0; i < DRAIN_LOOKS; i++) {
    const { rows } = await pool.query<{ behind: string }>(
      'SELECT (SELECT count(*) FROM outbox) + coalesce((SELECT max(position) FROM event_log) - (SELECT min(position) FROM consumers), 0) AS behind',
    );
    if (Number(rows[0]!.behind) < 10) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await pool.end();
}

function print(results: readonly Result[]): void {
  for (const { what, figures } of results) {
    const cells = Object.entries(figures)
      .map(([name, value]) => `${name} ${value}`)
      .join('   ');
    process.stdout.write(`${what.padEnd(50)} ${cells}\n`);
  }
}

function write(results: readonly Result[]): void {
  const folder = path.resolve('bench/results');
  mkdirSync(folder, { recursive: true });
  const machine = {
    cores: os.cpus().length,
    cpu: os.cpus()[0]?.model ?? '',
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    node: process.version,
    platform: `${os.platform()} ${os.arch()}`,
  };
  writeFileSync(
    path.join(folder, 'latest.json'),
    `${JSON.stringify({ at: new Date().toISOString(), seconds: SECONDS, connections: CONNECTIONS, machine, results }, null, 2)}\n`,
  );
}

measure().then(
  (results) => {
    print(results);
    write(results);
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  },
);
