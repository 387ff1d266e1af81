import { latencyOf } from '../figures';
import type { Ground } from '../ground/ground';
import { comes, steadily } from '../ground/load';
import { signedSms } from '../ground/signed-sms';
import { Wire } from '../ground/wire';
import { latencyLine, type Line, type Row } from './row';

const P99_MS = 100;
const PER_SECOND = 20;
const CUSTOMERS = 40;
const LATE_SECONDS = 20;

/** From the click of an adjuster to the vendor. */
export const reply: Row = {
  name: 'reply',
  what: 'reply clicked → vendor called',
  target: `p99 ≤ ${P99_MS} ms`,
  method: `${PER_SECOND} replies a second to ${CUSTOMERS} customers over HTTP; from the moment each was due to its request at a vendor of the bench’s own, matched by text`,
  needsData: false,
  grows: true,
  measure,
};

async function measure(ground: Ground): Promise<Line[]> {
  const vendor = await ground.ownVendor();
  const desk = await ground.desk('supervisor');
  const conversations = await customers(ground);
  await ground.drained();
  const asked = new Map<string, number>();
  const deaf = vendor.listen(({ text, at }) => asked.set(text, at));
  const due = new Map<string, number>();
  // The first seconds open connections and compile; they are sent but not counted.
  const seconds = ground.effort.seconds * 3;
  const warm = PER_SECOND * 2;
  await steadily(PER_SECOND, seconds + 2, async (n, at) => {
    const text = `Reply ${n}: we have your message.`;
    if (n >= warm) due.set(text, at);
    await desk.write('POST', `/api/conversations/${conversations[n % CUSTOMERS]!}/messages`, { text });
  });
  await comes(() => [...due.keys()].every((text) => asked.has(text)), LATE_SECONDS);
  deaf();
  const times = [...due].flatMap(([text, at]) => (asked.has(text) ? [asked.get(text)! - at] : []));
  return [latencyLine('reply', latencyOf(times), { ms: P99_MS, missing: due.size - times.length })];
}

/** Customers who have written by text, each in a conversation of their own. */
async function customers(ground: Ground): Promise<string[]> {
  const { line } = ground;
  const wire = await Wire.open(line.webhook);
  const phones = Array.from({ length: CUSTOMERS }, (_, n) => `+1555040${String(n).padStart(4, '0')}`);
  for (const phone of phones) {
    const { body, headers } = signedSms(line, phone, 'Is anybody there?');
    await wire.post(body, headers);
  }
  wire.close();
  const rows = await ground.rows<{ id: string }>(
    `SELECT c.id FROM addresses a JOIN conversations c ON c.contact_id = a.contact_id WHERE a.scheme = 'tel' AND a.value = ANY ($1) AND c.status <> 'resolved'`,
    [phones],
  );
  return rows.map(({ id }) => id);
}
