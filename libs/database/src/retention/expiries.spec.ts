import { Database } from '../database';
import { newId } from '../ids';
import { Jobs } from '../jobs';
import { openTestDatabase, type TestDatabase } from '../testing';
import { EXPIRIES, removeExpired, removeSecrets, type Expiry } from './expiries';
import { inRounds } from './rounds';

const NOW = new Date('2026-11-22T08:00:00Z');
const ago = (hours: number): Date => new Date(NOW.getTime() - hours * 3_600_000);
const id = newId(NOW);

let place: TestDatabase;
let database: Database;
beforeAll(async () => {
  place = await openTestDatabase();
  database = await Database.open({ url: place.url });
}, 60_000);
afterAll(async () => {
  await database?.close();
  await place?.close();
});

/** In a transaction that does not ask whom a row points at: only its own times are of account here. */
const alone = async (text: string, values: readonly unknown[] = []): Promise<void> =>
  database.transaction(async (tx) => {
    await tx.query({ name: '', text: 'SET LOCAL session_replication_role = replica', values: [] });
    await tx.query({ name: '', text, values });
  });
const count = async (table: string): Promise<number> =>
  (await database.query<{ n: number }>({ name: '', text: `SELECT count(*)::int AS n FROM ${table}`, values: [] }))[0]!.n;
const named = (table: string): Expiry => EXPIRIES.find((expiry) => expiry.table === table)!;

/** A row of each table whose time `$1` is over; `lives` makes one that has no end of its own. */
const ROWS: Readonly<Record<string, { readonly insert: string; readonly lives?: string }>> = {
  sessions: { insert: `INSERT INTO sessions VALUES (gen_random_uuid()::text::bytea, '${id}', $1, $1, $1)` },
  portal_grants: { insert: `INSERT INTO portal_grants VALUES (gen_random_uuid()::text::bytea, '${id}', '${id}', 'portal', NULL, $1, $1)` },
  idempotency_keys: {
    insert: `INSERT INTO idempotency_keys (principal, route, key, body_hash, at) VALUES ('p', 'r', gen_random_uuid(), '', $1)`,
  },
  rate_counters: { insert: `INSERT INTO rate_counters VALUES (gen_random_uuid(), $1, 1)` },
  step_up_codes: {
    insert: `INSERT INTO step_up_codes (id, contact_id, address_id, purpose, mac, created_at, expires_at) VALUES (gen_random_uuid(), '${id}', '${id}', '', '', $1, $1)`,
  },
  secure_links: {
    insert: `INSERT INTO secure_links (id, token_hash, purpose, contact_id, single_use, created_at, expires_at) VALUES (gen_random_uuid(), gen_random_uuid()::text::bytea, 'payee', '${id}', true, $1, $1)`,
    lives: `WITH link AS (INSERT INTO secure_links (id, token_hash, purpose, contact_id, single_use, created_at, expires_at) VALUES (gen_random_uuid(), gen_random_uuid()::text::bytea, 'payee', '${id}', true, $1, $1) RETURNING id)
            INSERT INTO payee_choices (id, claim_number, contact_id, link_id, method, chosen_at) SELECT id, '', '${id}', id, 'cheque', $1 FROM link`,
  },
  visitors: {
    insert: `INSERT INTO visitors (id, inbox_id, token_hash, created_at, seen_at) VALUES (gen_random_uuid(), '${id}', gen_random_uuid()::text::bytea, $1, $1)`,
    lives: `WITH visitor AS (INSERT INTO visitors (id, inbox_id, token_hash, created_at, seen_at) VALUES ('writes', '${id}', 'x', $1, $1) RETURNING id)
            INSERT INTO visitor_messages SELECT id, 1, '${id}' FROM visitor`,
  },
  inbound_keys: {
    insert: `INSERT INTO inbound_keys VALUES ('${id}', 'delivery', gen_random_uuid(), '${id}', NULL, $1)`,
    lives: `INSERT INTO inbound_keys VALUES ('${id}', 'message', 'x', '${id}', '${id}', $1)`,
  },
  needs_look: {
    insert: `INSERT INTO needs_look (id, reason, detail, key, state, received_at, settled_at) VALUES (gen_random_uuid(), '', '', gen_random_uuid(), 'dismissed', $1, $1)`,
    lives: `INSERT INTO needs_look (id, reason, detail, key, received_at) VALUES (gen_random_uuid(), '', '', gen_random_uuid(), $1)`,
  },
};

test('every table that expires is proved here', () => {
  expect(EXPIRIES.map(({ table }) => table).sort()).toEqual(Object.keys(ROWS).sort());
});

describe.each(EXPIRIES)('$table', (expiry) => {
  const { insert, lives } = ROWS[expiry.table]!;

  test('goes by its time, so many at once, and what has no end stays', async () => {
    for (const hours of [3, 2, 1]) await alone(insert, [ago(hours)]);
    if (lives) await alone(lives, [ago(3)]);
    const stays = 1 + (lives ? 1 : 0);
    expect(await removeExpired(database, expiry, ago(1), 1)).toBe(1);
    expect(await count(expiry.table)).toBe(stays + 1);
    expect(await removeExpired(database, expiry, ago(1), 10)).toBe(1);
    expect(await removeExpired(database, expiry, ago(1), 10)).toBe(0);
    expect(await count(expiry.table)).toBe(stays);
  });

  test('is found by an index, so that a round reads what it removes and nothing else', async () => {
    const plan = await database.transaction(async (tx) => {
      // A table of three rows is always read as a whole; here it is asked whether it had to be.
      await tx.query({ name: '', text: 'SET LOCAL enable_seqscan = off', values: [] });
      await tx.query({ name: '', text: 'SET LOCAL enable_sort = off', values: [] });
      const only = expiry.only ? `AND ${expiry.only}` : '';
      const text = `EXPLAIN SELECT x.ctid FROM ${expiry.table} x WHERE x.${expiry.column} < now() ${only} ORDER BY x.${expiry.column} LIMIT 5000`;
      return (await tx.query<{ 'QUERY PLAN': string }>({ name: '', text, values: [] })).map((row) => row['QUERY PLAN']).join('\n');
    });
    expect(plan).toMatch(new RegExp(`Index .*on ${expiry.table} x[^]*Index Cond: .*${expiry.column}`));
    expect(plan).not.toMatch(/Sort Key|Disabled: true/);
  });
});

test('a visitor who has written stays, also before their message has its place in the thread', async () => {
  await database.query({ name: '', text: 'TRUNCATE visitors CASCADE', values: [] });
  await alone(`INSERT INTO visitors (id, inbox_id, token_hash, created_at, seen_at) VALUES ('has-written', '${id}', 'y', $1, $1)`, [
    ago(3),
  ]);
  await alone(
    `INSERT INTO addresses (id, scheme, scope, value, contact_id, created_at) VALUES ('${id}', 'visitor', '', 'has-written', '${id}', $1)`,
    [ago(3)],
  );
  expect(await removeExpired(database, named('visitors'), ago(1), 10)).toBe(0);
  await database.query({ name: '', text: 'TRUNCATE addresses CASCADE', values: [] });
  expect(await removeExpired(database, named('visitors'), ago(1), 10)).toBe(1);
});

test('a row that somebody holds is left for the next time, and nobody is waited for', async () => {
  await database.query({ name: '', text: 'TRUNCATE sessions', values: [] });
  for (const hours of [3, 2]) await alone(ROWS.sessions!.insert, [ago(hours)]);
  await database.transaction(async (tx) => {
    await tx.query({ name: '', text: 'SELECT 1 FROM sessions ORDER BY expires_at LIMIT 1 FOR UPDATE', values: [] });
    expect(await removeExpired(database, named('sessions'), ago(1), 10)).toBe(1);
  });
  expect(await removeExpired(database, named('sessions'), ago(1), 10)).toBe(1);
});

describe('sealed words', () => {
  /** A message with sealed words, and how far it came. */
  async function sealed(kind: 'masked' | 'secret', state: string, at: Date): Promise<string> {
    const message = newId(at);
    await alone(
      `INSERT INTO messages (id, conversation_id, seq, direction, kind, text, occurred_at, received_at) VALUES ($1, $1, 1, 'outbound', 'text', '••••••', $2, $2)`,
      [message, at],
    );
    await alone(
      `INSERT INTO deliveries (id, message_id, conversation_id, inbox_id, channel, to_value, purpose, priority, state, due_at, created_at, changed_at)
       VALUES ($1, $1, $1, $1, 'twilio-sms', '', 'automatic', 20, $2, $3, $3, $3)`,
      [message, state, at],
    );
    await alone(`INSERT INTO sealed_words VALUES ($1, $2, 'k', '')`, [message, kind]);
    return message;
  }
  const kept = async (): Promise<string[]> =>
    (await database.query<{ id: string }>({ name: '', text: 'SELECT message_id AS id FROM sealed_words', values: [] }))
      .map((row) => row.id)
      .sort();

  test('a code that was sent goes first; one that waits or has failed stays for longer; what was masked stays for ever', async () => {
    const [sent, held, failed] = await Promise.all(['sent', 'held', 'undeliverable'].map((state) => sealed('secret', state, ago(2))));
    const masked = await sealed('masked', 'sent', ago(2));
    expect(await removeSecrets(database, { sent: ago(3), failed: ago(9) }, 10)).toBe(0);
    expect(await removeSecrets(database, { sent: ago(1), failed: ago(9) }, 10)).toBe(1);
    expect(await kept()).toEqual([held, failed, masked].sort());
    expect(await removeSecrets(database, { sent: ago(0), failed: ago(1) }, 10)).toBe(2);
    expect(await kept()).toEqual([masked]);
    expect(sent).not.toBe(masked);
  });
});

test('a job that was given up stays for a while; one that waits stays', async () => {
  const jobs = new Jobs();
  await jobs.add(database, 'media', {}, { attempts: 1 });
  await jobs.add(database, 'waits', {});
  await database.query({
    name: '',
    text: `UPDATE graphile_worker._private_jobs SET attempts = 1, run_at = $1 WHERE max_attempts = 1`,
    values: [ago(2)],
  });
  expect(await jobs.removeGivenUp(database, ago(3), 10)).toBe(0);
  expect(await jobs.removeGivenUp(database, ago(1), 10)).toBe(1);
  expect(await count('graphile_worker.jobs')).toBe(1);
});

test('rounds go on until one is not full, and stop when they are told to', async () => {
  const rounds = [5000, 5000, 7, 5000];
  expect(await inRounds(() => Promise.resolve(rounds.shift()!))).toBe(10_007);
  expect(await inRounds(() => Promise.resolve(5000), AbortSignal.abort())).toBe(5000);
});
