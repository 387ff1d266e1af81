import { Overheard, readPlan } from '@claimline/database/testing';
import { AT, openGround, type Ground } from '../testing/ground';
import { InboxStates } from './inbox-states.repository';
import { LineHealth } from './line-health';

let ground: Ground;
let health: LineHealth;
const states = new InboxStates();

beforeAll(async () => {
  ground = await openGround();
  health = new LineHealth(ground.inboxes, ground.circuits);
});
afterAll(() => ground.close());

test('secrets lie sealed, and a change keeps those that were not typed again', async () => {
  const id = await ground.inbox();
  await ground.database.transaction((tx) => ground.inboxes.change(tx, id, { secrets: { apiKey: 'k' } }));
  const [row] = await ground.database.query<{ text: string }>({
    name: 'raw-inbox',
    text: 'SELECT inboxes::text AS text, secrets_sealed FROM inboxes WHERE id = $1',
    values: [id],
  });
  expect(row!.text).not.toContain('authToken');
  expect(await ground.inboxes.secrets(ground.database, id)).toEqual({ authToken: 'x', apiKey: 'k' });
  expect(JSON.stringify(await ground.inboxes.all(ground.database))).not.toContain('secret');
});

test('one line is one inbox', async () => {
  const inbox = {
    kind: 'twilio-sms',
    name: 'SMS',
    address: '+15550100100',
    region: 'US',
    brandId: ground.brandId,
    config: {},
    secrets: {},
    at: AT,
  };
  const made = await Promise.all([1, 2].map(() => ground.database.transaction((tx) => ground.inboxes.make(tx, inbox))));
  expect(made.filter(Boolean)).toHaveLength(1);
});

test('an error of settings that were meanwhile mended does not stop the inbox', async () => {
  const id = await ground.inbox();
  await ground.database.transaction((tx) => ground.inboxes.change(tx, id, { config: { mended: true } }));
  const events = await ground.database.transaction((tx) =>
    health.note(tx, id, { is: 'misconfigured', reason: 'authToken: refused', version: 1 }, AT),
  );
  expect(events).toEqual([]);
  expect((await ground.inboxes.find(ground.database, id))!.state).toBe('active');
  const [stopped] = await ground.database.transaction((tx) =>
    health.note(tx, id, { is: 'misconfigured', reason: 'authToken: refused', version: 2 }, AT),
  );
  expect(stopped).toMatchObject({ type: 'inbox.stopped', payload: { inboxId: id } });
  expect(await ground.inboxes.find(ground.database, id)).toMatchObject({ state: 'stopped', stopped_reason: 'authToken: refused' });
});

test('an outage is told once, and its end once', async () => {
  const id = await ground.inbox();
  const note = (is: 'fails' | 'works') => ground.database.transaction((tx) => health.note(tx, id, { is }, AT));
  const told = [];
  for (const is of ['fails', 'fails', 'fails', 'fails', 'fails', 'fails', 'works', 'works'] as const) told.push(...(await note(is)));
  expect(told.map((event) => event.type)).toEqual(['inbox.unreachable', 'inbox.recovered']);
});

test('of two replicas that write one fact, one wins', async () => {
  const id = await ground.inbox();
  const first = await Promise.all([1, 2].map((value) => states.set(ground.database, id, 'cursor', { value, version: 0 })));
  expect(first.sort()).toEqual([false, true]);
  const next = await Promise.all([3, 4].map((value) => states.set(ground.database, id, 'cursor', { value, version: 1 })));
  expect(next.sort()).toEqual([false, true]);
  expect((await states.get(ground.database, id, 'cursor'))!.version).toBe(2);
});

test('a busy line does not rewrite its row for every message', async () => {
  const id = await ground.inbox();
  const saw = (ms: number) => ground.database.transaction((tx) => ground.inboxes.sawInbound(tx, id, new Date(AT.getTime() + ms)));
  await saw(0);
  await saw(9000);
  expect((await ground.inboxes.find(ground.database, id))!.last_inbound_at).toEqual(AT);
  await saw(11_000);
  expect((await ground.inboxes.find(ground.database, id))!.last_inbound_at).toEqual(new Date(AT.getTime() + 11_000));
});

test('an inbox that works again looks for what waited, not through everything that was ever sent', async () => {
  const id = await ground.inbox();
  await ground.database.transaction(async (tx) => {
    await tx.query({ name: '', text: 'SET LOCAL session_replication_role = replica', values: [] });
    await tx.query({
      name: '',
      text: `INSERT INTO deliveries (id, message_id, conversation_id, inbox_id, channel, to_value, purpose, priority, state, due_at, created_at, changed_at)
             SELECT md5('d' || n)::uuid, md5('m' || n)::uuid, md5('c' || n)::uuid, $1, 'twilio-sms', '', 'reply', 1, CASE WHEN n % 500 = 0 THEN 'held' ELSE 'sent' END, $2, $2, $2
             FROM generate_series(1, 20000) n`,
      values: [id, AT],
    });
  });
  await ground.database.query({ name: '', text: 'ANALYZE deliveries', values: [] });
  await ground.database.transaction(async (tx) => {
    const heard = new Overheard(tx);
    const after = { beforeCommit: () => undefined, afterCommit: () => undefined };
    const listening = { query: heard.query.bind(heard), ...after };
    await ground.inboxes.change(listening as typeof tx, id, { state: 'active' });
    const release = heard.statements.find(({ name }) => name === 'inbox-release')!;
    expect((await readPlan(ground.database, release)).readWhole).toEqual([]);
  });
});
