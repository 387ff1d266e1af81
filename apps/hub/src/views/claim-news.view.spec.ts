import { ClaimEventRepository, DocumentStore, RESTRICTING_FLAGS } from '@claimline/claims';
import { ToldPeople } from '@claimline/conversations';
import { Database, newId, type Queries, type Statement } from '@claimline/database';
import { openTestDatabase, readPlan, type TestDatabase } from '@claimline/database/testing';
import { ClockStore } from '@claimline/quality';
import { ClaimNewsView } from './claim-news.view';
import { NoticeSituationView } from './notice-situation.view';

const AT = new Date('2026-11-22T08:00:00Z');
const news = new ClaimNewsView();
const [brandId, claimId, partyId, counselId, contactId] = Array.from({ length: 5 }, () => newId(AT));
let test_: TestDatabase;
let database: Database;
const run = <Row extends object = any>(text: string, values: unknown[] = []) => database.query<Row>({ name: '', text, values });
const known = async () => (await news.of(database, 'CLM-1'))!;

beforeAll(async () => {
  test_ = await openTestDatabase();
  database = await Database.open({ url: test_.url });
  await run(
    `INSERT INTO brands (id, key, name, default_language, time_zone, created_at) VALUES ($1, 'demo', 'Demo', 'en', 'Asia/Shanghai', $2)`,
    [brandId, AT],
  );
  await run(
    `INSERT INTO claims (id, number, brand_id, line_of_business, jurisdiction, stage, version, created_at, updated_at) VALUES ($1, 'CLM-1', $2, 'motor', 'CN', 'reported', 1, $3, $3)`,
    [claimId, brandId, AT],
  );
  await run(`INSERT INTO contacts (id, kind, name, created_at) VALUES ($1, 'person', 'Li', $2)`, [contactId, AT]);
  for (const [id, role] of [
    [partyId, 'policyholder'],
    [counselId, 'attorney'],
  ])
    await run('INSERT INTO claim_parties (id, claim_id, external_id, role, name, contact_id) VALUES ($1, $2, $3, $3, $3, $4)', [
      id,
      claimId,
      role,
      contactId,
    ]);
});
afterAll(async () => {
  await database.close();
  await test_.close();
});

test('a claim that nobody has talked about calls for nothing', async () => {
  expect(await news.of(database, 'CLM-2')).toBeUndefined();
  expect(await known()).toMatchObject({
    id: claimId,
    brand: { id: brandId, timeZone: 'Asia/Shanghai' },
    contactId,
    restrictedTo: null,
    isWalledOtherwise: false,
    isRepresentedOtherwise: false,
    isPromised: false,
    isClocked: false,
    jurisdiction: 'CN',
    line: 'motor',
    conversationIds: [],
  });
});

test.each(RESTRICTING_FLAGS.map((flag) => [flag]))('a claim flagged %s is walled, and so is what is said of it', async (flag) => {
  const [{ id }] = await run(
    `INSERT INTO conversations (id, contact_id, claim_id, claim_number, brand_id, channel, last_message_at, opened_at) VALUES (gen_random_uuid(), $1, $2, 'CLM-1', $3, 'email', $4, $4) RETURNING id`,
    [contactId, claimId, brandId, AT],
  );
  expect(await known()).toMatchObject({ isWalledOtherwise: false, conversationIds: [id] });
  await run(`UPDATE claims SET flags = ARRAY['vip', $1, 'restricted', 'employee', 'litigation'] WHERE id = $2`, [flag, claimId]);
  expect(await known()).toMatchObject({ restrictedTo: flag, isWalledOtherwise: true });
  await run('UPDATE conversations SET restricted_to = $1 WHERE id = $2', [flag, id]);
  expect(await known()).toMatchObject({ isWalledOtherwise: false });
  await run(`UPDATE claims SET flags = '{}' WHERE id = $1`, [claimId]);
  expect(await known()).toMatchObject({ restrictedTo: null, isWalledOtherwise: true });
  await run(`UPDATE conversations SET status = 'resolved' WHERE id = $1`, [id]);
  expect(await known()).toMatchObject({ conversationIds: [], isWalledOtherwise: true });
  await run('DELETE FROM conversations');
});

test('a promise that stands and a clock of its acknowledgement, over or not, are known', async () => {
  await run(
    `INSERT INTO promises (id, step, source, claim_id, due_at, created_at) VALUES (gen_random_uuid(), 'assessment', 'claim-core', $1, $2, $2), (gen_random_uuid(), 'call', 'person', $1, $2, $2)`,
    [claimId, AT],
  );
  expect(await known()).toMatchObject({ isPromised: true });
  await run(`UPDATE promises SET settled_at = $1 WHERE source = 'claim-core'`, [AT]);
  expect(await known()).toMatchObject({ isPromised: false });
  await run(
    `INSERT INTO clocks (id, policy, policy_terms, claim_id, started_at, deadline, state, ended_at) VALUES (gen_random_uuid(), 'ack.us', '{}', $1, $2, $2, 'met', $2)`,
    [claimId, AT],
  );
  expect(await known()).toMatchObject({ isClocked: true });
});

test('no look at a claim reads a table from end to end', async () => {
  await database.transaction(async (tx) => {
    const fill = (text: string): Promise<unknown> => tx.query({ name: '', text, values: [] });
    // Whom the rows point at is of no account to a plan.
    await fill('SET LOCAL session_replication_role = replica');
    const many = 'FROM generate_series(1, 20000) n';
    await fill(`INSERT INTO claims (id, number, brand_id, line_of_business, jurisdiction, stage, version, created_at, updated_at)
                SELECT md5('claim ' || n)::uuid, 'N-' || n, md5('brand')::uuid, 'motor', 'CN', 'closed', 1, now(), now() ${many}`);
    await fill(`INSERT INTO clocks (id, policy, policy_terms, conversation_id, claim_id, started_at, deadline, state, ended_at)
                SELECT md5('clock ' || n)::uuid, 'ack.us', '{}', CASE WHEN n % 2 = 0 THEN md5('conversation ' || n)::uuid END, md5('claim ' || n)::uuid, now(), now(), 'met', now() ${many}`);
    await fill(`INSERT INTO conversations (id, contact_id, claim_id, brand_id, channel, status, last_message_at, opened_at)
                SELECT md5('conversation ' || n)::uuid, md5('contact ' || n)::uuid, md5('claim ' || n)::uuid, md5('brand')::uuid, 'twilio-sms', 'resolved', now(), now() ${many}`);
    await fill(
      `INSERT INTO promises (id, step, source, claim_id, due_at, created_at) SELECT md5('promise ' || n)::uuid, 'call', 'claim-core', md5('claim ' || n)::uuid, now(), now() ${many}`,
    );
    await fill(`INSERT INTO claim_parties (id, claim_id, external_id, role, name, contact_id)
                SELECT md5('party ' || n)::uuid, md5('claim ' || n)::uuid, 'p', 'policyholder', 'Li', md5('contact ' || n)::uuid ${many}`);
    await fill(`INSERT INTO contacts (id, kind, name, created_at) SELECT md5('contact ' || n)::uuid, 'person', 'Li', now() ${many}`);
    await fill(
      `INSERT INTO addresses (id, scheme, scope, value, contact_id, created_at) SELECT md5('address ' || n)::uuid, 'tel', '', n, md5('contact ' || n)::uuid, now() ${many}`,
    );
    await fill(
      `INSERT INTO contact_addresses (contact_id, address_id, level, since) SELECT md5('contact ' || n)::uuid, md5('address ' || n)::uuid, 'claimed', now() ${many}`,
    );
    await fill(
      `INSERT INTO representations (id, claim_id, party_id, counsel_id, source, since) SELECT md5('r ' || n)::uuid, md5('claim ' || n)::uuid, md5('party ' || n)::uuid, md5('party ' || n)::uuid, 'person', now() ${many}`,
    );
    await fill(
      `INSERT INTO exposures (id, claim_id, external_id, kind, stage) SELECT md5('e ' || n)::uuid, md5('claim ' || n)::uuid, 'e', 'collision', 'closed' ${many}`,
    );
    await fill(
      `INSERT INTO document_items (id, claim_id, code, place, created_at) SELECT md5('item ' || n)::uuid, md5('claim ' || n)::uuid, 'id', 1, now() ${many}`,
    );
    await fill(`INSERT INTO claim_events (id, source, event_id, claim_number, version, type, outcome, key_id, sealed, occurred_at, received_at)
                SELECT md5('event ' || n)::uuid, '/core', n, 'N-' || n, 1, 't', 'applied', 'k', '', now(), now() ${many}`);
  });
  await run('ANALYZE');
  const heard: Statement[] = [];
  const change = {
    claimEventId: claimId!,
    stage: 'closed',
    subStatus: null,
    stageChanged: true,
    handlerReplaced: false,
    exposureId: null,
    occurredAt: AT,
  };
  await database.transaction(async (tx) => {
    const overheard: Queries = { query: (statement) => (heard.push(statement), tx.query(statement)) };
    await news.of(overheard, 'N-1');
    await new NoticeSituationView().of(overheard, 'N-1', change);
    await new ClockStore().of(overheard, { conversationId: claimId!, claimId: claimId! });
    await new DocumentStore().items(overheard, [claimId!]);
    await new ToldPeople().find(overheard, [{ contactId: contactId!, externalId: 'h-1' }]);
    await new ClaimEventRepository().known(overheard, [{ source: '/core', id: '7' }]);
  });
  const whole = await Promise.all(heard.map(async (statement) => [statement.name, ...(await readPlan(database, statement)).readWhole]));
  // Configuration and accounts are a page or two.
  const small = ['brands', 'settings', 'accounts', 'inboxes'];
  expect(whole.map(([name, ...tables]) => [name, ...tables.filter((table) => !small.includes(table!))])).toEqual(
    heard.map(({ name }) => [name]),
  );
}, 120_000);

test('who speaks for whom, what was promised and what is clocked is told where it calls for something', async () => {
  await run('UPDATE claim_parties SET represented_by_id = $1 WHERE id = $2', [counselId, partyId]);
  expect(await known()).toMatchObject({ isRepresentedOtherwise: true });
  await run(
    `INSERT INTO representations (id, claim_id, party_id, counsel_id, source, evidence, since) VALUES (gen_random_uuid(), $1, $2, $3, 'claim-core', '{}', $4)`,
    [claimId, partyId, counselId, AT],
  );
  expect(await known()).toMatchObject({ isRepresentedOtherwise: false });
  await run('UPDATE claim_parties SET represented_by_id = NULL WHERE id = $1', [partyId]);
  expect(await known()).toMatchObject({ isRepresentedOtherwise: true });
});

test('all who ask in one transaction ask the database once, until one of them writes', async () => {
  const asked: string[] = [];
  await database.transaction(async (tx) => {
    const before = await news.of(tx, 'CLM-1');
    // Had it been asked again, this would be seen.
    await run(`UPDATE claims SET line_of_business = 'property' WHERE id = $1`, [claimId]);
    asked.push(before!.line!, (await news.of(tx, 'CLM-1'))!.line!);
    await tx.query({ name: 'spec-touch', text: 'UPDATE claims SET plate = $2 WHERE id = $1', values: [claimId, 'X'] });
    asked.push((await news.of(tx, 'CLM-1'))!.line!);
  });
  expect(asked).toEqual(['motor', 'motor', 'property']);
});
