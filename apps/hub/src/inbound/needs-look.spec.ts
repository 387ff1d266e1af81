import { park, readEvent, listParked, Sequencer } from '@claimline/database';
import { tel, wechat } from '@claimline/messages';
import type { NeedsLookItem, ReplayAnswer } from '@claimline/protocol';
import { createTransport } from 'nodemailer';
import { openOutsideHub, type OutsideHub } from './testing/outside-hub';

let hub: OutsideHub;
let mei: { id: string; cookie: string };
beforeAll(async () => {
  hub = await openOutsideHub();
  await hub.mailbox('claims@insurer.test');
  mei = await hub.person('adjuster');
});
afterAll(() => hub.close());

const list = async (cookie = mei.cookie): Promise<NeedsLookItem[]> =>
  ((await (await hub.ask(cookie, 'GET', '/api/needs-look?limit=100')).json()) as { items: NeedsLookItem[] }).items;
const settle = async (id: string, how: 'replay' | 'dismiss', cookie = mei.cookie): Promise<ReplayAnswer> =>
  (await hub.ask(cookie, 'POST', `/api/needs-look/${id}/${how}`)).json() as Promise<ReplayAnswer>;
const audited = (id: string) => hub.sql('SELECT action, actor_id, facts FROM audit WHERE subject_id = $1 ORDER BY at, id', [id]);
const told = (id: string) =>
  hub.sql(
    `SELECT type FROM (SELECT type, payload FROM outbox UNION ALL SELECT type, payload FROM event_log) AS e WHERE payload->>'itemId' = $1`,
    [id],
  );

/** Lets every message of that text fail to be stored, as a fault of ours would. */
async function withFault<T>(work: () => Promise<T>): Promise<T> {
  await hub.sql(`ALTER TABLE messages ADD CONSTRAINT fault CHECK (text NOT LIKE '%faulty%') NOT VALID`);
  return work().finally(() => hub.sql('ALTER TABLE messages DROP CONSTRAINT fault'));
}

const mms = (text: string) => hub.twilio.act(hub.line, { do: 'message', from: tel('+15550101001'), text: `${text} CLM-2026-000001` });

async function mail(subject: string, text: string): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: hub.smtpPort, ignoreTLS: true });
  await transport.sendMail({ from: 'wei@customer.test', to: 'claims@insurer.test', subject, text });
  transport.close();
}

test('an SMS that could not be placed is kept, shown with its words, and comes in when the fault is gone', async () => {
  await withFault(async () => {
    await mms('a faulty message');
    const [item] = await list();
    expect(item).toMatchObject({ reason: 'not-placed', state: 'open', inbox: { kind: 'twilio-sms' } });
    expect(item!.excerpt).toContain('faulty');
    expect(item!.excerpt.toLowerCase()).not.toContain('x-twilio-signature');
    expect(await settle(item!.id, 'replay')).toMatchObject({ outcome: 'still-failing', detail: expect.stringContaining('fault') });
    expect((await list()).map(({ id }) => id)).toEqual([item!.id]);
  });
  const [item] = await list();
  expect(await settle(item!.id, 'replay')).toEqual({ outcome: 'replayed' });
  expect(await hub.sql(`SELECT 1 FROM messages WHERE text LIKE 'a faulty message%'`)).toHaveLength(1);
  expect(await list()).toEqual([]);
  expect(await audited(item!.id)).toEqual([{ action: 'needs-look.replay', actor_id: mei.id, facts: { reason: 'not-placed' } }]);
  expect(await told(item!.id)).toEqual([{ type: 'needs-look.opened' }, { type: 'needs-look.closed' }]);
  expect(await settle(item!.id, 'replay')).toEqual({ outcome: 'replayed' });
  expect(await hub.sql(`SELECT 1 FROM messages WHERE text LIKE 'a faulty message%'`)).toHaveLength(1);
});

test('two people who replay the same at once bring it in once', async () => {
  await withFault(() => mms('faulty, and wanted twice'));
  const [item] = await list();
  const colleague = await hub.person('supervisor');
  await Promise.all([settle(item!.id, 'replay'), settle(item!.id, 'replay', colleague.cookie)]);
  expect(await hub.sql(`SELECT 1 FROM messages WHERE text LIKE 'faulty, and wanted twice%'`)).toHaveLength(1);
  expect(await audited(item!.id)).toHaveLength(1);
});

test('a mail that could not be placed comes in by replay, with its envelope and its files', async () => {
  await withFault(() => mail('where is my estimate', 'a faulty mail, 您好'));
  const [item] = await list();
  expect(item!.excerpt).toContain('Subject: where is my estimate');
  expect(await settle(item!.id, 'replay')).toEqual({ outcome: 'replayed' });
  expect(await hub.sql(`SELECT from_value FROM messages WHERE subject = 'where is my estimate'`)).toEqual([
    { from_value: 'wei@customer.test' },
  ]);
});

test('a large one is replayed from the file store', async () => {
  await withFault(() => mail('large', `a faulty mail ${'长'.repeat(900_000)}`));
  const [item] = await list();
  const [raw] = await hub.sql('SELECT r.file_id FROM needs_look n JOIN inbound_raw r ON r.id = n.raw_id WHERE n.id = $1', [item!.id]);
  expect(raw.file_id).not.toBeNull();
  expect(await settle(item!.id, 'replay')).toEqual({ outcome: 'replayed' });
  const [message] = await hub.sql(`SELECT length(text)::int AS letters FROM messages WHERE subject = 'large'`);
  expect(message.letters).toBeGreaterThan(900_000);
});

test('a message for a line that is none of ours waits until the line is one', async () => {
  const to = '+15550100199';
  await hub.sql(`UPDATE inboxes SET address = $2, version = version + 1 WHERE id = $1`, [hub.line.inboxId, to]);
  await new Promise((resolve) => setTimeout(resolve, 1100));
  await mms('to an old number');
  const [item] = await list();
  expect(item).toMatchObject({ reason: 'unknown-line' });
  expect(await settle(item!.id, 'replay')).toMatchObject({ outcome: 'still-failing', detail: expect.stringContaining('no inbox of ours') });
  await hub.sql(`UPDATE inboxes SET address = '+15550100100', version = version + 1 WHERE id = $1`, [hub.line.inboxId]);
  await new Promise((resolve) => setTimeout(resolve, 1100));
  expect(await settle(item!.id, 'replay')).toEqual({ outcome: 'replayed' });
});

test('a push whose signature is valid for minutes is still replayed hours later', async () => {
  const line = await hub.wechat.connect();
  const words = { do: 'message', from: wechat(line.address, 'oPerson1'), text: 'faulty 追尾了 CLM-2026-000001' } as const;
  await withFault(() => hub.wechat.simulator.act(line, words));
  const [item] = await list();
  expect(item).toMatchObject({ reason: 'not-placed', inbox: { kind: 'wechat' } });
  hub.clock.pass(3 * 3_600_000);
  expect(await settle(item!.id, 'replay')).toEqual({ outcome: 'replayed' });
  expect(await hub.sql(`SELECT 1 FROM messages WHERE channel = 'wechat'`)).toHaveLength(1);
});

test('what is put away leaves the list and stays in the journal', async () => {
  await withFault(() => mms('faulty advertisement'));
  const [item] = await list();
  expect(await settle(item!.id, 'dismiss')).toEqual({ outcome: 'dismissed' });
  expect(await list()).toEqual([]);
  expect(await hub.sql('SELECT r.id FROM needs_look n JOIN inbound_raw r ON r.id = n.raw_id WHERE n.id = $1', [item!.id])).toHaveLength(1);
  expect(await settle(item!.id, 'replay')).toEqual({ outcome: 'dismissed' });
});

test('strangers see nothing, an auditor only reads, and other brands have their own', async () => {
  await withFault(() => mms('faulty and private'));
  const [item] = await list();
  expect((await hub.ask(null, 'GET', '/api/needs-look')).status).toBe(401);
  const auditor = await hub.person('auditor');
  expect(await list(auditor.cookie)).toHaveLength(1);
  expect((await hub.ask(auditor.cookie, 'POST', `/api/needs-look/${item!.id}/replay`)).status).toBe(403);
  const elsewhere = await hub.person('supervisor', { brands: ['01900000-0000-7000-8000-00000000aaaa'] });
  expect(await list(elsewhere.cookie)).toEqual([]);
  expect((await hub.ask(elsewhere.cookie, 'POST', `/api/needs-look/${item!.id}/dismiss`)).status).toBe(404);
  expect((await hub.ask(mei.cookie, 'POST', '/api/needs-look/not-an-id/replay')).status).toBe(400);
  await settle(item!.id, 'dismiss');
});

test('the list goes on where it ended', async () => {
  for (let n = 0; n < 5; n++) {
    hub.clock.pass(1000);
    await withFault(() => mms(`faulty number ${n}`));
  }
  const all = await list();
  const first = (await (await hub.ask(mei.cookie, 'GET', '/api/needs-look?limit=2')).json()) as { items: NeedsLookItem[]; next: string };
  const second = (await (await hub.ask(mei.cookie, 'GET', `/api/needs-look?limit=2&before=${first.next}`)).json()) as {
    items: NeedsLookItem[];
    next: string;
  };
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(all.slice(0, 4).map(({ id }) => id));
  for (const { id } of all) await settle(id, 'dismiss');
});

test('an event that a follow-up failed on stands here, is tried again at once, or is given up', async () => {
  await mms('a message with a failing follow-up');
  while ((await hub.app.get(Sequencer).move()) > 0);
  const [{ position }] = await hub.sql(`SELECT max(position)::int AS position FROM event_log WHERE type = 'message.received'`);
  const event = (await readEvent(hub.database, position))!;
  const later = new Date(hub.clock.now().getTime() + 900_000);
  await park(hub.database, 'intake', event, { error: 'Error: the rules cannot be read', now: hub.clock.now(), retryAt: later });
  await park(
    hub.database,
    'intake',
    { ...event, position: position + 1 },
    { error: 'waits behind an earlier event of its conversation', now: hub.clock.now(), retryAt: later },
  );
  const supervisor = await hub.person('supervisor');
  expect((await list()).filter(({ reason }) => reason === 'parked-event')).toEqual([]);
  const parked = (await list(supervisor.cookie)).filter(({ reason }) => reason === 'parked-event');
  expect(parked).toMatchObject([
    { id: event.id, detail: 'intake: Error: the rules cannot be read', excerpt: expect.stringContaining('message.received'), inbox: null },
  ]);
  expect(await settle(event.id, 'replay', supervisor.cookie)).toMatchObject({ outcome: 'replayed' });
  expect(await hub.sql('SELECT retry_at FROM parked_events WHERE position = $1', [position])).toEqual([{ retry_at: hub.clock.now() }]);
  expect(await settle(event.id, 'dismiss', supervisor.cookie)).toEqual({ outcome: 'dismissed' });
  expect((await listParked(hub.database, 10)).map((one) => one.position)).toEqual([position + 1]);
  expect(await audited(event.id)).toMatchObject([{ action: 'needs-look.replay' }, { action: 'needs-look.dismiss' }]);
});
