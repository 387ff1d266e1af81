import { Database, newId, Seal, Wakeups, type Statement } from '@claimline/database';
import { openTestDatabase, readPlan, type TestDatabase } from '@claimline/database/testing';
import { tel } from '@claimline/messages';
import { Contacts } from '../contact/contacts.repository';
import { Conversations } from '../conversation/conversations.repository';
import { loadDataSet } from '../testing';
import { rawDelivery, sms } from '../testing/ground';
import { Receiver } from './receiver';

const AT = new Date('2026-11-22T08:00:00Z');
const SIZES = { contacts: 2000, conversations: 30_000, messages: 90_000, at: AT };
const KNOWN = 20;
const STRANGERS = 12;

let place: TestDatabase;
let database: Database;

beforeAll(async () => {
  place = await openTestDatabase();
  await loadDataSet(place.url, SIZES);
  database = await Database.open({ url: place.url });
});
afterAll(async () => {
  await database.close();
  await place.close();
});

/** The statement that would store these messages, unsent. */
async function batchOf(senders: readonly string[]): Promise<Statement> {
  const asked: Statement[] = [];
  const wakeups = new Wakeups(database, place.url);
  const [inbox] = await database.query<{ id: string; brand_id: string }>({
    name: 'spec-inbox',
    text: `SELECT id, brand_id FROM inboxes WHERE kind = 'twilio-sms'`,
    values: [],
  });
  const spy = jest.spyOn(database, 'query').mockImplementation(async (statement: Statement) => (asked.push(statement), []));
  const receiver = new Receiver(database, new Seal(['a-secret-that-is-only-for-tests-0123456789']), wakeups);
  const line = { id: inbox!.id, kind: 'twilio-sms', brandId: inbox!.brand_id, teamId: null };
  await Promise.all(
    senders.map((from) => receiver.receive(line, sms({ key: `SM${newId(AT)}`, from: tel(from) }), rawDelivery({ receivedAt: AT }))),
  );
  spy.mockRestore();
  await wakeups.close();
  return asked.at(-1)!;
}

test('a batch of messages touches the rows of its senders, however many others there are', async () => {
  const rows = await database.query<{ value: string }>({
    name: 'spec-senders',
    text: `SELECT value FROM addresses WHERE scheme = 'tel' ORDER BY value LIMIT ${KNOWN}`,
    values: [],
  });
  const strangers = Array.from({ length: STRANGERS }, (_, n) => `+1555999${String(n).padStart(4, '0')}`);
  // The first of a batch goes alone; the rest gather behind it.
  const plan = await readPlan(database, await batchOf([...rows.map(({ value }) => value), ...strangers]));
  expect(plan.readWhole).toEqual([]);
  expect(plan.rowsRead).toBeLessThanOrEqual(40 * (KNOWN + STRANGERS));
  expect(plan.indexes).toEqual(expect.arrayContaining(['contacts_pkey']));
});

test('where a message belongs is found by its sender: their address, and what of theirs is open', async () => {
  const [sender] = await database.query<{ value: string; contact_id: string }>({
    name: 'spec-sender',
    text: `SELECT value, contact_id FROM addresses WHERE scheme = 'tel' LIMIT 1`,
    values: [],
  });
  const asked: Statement[] = [];
  await database.transaction(async (tx) => {
    const query = tx.query.bind(tx);
    jest.spyOn(tx, 'query').mockImplementation((statement: Statement) => (asked.push(statement), query(statement)) as Promise<never[]>);
    await new Contacts().senderOf(tx, tel(sender!.value), AT);
    await new Conversations().openOf(tx, sender!.contact_id);
    await new Conversations().latestOf(tx, sender!.contact_id);
  });
  expect(asked).toHaveLength(3);
  for (const statement of asked) {
    const plan = await readPlan(database, statement);
    expect({ name: plan.name, readWhole: plan.readWhole, isBounded: plan.rowsRead <= 50 }).toEqual({
      name: plan.name,
      readWhole: [],
      isBounded: true,
    });
  }
});
