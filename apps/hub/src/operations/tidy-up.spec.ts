import { PortalGrants, Threads } from '@claimline/conversations';
import { Database, newId, Seal } from '@claimline/database';
import { openTestDatabase, type TestDatabase } from '@claimline/database/testing';
import { Sessions } from '@claimline/people';
import { RateLimits } from '../http/rate-limits';
import { TidyUp } from './tidy-up';

const AT = new Date('2026-11-22T08:00:00Z');
const after = (hours: number): Date => new Date(AT.getTime() + hours * 3_600_000);

let place: TestDatabase;
let database: Database;
const threads = new Threads(new Seal(['a-secret-that-is-only-for-tests-0123456789']));

beforeAll(async () => {
  place = await openTestDatabase();
  database = await Database.open({ url: place.url });
}, 60_000);
afterAll(async () => {
  await database?.close();
  await place?.close();
});

const tidy = (now: Date): Promise<number> =>
  new TidyUp(database, new Sessions(false), new RateLimits(database, { now: () => now }), new PortalGrants()).sweep(now);

/** A message with sealed words, and how far it came. */
function sealed(kind: 'masked' | 'secret', state: string): Promise<string> {
  const id = newId(AT);
  return database.transaction(async (tx) => {
    // Who wrote to whom is of no account here.
    await tx.query({ name: 'test-alone', text: 'SET LOCAL session_replication_role = replica', values: [] });
    await tx.query({
      name: 'test-message',
      text: `INSERT INTO messages (id, conversation_id, seq, direction, kind, text, occurred_at, received_at) VALUES ($1, $1, 1, 'outbound', 'text', '••••••', $2, $2)`,
      values: [id, AT],
    });
    await tx.query({
      name: 'test-delivery',
      text: `INSERT INTO deliveries (id, message_id, conversation_id, inbox_id, channel, to_value, purpose, priority, state, due_at, created_at, changed_at)
             VALUES ($1, $1, $1, $1, 'twilio-sms', '', 'automatic', 20, $2, $3, $3, $3)`,
      values: [id, state, AT],
    });
    await threads.sealWords(tx, id, kind, 'Your code is 123456');
    return id;
  });
}

test('a code that was sent is forgotten after a day; one that waits or may be sent again is kept for a month; what was masked stays', async () => {
  const [sent, held, failed] = await Promise.all(['sent', 'held', 'undeliverable'].map((state) => sealed('secret', state)));
  const masked = await sealed('masked', 'sent');
  const kept = async (): Promise<(string | undefined)[]> => {
    const rows = await database.query<{ id: string }>({ name: 'test-kept', text: 'SELECT message_id AS id FROM sealed_words', values: [] });
    return rows.map(({ id }) => id).sort();
  };
  await tidy(after(23));
  expect(await kept()).toEqual([sent, held, failed, masked].sort());
  await tidy(after(25));
  expect(await kept()).toEqual([held, failed, masked].sort());
  await tidy(after(31 * 24));
  expect(await kept()).toEqual([masked]);
});

test('a customer’s grant is forgotten when it is over', async () => {
  const grants = new PortalGrants();
  await database.transaction(async (tx) => {
    await tx.query({ name: 'test-alone', text: 'SET LOCAL session_replication_role = replica', values: [] });
    await grants.give(tx, { contactId: newId(AT), addressId: newId(AT), purpose: 'portal', linkId: null }, AT);
  });
  expect(await tidy(after(0.2))).toBe(0);
  expect(await tidy(after(1))).toBe(1);
});
