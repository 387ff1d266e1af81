import { execFile, spawn } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { latencyOf, median, round } from '../figures';
import type { Place } from '../floor/inbound-statement';
import { hasPgbench, runPgbench, type FloorRun } from '../floor/pgbench';
import type { Ground } from '../ground/ground';
import { atOnce, onceEach, type Work } from '../ground/load';
import { sender, SENDERS, signedSms } from '../ground/signed-sms';
import { Wire } from '../ground/wire';
import type { Line, Row } from './row';

const CONNECTIONS = 32;
const OVER_SERVER = 1.3;
const OF_FLOOR = 0.6;
const P99_MS = 30;
/** At the longest, where each first message reads what nobody has read for long. */
const FIRST_SECONDS = 60;

const DRIVER = 'the bare driver in a process of its own (no pgbench on this machine)';

/** Texts that a provider posts, as fast as they are answered, beside the same statement without a hub around it. */
export const inbound: Row = {
  name: 'inbound',
  what: 'inbound SMS durable (signature checked; journal, key, contact, conversation, message and event in one commit), 32 connections',
  target: `≥ ${OVER_SERVER} × a bare node:http + pg server · ≥ ${OF_FLOOR} × pgbench · p99 ≤ ${P99_MS} ms`,
  method: `first one text of each of ${SENDERS} senders; then by turns in one run (pgbench, bare server, hub, and again), follow-ups finished in between; medians of the rounds; all three run the hub's own statement, the first two with one message each; pgbench: ${hasPgbench() ? 'pgbench -M prepared' : DRIVER}`,
  needsData: false,
  grows: true,
  measure,
};

interface Round {
  readonly floor: FloorRun;
  readonly server: FloorRun;
  readonly hub: FloorRun;
  readonly followUps: number;
}

async function measure(ground: Ground): Promise<Line[]> {
  const place = await placeOf(ground);
  const first = await firstMessages(ground);
  await ground.drained();
  // An unmeasured round, to compile the code.
  await hubRound(ground, ground.effort.seconds / 2);
  await ground.drained();
  const rounds: Round[] = [];
  for (let n = 0; n < ground.effort.rounds; n++) rounds.push(await oneRound(ground, place));
  ground.inboundRate = median(rounds.map(({ hub }) => hub.perSecond));
  const ofFirst = `the first message of each of ${first.times.length} senders, before anything of theirs has been read`;
  return [{ of: ofFirst, figures: figuresOf([first]) }, ...linesOf(rounds)];
}

async function oneRound(ground: Ground, place: Place): Promise<Round> {
  const { seconds } = ground.effort;
  const url = ground.hub.databaseUrl;
  const floor = await (hasPgbench() ? runPgbench : runDriver)(url, place, { connections: CONNECTIONS, seconds });
  await ground.drained();
  const server = await serverRound(url, place, seconds);
  await ground.drained();
  const hub = await hubRound(ground, seconds);
  const waited = await ground.drained();
  const taken = hub.perSecond * seconds;
  return { floor, server, hub, followUps: Math.round(taken / (seconds + waited)) };
}

function figuresOf(runs: readonly FloorRun[]): Line['figures'] {
  const { p50, p99 } = latencyOf(runs.flatMap(({ times }) => times));
  return { perSecond: median(runs.map(({ perSecond }) => perSecond)), p50, p99 };
}

function linesOf(rounds: readonly Round[]): Line[] {
  const ratio = (to: (round: Round) => FloorRun): number => median(rounds.map((one) => round(one.hub.perSecond / to(one).perSecond)));
  const overServer = ratio(({ server }) => server);
  const ofFloor = ratio(({ floor }) => floor);
  const hub = figuresOf(rounds.map((one) => one.hub));
  return [
    { of: hasPgbench() ? 'pgbench, the statement alone' : DRIVER, figures: figuresOf(rounds.map(({ floor }) => floor)) },
    { of: 'bare node:http + pg, one statement per request', figures: figuresOf(rounds.map(({ server }) => server)) },
    { of: 'hub, signed, durable', figures: hub, isMet: hub.p99! <= P99_MS },
    { of: 'hub ÷ bare server', figures: { ratio: overServer }, isMet: overServer >= OVER_SERVER },
    { of: 'hub ÷ pgbench', figures: { ratio: ofFloor }, isMet: ofFloor >= OF_FLOOR },
    { of: 'hub with all follow-ups done', figures: { 'messages per second': median(rounds.map(({ followUps }) => followUps)) } },
  ];
}

/** Signed texts into the hub over kept-open connections, as fast as they are answered. */
export const hubRound = (ground: Ground, seconds: number): Promise<FloorRun> =>
  texting(ground, (text) => atOnce(CONNECTIONS, seconds, text));

/** One text of each sender; the thousand of them have a conversation then. */
const firstMessages = (ground: Ground): Promise<FloorRun> => texting(ground, (text) => onceEach(CONNECTIONS, SENDERS, FIRST_SECONDS, text));

async function texting({ line }: Ground, work: (text: (lane: number, n: number) => Promise<void>) => Promise<Work>): Promise<FloorRun> {
  const wires = await openWires(line.webhook);
  const done = await work((lane, n) => {
    const { body, headers } = signedSms(line, sender(n), `bench message ${n}`);
    return wires[lane]!.post(body, headers);
  });
  wires.forEach((wire) => wire.close());
  return done;
}

async function serverRound(url: string, place: Place, seconds: number): Promise<FloorRun> {
  const program = path.join(__dirname, '../floor/bare-server.js');
  const child = spawn(process.execPath, [program, url, JSON.stringify(place)], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const port = await new Promise<number>((resolve) => child.stdout.once('data', (bytes: Buffer) => resolve(Number(bytes.toString()))));
    const wires = await openWires(`http://127.0.0.1:${port}/`);
    const body = 'x'.repeat(200);
    const work = await atOnce(CONNECTIONS, seconds, (lane) => wires[lane]!.post(body, {}));
    wires.forEach((wire) => wire.close());
    return work;
  } finally {
    child.kill('SIGTERM');
  }
}

async function runDriver(url: string, place: Place, { connections, seconds }: { connections: number; seconds: number }): Promise<FloorRun> {
  const program = path.join(__dirname, '../floor/bare-driver.js');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [program, url, JSON.stringify(place), String(connections), String(seconds)],
    { maxBuffer: 64 * 2 ** 20 },
  );
  return JSON.parse(stdout) as FloorRun;
}

const openWires = (url: string): Promise<Wire[]> => Promise.all(Array.from({ length: CONNECTIONS }, () => Wire.open(url)));

async function placeOf(ground: Ground): Promise<Place> {
  const { id, address } = ground.line;
  const [row] = await ground.rows<{ brand_id: string }>('SELECT brand_id FROM inboxes WHERE id = $1', [id]);
  return { inboxId: id, brandId: row!.brand_id, line: address };
}
