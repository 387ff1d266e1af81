import { newId, type Database, type Statement } from '@claimline/database';
import { tel } from '@claimline/messages';
import { openGround, rawDelivery, sms, AT, type Ground } from '../testing/ground';
import { Receiver } from './receiver';

let ground: Ground;
let receiver: Receiver;

beforeAll(async () => {
  ground = await openGround();
  receiver = new Receiver(ground.database, ground.seal, ground.wakeups);
});
afterAll(() => ground.close());

const count = async (sql: string, values: unknown[] = []): Promise<number> =>
  Number(
    (
      await ground.database.query<{ n: string }>({
        name: `count-${sql.length}-${sql.slice(0, 40)}`,
        text: `SELECT count(*) AS n FROM ${sql}`,
        values,
      })
    )[0]!.n,
  );

test('two messages of one stranger at once make one contact and one conversation', async () => {
  const from = tel('+15550102001');
  const [a, b] = await Promise.all([
    receiver.receive(ground.inbox, sms({ from, text: 'first' }), rawDelivery()),
    receiver.receive(ground.inbox, sms({ from, text: 'second' }), rawDelivery()),
  ]);
  expect(a.conversationId).toBe(b.conversationId);
  expect(await count(`addresses WHERE value = $1`, ['+15550102001'])).toBe(1);
  expect(await count(`messages WHERE conversation_id = $1`, [a.conversationId])).toBe(2);
});

test('two servers that receive from one stranger at once still make one contact and one conversation', async () => {
  const other = new Receiver(ground.database, ground.seal, ground.wakeups);
  const from = tel('+15550102002');
  const received = await Promise.all(
    Array.from({ length: 20 }, (_, i) => (i % 2 ? other : receiver).receive(ground.inbox, sms({ from }), rawDelivery())),
  );
  expect(new Set(received.map((one) => one.conversationId)).size).toBe(1);
  const seqs = await ground.database.query<{ seq: number }>({
    name: 'seqs',
    text: 'SELECT seq FROM messages WHERE conversation_id = $1 ORDER BY seq',
    values: [received[0]!.conversationId],
  });
  expect(seqs.map((row) => row.seq)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
});

test('a redelivery changes nothing, also when all three arrive together', async () => {
  const message = sms({ from: tel('+15550102003') });
  const received = await Promise.all([1, 2, 3].map(() => receiver.receive(ground.inbox, message, rawDelivery())));
  expect(received.filter((one) => !one.duplicate)).toHaveLength(1);
  expect(await count('messages WHERE from_value = $1', ['+15550102003'])).toBe(1);
  expect(await count(`outbox WHERE payload->>'messageId' = ANY($1)`, [received.map((one) => one.messageId)])).toBe(1);
});

test('provider time orders the thread, clamped to what is possible', async () => {
  const from = tel('+15550102004');
  const late = await receiver.receive(ground.inbox, sms({ from, text: 'b', occurredAt: new Date(AT.getTime() - 1000) }), rawDelivery());
  await receiver.receive(ground.inbox, sms({ from, text: 'a', occurredAt: new Date(AT.getTime() - 5000) }), rawDelivery());
  await receiver.receive(ground.inbox, sms({ from, text: 'c', occurredAt: new Date('2031-01-01') }), rawDelivery());
  const rows = await ground.database.query<{ text: string; occurred_at: Date }>({
    name: 'ordered',
    text: 'SELECT text, occurred_at FROM messages WHERE conversation_id = $1 ORDER BY occurred_at, id',
    values: [late.conversationId],
  });
  expect(rows.map((row) => row.text)).toEqual(['a', 'b', 'c']);
  expect(rows[2]!.occurred_at).toEqual(AT);
});

test('the preview is of the newest message, not of the last to arrive', async () => {
  const from = tel('+15550102005');
  const first = await receiver.receive(ground.inbox, sms({ from, text: 'newest' }), rawDelivery());
  await receiver.receive(ground.inbox, sms({ from, text: 'older', occurredAt: new Date(AT.getTime() - 60_000) }), rawDelivery());
  const [row] = await ground.database.query<{ preview: string; inbound_count: number }>({
    name: 'preview',
    text: 'SELECT preview, inbound_count FROM conversations WHERE id = $1',
    values: [first.conversationId],
  });
  expect(row).toEqual({ preview: 'newest', inbound_count: 2 });
});

test('a message after the conversation was resolved opens a new one', async () => {
  const from = tel('+15550102006');
  const first = await receiver.receive(ground.inbox, sms({ from }), rawDelivery());
  await ground.database.query({
    name: 'resolve',
    text: `UPDATE conversations SET status = 'resolved', resolved_at = $2 WHERE id = $1`,
    values: [first.conversationId, AT],
  });
  const second = await receiver.receive(ground.inbox, sms({ from }), rawDelivery());
  expect(second.conversationId).not.toBe(first.conversationId);
});

test('a thousand strangers at once: every message is there once, each with its event', async () => {
  const received = await Promise.all(
    Array.from({ length: 1000 }, (_, i) =>
      receiver.receive(ground.inbox, sms({ from: tel(`+1666${String(i).padStart(7, '0')}`) }), rawDelivery()),
    ),
  );
  expect(new Set(received.map((one) => one.conversationId)).size).toBe(1000);
  expect(
    await count(`outbox WHERE type = 'message.received' AND payload->>'messageId' = ANY($1)`, [received.map((one) => one.messageId)]),
  ).toBe(1000);
});

test('while the database reads its disk, small statements go beside each other: one that waits holds up few', async () => {
  const sizes: number[] = [];
  const slow = Object.assign(Object.create(ground.database) as Database, {
    query: async (statement: Statement) => {
      const messages = (statement.values[0] as unknown[]).length;
      sizes.push(messages);
      await new Promise((resolve) => setTimeout(resolve, 20 * messages));
      return ground.database.query(statement);
    },
  });
  const reading = new Receiver(slow, ground.seal, ground.wakeups);
  const burst = (line: string): Promise<unknown> =>
    Promise.all(
      Array.from({ length: 64 }, (_, i) =>
        reading.receive(ground.inbox, sms({ from: tel(`+155501${line}${String(i).padStart(2, '0')}`) }), rawDelivery()),
      ),
    );
  await burst('090');
  await new Promise((resolve) => setImmediate(resolve));
  sizes.length = 0;
  await burst('091');
  // The first six go at once, alone; of what has come meanwhile each takes a part.
  expect(sizes.slice(0, 7)).toEqual([...Array<number>(6).fill(1), 10]);
  expect(Math.max(...sizes)).toBe(10);
  expect(await count(`messages WHERE from_value LIKE $1`, ['+155501091%'])).toBe(64);
});

test('a NUL in the words is no reason to lose them', async () => {
  const received = await receiver.receive(ground.inbox, sms({ from: tel('+15550102007'), text: 'a\u0000b' }), rawDelivery());
  expect(received.duplicate).toBe(false);
});

test('what a batch cannot take stands alone: the others of the batch are stored', async () => {
  const phones = Array.from({ length: 12 }, (_, i) => `+15550108${String(100 + i)}`);
  const results = await Promise.allSettled(
    phones.map((phone, i) =>
      receiver.receive(ground.inbox, sms({ from: tel(phone), ...(i === 5 && { language: 'x\u0000y' }) }), rawDelivery()),
    ),
  );
  expect(results.map((result) => result.status)).toEqual(phones.map((_, i) => (i === 5 ? 'rejected' : 'fulfilled')));
});

test('an organisation is never guessed into a claim: its words stand apart, to be filed', async () => {
  const from = tel('+15550108001');
  const first = await receiver.receive(ground.inbox, sms({ from, text: 'about patient one' }), rawDelivery());
  const claimId = newId(AT);
  const run = (text: string, values: unknown[]): Promise<unknown> => ground.database.query({ name: text.slice(0, 50), text, values });
  await run(`UPDATE contacts SET kind = 'organisation' WHERE id = (SELECT contact_id FROM conversations WHERE id = $1)`, [
    first.conversationId,
  ]);
  await run(
    `INSERT INTO claims (id, number, brand_id, line_of_business, jurisdiction, stage, version, created_at, updated_at) VALUES ($1, 'CLM-2026-000777', $2, 'health', 'CN', 'reported', 1, $3, $3)`,
    [claimId, ground.inbox.brandId, AT],
  );
  await run(`UPDATE conversations SET claim_id = $2, claim_number = 'CLM-2026-000777' WHERE id = $1`, [first.conversationId, claimId]);
  const second = await receiver.receive(ground.inbox, sms({ from, text: 'another patient entirely' }), rawDelivery());
  expect(second.conversationId).not.toBe(first.conversationId);
  const [row] = await ground.database.query<{ to_file: boolean; claim_id: string | null }>({
    name: 'organisation-thread',
    text: 'SELECT to_file, claim_id FROM conversations WHERE id = $1',
    values: [second.conversationId],
  });
  expect(row).toEqual({ to_file: true, claim_id: null });
});
