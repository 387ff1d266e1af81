import { packRequest } from '../inbound/raw-request';
import { SendingQueue, type DeliveryRow } from '@claimline/delivery';
import type { InboundDelivery } from '@claimline/messages';
import type { Receipt } from '../flows/record-delivery';
import { RecordReports } from '../flows/record-reports';
import { SettleDeliveries } from '../flows/settle-deliveries';
import { InboundDesk } from '../inbound/inbound-desk';
import { InboxRegistry, type VersionedInbox } from './inbox-registry';
import { openDeliveryHub, type DeliveryHub } from './testing/delivery-hub';

let hub: DeliveryHub;
let inbox: VersionedInbox;
beforeAll(async () => {
  hub = await openDeliveryHub();
  inbox = (await hub.app.get(InboxRegistry).find(hub.inboxId))!;
});
afterAll(() => hub.close());

const externalId = (row: DeliveryRow): string => `SM-${row.id}`;
const raw = () => ({
  door: 'webhook' as const,
  body: packRequest({ method: 'POST', url: hub.url, path: '', headers: {}, body: Buffer.from('a receipt') }),
  receivedAt: hub.clock.now(),
});
const receipt = (id: string, state: InboundDelivery['state'], over: Partial<InboundDelivery> = {}): Receipt => ({
  inbox,
  event: { kind: 'delivery', key: `${id}:${state}`, to: inbox.address, externalId: id, state, ...over },
  raw: raw(),
});
const take = (one: Receipt) => hub.app.get(RecordReports).take(one);

async function claimed(count: number): Promise<DeliveryRow[]> {
  await Promise.all(Array.from({ length: count }, () => hub.send()));
  return hub.app.get(SendingQueue).take(hub.inboxId, count);
}
const settle = (row: DeliveryRow) =>
  hub.app
    .get(SettleDeliveries)
    .settle(row, { verdict: { state: 'accepted', reason: null, externalId: externalId(row) }, line: { is: 'works' } });
async function accepted(count: number): Promise<DeliveryRow[]> {
  const rows = await claimed(count);
  await Promise.all(rows.map(settle));
  return rows;
}

/** How many transactions have told of these deliveries that they are in this state. */
async function commits(rows: readonly DeliveryRow[], state: string): Promise<number> {
  const told = await hub.database.query<{ tx: string }>({
    name: 'commits',
    text: `SELECT DISTINCT xmin::text AS tx FROM outbox WHERE type = 'delivery.changed' AND payload->>'state' = $2 AND (payload->>'deliveryId')::uuid = ANY ($1::uuid[])`,
    values: [rows.map(({ id }) => id), state],
  });
  return told.length;
}
const states = (rows: readonly DeliveryRow[]) => Promise.all(rows.map(async ({ id }) => (await hub.state(id)).state));

/** Holds a conversation until it is let go. */
async function holding(conversationId: string, work: () => Promise<void>): Promise<void> {
  const [text, values] = ['SELECT 1 FROM conversations WHERE id = $1 FOR UPDATE', [conversationId]];
  await hub.database.transaction(async (tx) => {
    await tx.query({ name: 'hold', text, values });
    await work();
  });
}

/** Backends that wait for a row or a lock. */
const waiting = async (): Promise<number> =>
  (
    await hub.database.query<{ n: number }>({
      name: '',
      text: `SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
      values: [],
    })
  )[0]!.n;
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
}

test('sends that end together are written by one transaction, each with its own event', async () => {
  const rows = await accepted(20);
  expect(new Set(await states(rows))).toEqual(new Set(['accepted']));
  expect(await commits(rows, 'accepted')).toBe(1);
  expect(await hub.told(rows[7]!.id)).toEqual(['accepted']);
});

test('a line that has failed counts as mended when a send shows it, and is not written for the others', async () => {
  const circuit = () =>
    hub.database.query<{ failures: number }>({
      name: 'circuit',
      text: 'SELECT failures FROM inbox_circuits WHERE inbox_id = $1',
      values: [hub.inboxId],
    });
  await accepted(1);
  expect(await circuit()).toEqual([]);
  const rows = await claimed(2);
  await hub.database.query({ name: 'fail', text: 'INSERT INTO inbox_circuits (inbox_id, failures) VALUES ($1, 3)', values: [hub.inboxId] });
  await Promise.all(rows.map(settle));
  expect(await circuit()).toEqual([{ failures: 0 }]);
});

test('a receipt that comes before the vendor’s id is known is applied with it, the furthest of several', async () => {
  const [row] = await claimed(1);
  await Promise.all([take(receipt(externalId(row!), 'delivered')), take(receipt(externalId(row!), 'sent'))]);
  expect((await hub.state(row!.id)).state).toBe('sending');
  await settle(row!);
  expect(await hub.told(row!.id)).toEqual(['delivered']);
});

test('one send whose conversation somebody else holds does not hold up the others', async () => {
  const rows = await claimed(3);
  const settled = rows.map(settle);
  await Promise.all(settled);
  const more = await claimed(3);
  let last: Promise<void> | undefined;
  await holding(more[0]!.conversation_id, async () => {
    const [held, ...others] = more.map(settle);
    last = held;
    await Promise.all(others);
    expect(await states(more)).toEqual(['sending', 'accepted', 'accepted']);
  });
  await last;
  expect(await states(more)).toEqual(['accepted', 'accepted', 'accepted']);
});

test('one send that cannot be written does not take the others along', async () => {
  const [taken] = await accepted(1);
  const [first, second] = await claimed(2);
  const twice = { state: 'accepted', reason: null, externalId: externalId(taken!) } as const;
  const outcomes = await Promise.allSettled([hub.app.get(SettleDeliveries).settle(first!, { verdict: twice }), settle(second!)]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  expect(await states([first!, second!])).toEqual(['sending', 'accepted']);
});

test('a send that fails, and says more than that, is written as it would be alone', async () => {
  const [good, bad] = await claimed(2);
  await Promise.all([
    settle(good!),
    hub.app.get(SettleDeliveries).settle(bad!, { verdict: { state: 'suppressed', reason: 'opted-out' }, optedOut: true }),
  ]);
  expect(await states([good!, bad!])).toEqual(['accepted', 'suppressed']);
  expect(hub.around.optedOut.at(-1)).toMatchObject({ evidence: bad!.id });
});

test('receipts that come together share a transaction; each provider gets its own answer', async () => {
  const rows = await accepted(20);
  const answers = await Promise.all([...rows, rows[0]!].map((row) => take(receipt(externalId(row), 'delivered'))));
  expect(answers.map(({ duplicate }) => duplicate)).toEqual([...rows.map(() => false), true]);
  expect(new Set(await states(rows))).toEqual(new Set(['delivered']));
  expect(await commits(rows, 'delivered')).toBe(1);
  for (const row of rows) expect(await hub.told(row.id)).toEqual(['accepted', 'delivered']);
});

test('two receipts of one message in one batch are told of one after the other, and never go back', async () => {
  const rows = await accepted(2);
  const [forward, backward] = rows.map(externalId);
  await Promise.all([
    take(receipt(forward!, 'sent')),
    take(receipt(forward!, 'delivered')),
    take(receipt(backward!, 'delivered')),
    take(receipt(backward!, 'sent')),
  ]);
  expect(await hub.told(rows[0]!.id)).toEqual(['accepted', 'sent', 'delivered']);
  expect(await hub.told(rows[1]!.id)).toEqual(['accepted', 'delivered']);
});

test('an event says what was before', async () => {
  const [row] = await accepted(1);
  await take(receipt(externalId(row!), 'delivered'));
  const told = await hub.database.query<{ was: string; again: boolean }>({
    name: 'was',
    text: `SELECT payload->>'was' AS was, (payload->>'again')::boolean AS again FROM outbox WHERE type = 'delivery.changed' AND payload->>'deliveryId' = $1 ORDER BY n`,
    values: [row!.id],
  });
  expect(told).toEqual([
    { was: 'sending', again: false },
    { was: 'accepted', again: false },
  ]);
});

test('receipts and sends cross, many at once: nothing is lost, the last word is always delivered', async () => {
  const rows = await claimed(30);
  await Promise.all(
    rows.flatMap((row) => [take(receipt(externalId(row), 'sent')), settle(row), take(receipt(externalId(row), 'delivered'))]),
  );
  expect(new Set(await states(rows))).toEqual(new Set(['delivered']));
  expect(await hub.database.query({ name: 'left-over', text: 'SELECT 1 FROM delivery_reports', values: [] })).toEqual([]);
});

test('a receipt whose conversation somebody else holds does not hold up the others', async () => {
  const rows = await accepted(3);
  let last: Promise<unknown> | undefined;
  await holding(rows[1]!.conversation_id, async () => {
    const [first, held, third] = rows.map((row) => take(receipt(externalId(row), 'delivered')));
    last = held;
    await Promise.all([first, third]);
    expect(await states(rows)).toEqual(['delivered', 'accepted', 'delivered']);
  });
  expect(await last).toEqual({ duplicate: false });
  expect(await states(rows)).toEqual(['delivered', 'delivered', 'delivered']);
});

test('a receipt of a send that waits to be written holds up no other receipt, and is there once it is written', async () => {
  const [sent, ...others] = await claimed(3);
  await Promise.all(others.map(settle));
  let last: Promise<unknown> | undefined;
  await holding(sent!.conversation_id, async () => {
    const written = settle(sent!);
    // It has its id and waits for its conversation: the advisory lock of the id is what its receipt would wait for.
    await until(async () => (await waiting()) > 0);
    const [early, ...rest] = [sent!, ...others].map((row) => take(receipt(externalId(row), 'delivered')));
    last = Promise.all([written, early]);
    await Promise.all(rest);
    expect(await states([sent!, ...others])).toEqual(['sending', 'delivered', 'delivered']);
  });
  await last;
  expect(await states([sent!])).toEqual(['delivered']);
});

test('a receipt that PostgreSQL refuses stands before a person, and the others are taken', async () => {
  const rows = await accepted(2);
  const desk = hub.app.get(InboundDesk);
  const events = [
    receipt(externalId(rows[0]!), 'delivered').event,
    receipt('no\u0000such', 'delivered').event,
    receipt(externalId(rows[1]!), 'delivered').event,
  ];
  await desk.take(inbox, { events }, raw());
  expect(await states(rows)).toEqual(['delivered', 'delivered']);
  const look = await hub.database.query<{ reason: string }>({ name: 'looks', text: 'SELECT reason FROM needs_look', values: [] });
  expect(look).toEqual([{ reason: 'not-placed' }]);
});

test('a receipt that names the delivery by our own id brings the vendor’s', async () => {
  const [row] = await claimed(1);
  await Promise.all([take(receipt('SM-by-ours', 'sent', { deliveryId: row!.id })), take(receipt('SM-nobody', 'sent'))]);
  expect(await hub.state(row!.id)).toMatchObject({ state: 'sent', external_id: 'SM-by-ours' });
});
