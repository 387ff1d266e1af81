import { execFile } from 'node:child_process';
import { randomInt, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import path from 'node:path';
import { promisify } from 'node:util';
import type { ClaimEventFields } from '@claimline/protocol';
import { latencyOf } from '../figures';
import type { Ground } from '../ground/ground';
import { comes, steadily } from '../ground/load';
import { latencyLine, type Line, type Row } from './row';

const P99_MS = 1_000;
const PER_SECOND = 100;
/** So many times the seconds of a row's effort: first until the hub has found its pace, then for the figure. */
const ROUNDS = { first: 2, judged: 3 };
const LATE_SECONDS = 20;
const FLOOR_CONNECTIONS = 8;

/** From a change in the claim core to the vendor who tells the customer. */
export const claimEvent: Row = {
  name: 'claim-event',
  what: 'claim event → vendor called, 100 events a second',
  target: `p99 ≤ ${P99_MS} ms`,
  method:
    'one CloudEvent per request, each of a new claim with a new policyholder (the most that an event can ask for); from the moment each was due to the request at a vendor of the bench’s own, matched by phone; the target holds for the second round: in the first the process still compiles what it does, and PostgreSQL plans it',
  needsData: false,
  grows: true,
  measure,
};

async function measure(ground: Ground): Promise<Line[]> {
  const cold = lineOf('first notice of a claim, the first seconds of a hub that has told nobody yet', await tell(ground, ROUNDS.first));
  await ground.drained();
  const warm = lineOf('first notice of a claim', await tell(ground, ROUNDS.judged));
  await ground.drained();
  return [
    {
      of: `the bare driver, one row by its key, ${FLOOR_CONNECTIONS} connections`,
      figures: { 'statements per second': await bareReads(ground) },
    },
    { of: cold.of, figures: cold.figures },
    warm,
  ];
}

interface Told {
  /** In milliseconds. */
  readonly latencies: readonly number[];
  readonly missing: number;
  readonly refused: number;
}

async function tell(ground: Ground, times: number): Promise<Told> {
  const vendor = await ground.ownVendor();
  const asked = new Map<string, number>();
  const due = new Map<string, number>();
  const deaf = vendor.listen(({ to, at }) => void (due.has(to) && !asked.has(to) && asked.set(to, at)));
  // A data set that is kept knows the claims and telephones of earlier runs.
  const run = randomInt(200_000, 1_000_000);
  // Told to come again: the claim core would, much later than this row waits.
  const refused = new Set<string>();
  const agent = new Agent({ keepAlive: true });
  await steadily(PER_SECOND, ground.effort.seconds * times, async (n, at) => {
    const phone = `+1${run}${String(n).padStart(4, '0')}`;
    due.set(phone, at);
    if (!(await post(ground, agent, newClaim(`${run}-${n}`, phone)))) refused.add(phone);
  });
  await comes(() => asked.size >= due.size - refused.size, LATE_SECONDS);
  deaf();
  agent.destroy();
  const latencies = [...due].flatMap(([phone, at]) => (asked.has(phone) ? [asked.get(phone)! - at] : []));
  return { latencies, missing: due.size - latencies.length, refused: refused.size };
}

function lineOf(of: string, { latencies, missing, refused }: Told): Line {
  const line = latencyLine(of, latencyOf(latencies), { ms: P99_MS, missing });
  return refused === 0 ? line : { ...line, figures: { ...line.figures, 'answered 503': refused } };
}

/** What an event can cost at most on this machine: so many statements, divided by the events of a second, and nothing else. */
async function bareReads({ hub, effort }: Ground): Promise<number> {
  const program = path.join(__dirname, '../floor/bare-reads.js');
  const wish = [program, hub.databaseUrl, String(FLOOR_CONNECTIONS), String(effort.seconds)];
  return Number((await promisify(execFile)(process.execPath, wish)).stdout);
}

/** A claim that nobody has heard of, whose holder lives where it is noon: no quiet hours hold the notice back. */
function newClaim(n: string, phone: string): ClaimEventFields {
  const number = `BENCH-${n}`;
  const holder = { externalId: `holder-${n}`, role: 'policyholder' as const, name: `Holder ${n}`, kind: 'person' as const };
  return {
    claimId: `core-${number}`,
    claimNumber: number,
    version: 1,
    stage: 'reported',
    lineOfBusiness: 'motor',
    jurisdiction: 'CN',
    policyholder: { externalId: holder.externalId },
    parties: [{ ...holder, phone, language: 'en', timeZone: zoneOfNoon() }],
    exposures: [{ externalId: `${number}-1`, kind: 'own-damage', party: holder.externalId, stage: 'reported' }],
  };
}

// The names count westwards: Etc/GMT-8 is eight hours ahead.
function zoneOfNoon(now = new Date()): string {
  const ahead = 12 - now.getUTCHours();
  return ahead === 0 ? 'Etc/GMT' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}

/** Whether the hub took it; false: it is too busy and wants it again. @throws Error for any other refusal */
function post({ manifest }: Ground, agent: Agent, data: ClaimEventFields): Promise<boolean> {
  const headers = { 'content-type': 'application/cloudevents+json', authorization: `Bearer ${manifest.claimEvents.apiKey}` };
  return new Promise((resolve, reject) => {
    const outgoing = request(manifest.claimEvents.url, { method: 'POST', agent, headers }, (answer) => {
      const status = answer.statusCode ?? 500;
      answer.resume();
      answer.once('end', () =>
        status < 300 || status === 503 ? resolve(status < 300) : reject(new Error(`a claim event was answered ${status}`)),
      );
    });
    outgoing.once('error', reject);
    outgoing.end(JSON.stringify({ ...head(), data }));
  });
}

const head = (): Record<string, string> => ({
  specversion: '1.0',
  id: randomUUID(),
  source: '/claim-core/bench',
  type: 'claims.claim.status_changed.v1',
  time: new Date().toISOString(),
});
