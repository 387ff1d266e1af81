import { setTimeout } from 'node:timers/promises';
import { latencyOf, round } from '../figures';
import { Crowd } from '../ground/crowd';
import type { Ground } from '../ground/ground';
import { steadily } from '../ground/load';
import { signedInAdjusters } from '../ground/sessions';
import { sender, signedSms } from '../ground/signed-sms';
import { Wire } from '../ground/wire';
import { latencyLine, type Line, type Row } from './row';

const P99_MS = 100;
const PER_SECOND = 5;
const SETTLE_MS = 3_000;

/** Everybody at their screens at once. */
export const crowd: Row = {
  name: 'crowd',
  what: '1,000 consoles and 5,000 visitors connected',
  target: `memory per socket and total printed; event fan-out p99 ≤ ${P99_MS} ms`,
  method: `sockets opened from a process beside; resident memory of the hub before and after; then ${PER_SECOND} texts a second, from the moment each was due to its event on every single console (a tenth of them without the data set)`,
  needsData: false,
  grows: false,
  measure,
};

async function measure(ground: Ground): Promise<Line[]> {
  const { effort, hub } = ground;
  const cookies = await signedInAdjusters(ground, effort.consoles);
  const people = Crowd.gather();
  try {
    const empty = await settled(ground);
    const consoles = await people.consoles(hub.url, cookies);
    const withConsoles = await settled(ground);
    const all = await people.visitors(hub.url, ground.inbox('web-chat').id, effort.visitors);
    const withAll = await settled(ground);
    const total = Math.round(withAll / 2 ** 20);
    return [
      { of: `${consoles} consoles`, figures: { 'KiB per socket': kib(withConsoles - empty, consoles) } },
      { of: `${all - consoles} visitors`, figures: { 'KiB per socket': kib(withAll - withConsoles, all - consoles) } },
      { of: 'hub process with all of them', figures: { 'MB before': Math.round(empty / 2 ** 20), 'MB after': total } },
      await fanOut(ground, people, consoles),
    ];
  } finally {
    people.leave();
  }
}

async function fanOut(ground: Ground, people: Crowd, consoles: number): Promise<Line> {
  const due = await send(ground);
  await setTimeout(SETTLE_MS);
  const heard = await people.heard();
  const rows = await ground.rows<{ id: string; text: string }>('SELECT id, text FROM messages WHERE id = ANY ($1::uuid[])', [
    [...heard.keys()],
  ]);
  const times = rows.flatMap(({ id, text }) => {
    const at = due.get(text);
    return at === undefined ? [] : heard.get(id)!.map((moment) => moment - at);
  });
  return latencyLine('fan-out, each event to each console', latencyOf(times), { ms: P99_MS, missing: due.size * consoles - times.length });
}

/** Texts at a steady rate; when each was due, by the machine's monotonic clock, which the crowd's process reads too. */
async function send({ line, effort }: Ground): Promise<Map<string, number>> {
  const between = Number(process.hrtime.bigint()) / 1e6 - performance.now();
  const due = new Map<string, number>();
  const wires = await Promise.all(Array.from({ length: PER_SECOND * 2 }, () => Wire.open(line.webhook)));
  const free = [...wires];
  await steadily(PER_SECOND, effort.seconds * 4, async (n, at) => {
    const text = `crowd message ${n}`;
    due.set(text, at + between);
    const wire = free.shift() ?? (await Wire.open(line.webhook));
    const { body, headers } = signedSms(line, sender(n), text);
    await wire.post(body, headers);
    free.push(wire);
  });
  for (const wire of new Set([...wires, ...free])) wire.close();
  return due;
}

// What was made while opening is cleaned up in the seconds after.
async function settled({ hub }: Ground): Promise<number> {
  await setTimeout(SETTLE_MS);
  return hub.memory;
}

const kib = (bytes: number, sockets: number): number => round(bytes / 1024 / sockets);
