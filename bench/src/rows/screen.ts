import type { ConsoleEvent } from '@claimline/protocol';
import { latencyOf } from '../figures';
import type { Ground } from '../ground/ground';
import { comes, steadily } from '../ground/load';
import { sender, signedSms } from '../ground/signed-sms';
import { Wire } from '../ground/wire';
import { hubRound } from './inbound';
import { latencyLine, type Line, type Row } from './row';

const P99_MS = 50;
const WIRES = 64;
const LATE_SECONDS = 20;

/** From a provider's webhook to the screen of an adjuster. */
export const screen: Row = {
  name: 'screen',
  what: "webhook → adjuster's socket, at half the rate that the hub takes",
  target: `p99 ≤ ${P99_MS} ms`,
  method:
    'signed texts at a steady rate, half of what the row before took; from the moment each was due to its event on a console’s socket, matched by message',
  needsData: false,
  grows: true,
  measure,
};

async function measure(ground: Ground): Promise<Line[]> {
  const { seconds } = ground.effort;
  const rate = Math.floor((ground.inboundRate ?? (await shortRun(ground))) / 2);
  const heard = new Map<string, number>();
  const socket = await (await ground.desk('supervisor')).socket();
  socket.on('events', (batch: readonly ConsoleEvent[]) => {
    const now = performance.now();
    for (const { type, payload } of batch) if (type === 'message.received') heard.set(String(payload.messageId), now);
  });
  const due = await send(ground, rate, seconds * 2);
  await comes(() => heard.size >= due.size, LATE_SECONDS);
  socket.close();
  const times = await match(ground, due, heard);
  await ground.drained();
  const line = latencyLine('text to screen', latencyOf(times), { ms: P99_MS, missing: due.size - times.length });
  return [{ ...line, figures: { 'sent per second': rate, ...line.figures } }];
}

/** What the hub takes, where the row that measures it was not asked for. */
async function shortRun(ground: Ground): Promise<number> {
  const { perSecond } = await hubRound(ground, ground.effort.seconds);
  await ground.drained();
  return perSecond;
}

/** Sends texts that are told apart by their words; returns when each was due. */
async function send({ line }: Ground, rate: number, seconds: number): Promise<Map<string, number>> {
  const due = new Map<string, number>();
  const idle = await Promise.all(Array.from({ length: WIRES }, () => Wire.open(line.webhook)));
  const all = [...idle];
  await steadily(rate, seconds, async (n, at) => {
    const text = `screen message ${n}`;
    due.set(text, at);
    const wire = idle.pop() ?? (await Wire.open(line.webhook));
    const { body, headers } = signedSms(line, sender(n), text);
    await wire.post(body, headers);
    idle.push(wire);
  });
  for (const wire of new Set([...all, ...idle])) wire.close();
  return due;
}

async function match(ground: Ground, due: ReadonlyMap<string, number>, heard: ReadonlyMap<string, number>): Promise<number[]> {
  const rows = await ground.rows<{ id: string; text: string }>('SELECT id, text FROM messages WHERE id = ANY ($1::uuid[])', [
    [...heard.keys()],
  ]);
  return rows.flatMap(({ id, text }) => {
    const at = due.get(text);
    return at === undefined ? [] : [heard.get(id)! - at];
  });
}
