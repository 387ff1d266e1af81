import { Database, newId } from '@claimline/database';
import { openTestDatabase, type TestDatabase } from '@claimline/database/testing';
import { Audience } from './audience';

const AT = new Date('2026-11-23T08:00:00Z');
const viewer = { id: newId(AT), brandIds: [], groups: [] };

let opened: TestDatabase;
let database: Database;
let audience: Audience;

beforeAll(async () => {
  opened = await openTestDatabase();
  database = await Database.open({ url: opened.url });
  audience = new Audience(database);
  const rows = Array.from({ length: 10 }, (_, i) => i + 1);
  await database.query({
    name: '',
    text: `INSERT INTO event_log (position, id, type, conversation_id, payload, at) SELECT p, gen_random_uuid(), 'surge.changed', NULL, '{}', $2 FROM unnest($1::bigint[]) AS p`,
    values: [rows, AT],
  });
});
afterAll(async () => {
  await database.close();
  await opened.close();
});

test('who was away for a while hears what came meanwhile', async () => {
  const missed = await audience.missed(viewer, 4);
  expect(missed?.events.map(({ position }) => position)).toEqual([5, 6, 7, 8, 9, 10]);
  expect(missed?.upTo).toBe(10);
  expect(await audience.missed(viewer, 10)).toEqual({ events: [], upTo: 10 });
});

test('who was away for so long that retention has taken a part reads everything anew', async () => {
  await database.query({ name: '', text: 'DELETE FROM event_log WHERE position IN (5, 6)', values: [] });
  expect(await audience.missed(viewer, 4)).toBeUndefined();
  expect((await audience.missed(viewer, 6))?.events).toHaveLength(4);
});
