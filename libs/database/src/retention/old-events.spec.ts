import { Database } from '../database';
import { newId } from '../ids';
import { openTestDatabase, type TestDatabase } from '../testing';
import { removeOldEvents } from './old-events';

const BEFORE = new Date('2026-11-22T08:00:00Z');
const OLD = new Date('2026-10-01T08:00:00Z');
const CONVERSATION = newId(OLD);

let place: TestDatabase;
let database: Database;
beforeEach(async () => {
  place = await openTestDatabase();
  database = await Database.open({ url: place.url });
});
afterEach(async () => {
  await database?.close();
  await place?.close();
});

const sql = <Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> =>
  database.query<Row>({ name: '', text, values });
/** Events from `first` to `last`, the same in everything but their position. */
const log = (first: number, last: number, of: { type?: string; at?: Date; conversation?: string | null } = {}): Promise<unknown> =>
  sql(
    `INSERT INTO event_log (position, id, type, conversation_id, payload, at) SELECT n, gen_random_uuid(), $3, $4, '{"actorId": null}', $5 FROM generate_series($1::int, $2::int) n`,
    [first, last, of.type ?? 'message.received', of.conversation === undefined ? CONVERSATION : of.conversation, of.at ?? OLD],
  );
const readUpTo = (name: string, position: number): Promise<unknown> =>
  sql('INSERT INTO consumers (name, position) VALUES ($1, $2)', [name, position]);
const positions = async (table = 'event_log'): Promise<number[]> =>
  (await sql<{ position: string }>(`SELECT position FROM ${table} ORDER BY position`)).map(({ position }) => Number(position));
const tidy = (): Promise<number> => removeOldEvents(database, { before: BEFORE, facts: ['claim.changed', 'task.closed'] });

test('what is old and read goes; facts of a conversation are kept apart, with their position', async () => {
  await log(1, 3);
  await log(4, 4, { type: 'claim.changed' });
  await log(5, 5, { type: 'claim.changed', conversation: null });
  await log(6, 6, { type: 'task.closed' });
  await log(7, 8, { at: BEFORE });
  await readUpTo('words', 8);
  expect(await tidy()).toBe(6);
  expect(await positions()).toEqual([7, 8]);
  const facts = await sql(`SELECT position::int, type, conversation_id, payload, at FROM conversation_facts ORDER BY position`);
  const fact = { conversation_id: CONVERSATION, payload: { actorId: null }, at: OLD };
  expect(facts).toEqual([
    { position: 4, type: 'claim.changed', ...fact },
    { position: 6, type: 'task.closed', ...fact },
  ]);
});

test('what a consumer has not read, what it has set aside, and the last one stay', async () => {
  await log(1, 10);
  await readUpTo('words', 10);
  await readUpTo('notices', 6);
  await sql(`INSERT INTO parked_events (consumer, position, error, retry_at, parked_at) VALUES ('notices', 3, '', $1, $1)`, [OLD]);
  expect(await tidy()).toBe(5);
  expect(await positions()).toEqual([3, 7, 8, 9, 10]);
  await sql('UPDATE consumers SET position = 10');
  await sql('DELETE FROM parked_events');
  expect(await tidy()).toBe(4);
  expect(await positions()).toEqual([10]);
});

test('while nobody has read anything, nothing goes', async () => {
  await log(1, 5);
  expect(await tidy()).toBe(0);
  expect(await positions()).toEqual([1, 2, 3, 4, 5]);
});

test('a backlog goes in rounds, and not one event twice into the facts', async () => {
  await log(1, 12_000, { type: 'task.closed' });
  await log(12_001, 12_001);
  await readUpTo('words', 12_001);
  expect(await tidy()).toBe(12_000);
  expect(await positions()).toEqual([12_001]);
  expect((await positions('conversation_facts')).length).toBe(12_000);
});
