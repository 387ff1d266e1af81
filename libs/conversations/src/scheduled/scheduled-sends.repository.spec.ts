import { Database, newId, Outbox, Wakeups, type Transaction } from '@claimline/database';
import { openTestDatabase, type TestDatabase } from '@claimline/database/testing';
import type { ScheduledSend } from './scheduled-send.entity';
import { ScheduledSends } from './scheduled-sends';
import { ScheduledStore } from './scheduled-sends.repository';

const NOW = new Date('2026-11-23T02:00:00Z');
const later = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);
let test: TestDatabase;
let database: Database;
let sends: ScheduledSends;
let conversationId: string;
let authorId: string;

beforeAll(async () => {
  test = await openTestDatabase();
  database = await Database.open({ url: test.url });
  sends = new ScheduledSends(new ScheduledStore(), new Outbox(new Wakeups(database, '')));
  const [brand, contact] = [newId(NOW), newId(NOW)];
  [conversationId, authorId] = [newId(NOW), await account()];
  await sql(`INSERT INTO brands VALUES ($1, 'demo', 'Demo', 'zh-CN', 'Asia/Shanghai', $2)`, [brand, NOW]);
  await sql(`INSERT INTO contacts (id, kind, name, created_at) VALUES ($1, 'person', 'Li Mei', $2)`, [contact, NOW]);
  await sql(
    `INSERT INTO conversations (id, contact_id, brand_id, channel, last_message_at, opened_at) VALUES ($1, $2, $3, 'twilio-sms', $4, $4)`,
    [conversationId, contact, brand, NOW],
  );
});
afterAll(async () => {
  await database.close();
  await test.close();
});

const sql = (text: string, values: unknown[]): Promise<object[]> => database.query({ name: '', text, values });
const inside = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => database.transaction(work);
async function account(): Promise<string> {
  const id = newId(NOW);
  await sql(`INSERT INTO accounts (id, email, name, password_hash, role, created_at) VALUES ($1, $2, 'x', '', 'adjuster', $3)`, [
    id,
    id,
    NOW,
  ]);
  return id;
}
async function put(minutes: number, text = 'We come at ten.'): Promise<ScheduledSend> {
  const wish = { conversationId, authorId, message: { text, template: 'visit' }, sendAt: later(minutes), seen: 3 };
  return ((await inside((tx) => sends.schedule(tx, wish, NOW))) as { scheduled: ScheduledSend }).scheduled;
}
const dueAt = async (minutes: number): Promise<string[]> => (await sends.due(database, later(minutes))).map(({ id }) => id);

describe('a reply that was put off', () => {
  it('is due at its time and not before, and only once', async () => {
    const send = await put(10);
    expect(await dueAt(9)).not.toContain(send.id);
    expect(await dueAt(10)).toContain(send.id);
    await inside(async (tx) => sends.hold(tx, (await sends.pending(tx, send.id))!, 'thread-moved', later(10)));
    expect(await dueAt(11)).not.toContain(send.id);
  });

  it('that is changed waits again, with the writer’s own words instead of the template', async () => {
    const send = await put(20);
    await inside(async (tx) => sends.hold(tx, (await sends.pending(tx, send.id))!, 'thread-moved', later(20)));
    const changed = await inside((tx) => sends.change(tx, send.id, { text: 'We come at noon.', sendAt: later(60), seen: 5 }, later(21)));
    expect(changed).toMatchObject({
      scheduled: { state: 'waiting', reason: null, seen: 5, sendAt: later(60), message: { text: 'We come at noon.' } },
    });
    expect((await sends.find(database, send.id))!.message.template).toBeUndefined();
    expect(await inside((tx) => sends.change(tx, send.id, { sendAt: later(1), seen: 5 }, later(21)))).toEqual({
      problem: 'lies-in-the-past',
    });
  });

  it('that was called off neither leaves nor comes back', async () => {
    const send = await put(30);
    expect(await inside((tx) => sends.cancel(tx, send.id, NOW))).toMatchObject({ state: 'canceled' });
    expect(await inside((tx) => sends.cancel(tx, send.id, NOW))).toBeUndefined();
    expect(await inside((tx) => sends.change(tx, send.id, { text: 'x', seen: 1 }, NOW))).toBeUndefined();
    expect(await dueAt(31)).not.toContain(send.id);
  });

  it('changes hands and keeps its author; everybody hears of each step', async () => {
    const send = await put(40);
    const other = await account();
    await inside((tx) => sends.own(tx, send.id, other, NOW));
    expect((await sends.ownedBy(database, other)).map(({ id }) => id)).toEqual([send.id]);
    expect(await sends.find(database, send.id)).toMatchObject({ authorId, ownerId: other });
    const told = await sql(`SELECT type, payload->>'ownerId' AS owner FROM outbox WHERE payload->>'scheduledId' = $1 ORDER BY id`, [
      send.id,
    ]);
    expect(told).toEqual([
      { type: 'scheduled.changed', owner: authorId },
      { type: 'scheduled.changed', owner: other },
    ]);
  });
});
