import { JobRunner, newId } from '@claimline/database';
import { FolderStorage } from '@claimline/files';
import { fileJobs } from '../files/files.module';
import { ForgetFiles } from '../files/forget-files';
import { InboundShelf } from '../files/inbound-shelf';
import { FetchMedia } from '../flows/fetch-media';
import { openDesk, type Customer, type Desk } from '../http/testing/desk';
import { TidyUp, type Removed } from './tidy-up';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let desk: Desk;
let ada: Customer;
beforeAll(async () => {
  desk = await openDesk();
  ada = await desk.customer();
}, 120_000);
afterAll(() => desk?.close());

const part = <Part>(of: abstract new (...args: never[]) => Part): Part => desk.served.hub.app.get<Part>(of as never);
const tidy = (now: Date): Promise<Removed> => part(TidyUp).tidy(now);
const later = (days: number): Date => new Date(Date.now() + days * DAY_MS);

describe('how long the journal and the events are kept', () => {
  const PATH = '/api/settings/retention';

  test('is two years and a month until an administrator says otherwise; each change stands in the audit', async () => {
    expect((await desk.call('auditor', 'GET', PATH)).body).toEqual({ journalMonths: 24, eventDays: 30 });
    const terms = { journalMonths: 36, eventDays: 60 };
    expect((await desk.call('administrator', 'PUT', PATH, terms)).status).toBe(200);
    expect((await desk.call('administrator', 'GET', PATH)).body).toEqual(terms);
    const audited = await desk.sql(`SELECT facts FROM audit WHERE action = 'retention.set'`);
    expect(audited).toEqual([{ facts: terms }]);
    expect((await desk.call('administrator', 'PUT', PATH, { journalMonths: 24, eventDays: 30 })).status).toBe(200);
  });

  test.each([
    ['supervisor', 'PUT', { journalMonths: 24, eventDays: 30 }, 403],
    ['supervisor', 'GET', undefined, 403],
    ['administrator', 'PUT', { journalMonths: 0, eventDays: 30 }, 422],
    ['administrator', 'PUT', { journalMonths: 24, eventDays: 1 }, 422],
    ['administrator', 'PUT', {}, 422],
  ] as const)('%s %s %j: %i', async (role, method, body, status) => {
    expect((await desk.call(role, method, PATH, body)).status).toBe(status);
  });
});

describe('tidying up', () => {
  test('is done by whoever holds its lease, and makes the months of the journal first', async () => {
    const stop = new AbortController();
    const running = part(TidyUp).run(stop.signal);
    for (;;) {
      const held = await desk.sql(`SELECT 1 FROM leases WHERE name = 'tidy-up' AND until > now()`);
      const months = await desk.sql(`SELECT 1 FROM pg_inherits WHERE inhparent = 'inbound_raw'::regclass`);
      if (held.length === 1 && months.length === 4) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    stop.abort();
    await running;
  });

  test('a month of the journal goes with the large bodies that lie in the file store; a file of a message stays', async () => {
    const at = new Date(Date.now() - 1000);
    await desk.upload('adjuster', 'photo.txt', 'what a customer sent');
    const raw = { door: 'mail', body: Buffer.alloc(2 * 1024 * 1024, 7), receivedAt: at } as const;
    const { fileId } = await part(InboundShelf).shelve(raw);
    await desk.sql(`INSERT INTO inbound_raw (id, door, key_id, file_id, received_at) VALUES ($1, 'mail', 'k', $2, $3)`, [
      newId(at),
      fileId,
      at,
    ]);
    const [file] = await desk.sql<{ key: string }>('SELECT storage_key AS key FROM files WHERE id = $1', [fileId]);
    const [other] = await desk.sql<{ key: string }>(`SELECT storage_key AS key FROM files WHERE uploaded_by <> 'journal'`);
    const isStored = (key: string): Promise<boolean> =>
      part(FolderStorage)
        .open(key)
        .then((stream) => stream.destroy() && true)
        .catch(() => false);
    const rows = (): Promise<object[]> => desk.sql(`SELECT 1 FROM files WHERE id = $1`, [fileId]);
    expect(await isStored(file!.key)).toBe(true);

    expect(await tidy(later(700))).toMatchObject({ inbound_raw: 0 });
    const removed = await tidy(later(800));
    expect(removed['inbound_raw']).toBeGreaterThan(0);
    expect(await desk.sql('SELECT 1 FROM inbound_raw WHERE file_id = $1', [fileId])).toEqual([]);
    expect(await rows()).toHaveLength(1);

    const runner = await JobRunner.start(desk.database, fileJobs(part(FetchMedia), part(ForgetFiles)), 1);
    while ((await rows()).length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    await runner.stop();
    expect(await isStored(file!.key)).toBe(false);
    expect(await isStored(other!.key)).toBe(true);
    expect(await desk.sql('SELECT 1 FROM files')).toHaveLength(1);
  });

  test('a thread shows its facts also when the log has let them go', async () => {
    const thread = async (): Promise<any[]> =>
      (await desk.call('administrator', 'GET', `/api/conversations/${ada.conversationId}/messages`)).body.facts;
    const event = `INSERT INTO event_log (position, id, type, conversation_id, payload, at) SELECT coalesce(max(position), 0) + 1, $1, $2, $3, '{"reason": "test"}', $4 FROM event_log`;
    const now = Date.now();
    for (const [place, type] of ['conversation.resolved', 'message.received', 'conversation.reopened', 'message.received'].entries())
      await desk.sql(event, [newId(new Date(now)), type, ada.conversationId, new Date(now - (4 - place) * HOUR_MS)]);
    await desk.sql(`INSERT INTO consumers (name, position) SELECT 'test', max(position) FROM event_log`);
    const before = await thread();
    expect(before.map((fact) => fact.type)).toEqual(['conversation.resolved', 'conversation.reopened']);
    expect(await tidy(new Date(now + 30 * DAY_MS - 90 * 60_000))).toMatchObject({ event_log: 3 });
    expect(await thread()).toEqual(before);
    expect(await desk.sql('SELECT type FROM event_log')).toEqual([{ type: 'message.received' }]);
  });

  test('one removal that fails keeps the others from nothing', async () => {
    await desk.sql(`INSERT INTO rate_counters VALUES ('old', $1, 1)`, [new Date(Date.now() - 2 * HOUR_MS)]);
    await desk.sql('ALTER TABLE portal_grants RENAME TO portal_grants_away');
    const removed = await tidy(new Date());
    await desk.sql('ALTER TABLE portal_grants_away RENAME TO portal_grants');
    expect(removed).toMatchObject({ portal_grants: 0, rate_counters: 1 });
  });
});
