import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { BATCH_COLUMNS, type BatchColumn } from '@claimline/conversations/testing';
import { INBOUND, RAW_BYTES, type Place } from './inbound-statement';

/** What a driver of the bare statement got done; latencies in milliseconds. */
export interface FloorRun {
  readonly perSecond: number;
  readonly times: readonly number[];
}

/** Whether PostgreSQL's own load generator is on this machine; it is in no npm package. */
export const hasPgbench = (): boolean => spawnSync('pgbench', ['--version']).status === 0;

/** The statement under pgbench: prepared, the given number of connections, no server and no driver of ours in between. */
export async function runPgbench(
  url: string,
  place: Place,
  { connections, seconds }: { connections: number; seconds: number },
): Promise<FloorRun> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'claimline-pgbench-'));
  try {
    writeFileSync(path.join(folder, 'inbound.sql'), pgbenchScript(place, connections));
    const { stdout } = await promisify(execFile)('pgbench', pgbenchArguments(url, connections, seconds), {
      cwd: folder,
      env: environmentOf(url),
    });
    const rate = /^tps = ([\d.]+) \(without/m.exec(stdout)?.[1];
    if (rate === undefined) throw new Error(`pgbench said: ${stdout}`);
    return { perSecond: Math.round(Number(rate)), times: latenciesIn(folder) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// One sender per connection and turn: two connections never wait for one sender's row, as they do not where the hub sorts its batch.
const TURNS = 31;

/** pgbench makes the values of a message itself; ids are made by the server, the rest of the statement is the hub's. */
export function pgbenchScript({ inboxId, brandId, line }: Place, connections: number): string {
  const own: Partial<Record<BatchColumn, string>> = {
    inbox_id: `'${inboxId}'`,
    external_id: `'SM' || replace(gen_random_uuid()::text, '-', '')`,
    door: `'webhook'`,
    raw_key_id: `'bench'`,
    raw_sealed: `decode(repeat('7f', ${RAW_BYTES}), 'hex')`,
    received_at: 'clock_timestamp()',
    occurred_at: 'clock_timestamp()',
    scheme: `'tel'`,
    scope: `''`,
    value: `'+1555030' || lpad(:sender::text, 4, '0')`,
    line: `'${line}'`,
    channel: `'twilio-sms'`,
    brand_id: `'${brandId}'`,
    language: `'en'`,
    text: `'bench message'`,
    preview: `'bench message'`,
    facts: `'{"NumSegments":"1"}'`,
  };
  const madeByServer = (name: string): string => (/(^|_)id$/.test(name) && !/team|key/.test(name) ? 'uuidv7()' : 'NULL');
  const statement = BATCH_COLUMNS.reduce((sql, [name, type], index) => {
    const value = own[name] ?? madeByServer(name);
    return sql.replace(`$${index + 1}::${type}[]`, () => `ARRAY[(${value})::${type}]`);
  }, INBOUND);
  const pick = `\\set turn :turn % ${TURNS} + 1\n\\set sender (:client_id + ${connections} * (:turn - 1)) % 1000\n`;
  return `${pick}${statement.replaceAll('\n', ' ').trim()};\n`;
}

function pgbenchArguments(url: string, connections: number, seconds: number): string[] {
  const { hostname, port, username, pathname, searchParams } = new URL(url);
  const load = ['-M', 'prepared', '-c', String(connections), '-j', '2', '-T', String(seconds), '-D', 'turn=0'];
  // By the socket where the hub goes by it: the same way for both.
  const server = ['-h', searchParams.get('host') ?? hostname, '-p', port, '-U', username, pathname.slice(1)];
  return ['-n', ...load, '--log', '--log-prefix', 'times', '-f', 'inbound.sql', ...server];
}

const environmentOf = (url: string): NodeJS.ProcessEnv => ({ ...process.env, PGPASSWORD: decodeURIComponent(new URL(url).password) });

// Third column: microseconds of the transaction (https://www.postgresql.org/docs/current/pgbench.html, per-transaction logging).
function latenciesIn(folder: string): number[] {
  return readdirSync(folder)
    .filter((file) => file.startsWith('times.'))
    .flatMap((file) => readFileSync(path.join(folder, file), 'utf8').split('\n'))
    .filter(Boolean)
    .map((line) => Number(line.split(' ')[2]) / 1000);
}
