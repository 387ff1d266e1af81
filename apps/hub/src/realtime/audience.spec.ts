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

test('people who may see the same hear it as one; whoever is named in a wall of their own, by themselves', () => {
  const place = { id: newId(AT), restricted_to: null, brand_id: newId(AT), privileged_to: null as string[] | null };
  const event = { position: 11, id: newId(AT), type: 'message.received', conversationId: place.id, payload: {}, at: AT };
  const [one, other] = [
    { ...viewer, role: 'adjuster' },
    { ...viewer, role: 'adjuster', id: newId(AT) },
  ];
  const open = [{ event, place, claim: null }];
  const walled = [{ event, place: { ...place, privileged_to: [`account:${one.id}`] }, claim: null }];
  expect(audience.groupOf(one, open)).toBe(audience.groupOf(other, open));
  expect(audience.groupOf(one, open)).not.toBe(audience.groupOf({ ...other, groups: ['litigation'] }, open));
  expect(audience.groupOf(one, walled)).not.toBe(audience.groupOf(other, walled));
  expect([one, other].map((who) => audience.forViewer(who, walled).length)).toEqual([1, 0]);
});
