import { ClaimCoreLine } from '@claimline/claims';
import { Contacts, Conversations } from '@claimline/conversations';
import { newId } from '@claimline/database';
import { tel } from '@claimline/messages';
import { ActInBulk } from '../flows/act-in-bulk';
import { RunBroadcasts } from '../flows/run-broadcasts';
import { RunBulk } from '../flows/run-bulk';
import { openOutsideHub, type OutsideHub } from '../inbound/testing/outside-hub';
import { DocumentArrivals } from '../views/document-arrivals.view';
import { followUps } from '../subscriptions';
import type { Worker } from '../workers';

type Person = { readonly id: string; readonly cookie: string };
type Customer = { readonly contactId: string; readonly conversationId: string };

let hub: OutsideHub;
let otherBrand: string;
let boss: Person;
let anna: Person;
let inside: Person;
let elsewhere: Person;
let customers = 0;

beforeAll(async () => {
  hub = await openOutsideHub();
  otherBrand = newId(hub.clock.now());
  await hub.sql(
    `INSERT INTO brands (id, key, name, default_language, time_zone, created_at) VALUES ($1, 'other', 'Other', 'en', 'UTC', $2)`,
    [otherBrand, hub.clock.now()],
  );
  boss = await hub.person('supervisor');
  anna = await hub.person('adjuster');
  inside = await hub.person('adjuster', { groups: ['employee'] });
  elsewhere = await hub.person('supervisor', { brands: [otherBrand] });
});
afterAll(() => hub.close());
afterEach(() => jest.restoreAllMocks());

async function ask(who: Person, method: string, path: string, body?: object): Promise<{ status: number; body: any }> {
  const headers = { 'content-type': 'application/json' };
  const answer = await hub.ask(who.cookie, method, path, body ? { headers, body: JSON.stringify(body) } : {});
  const text = await answer.text();
  return { status: answer.status, body: text ? JSON.parse(text) : undefined };
}

async function customer(): Promise<Customer> {
  const at = hub.clock.now();
  return hub.database.transaction(async (tx) => {
    const { contactId, addressId } = await hub.app.get(Contacts).senderOf(tx, tel(`+1213555${String(4000 + ++customers)}`), at);
    const place = { contactId, brandId: hub.brandId, teamId: null, channel: 'twilio-sms', inboxId: hub.line.inboxId, addressId, at };
    const { id } = await hub.app.get(Conversations).openFor(tx, place);
    await tx.query({ name: '', text: `UPDATE contacts SET kind = 'person' WHERE id = $1`, values: [contactId] });
    return { contactId, conversationId: id };
  });
}

const conversationSays = (id: string, column: string, value: unknown): Promise<unknown> =>
  hub.sql(`UPDATE conversations SET ${column} = $2 WHERE id = $1`, [id, value]);

/** A claim with one party. */
async function claim(number: string, contactId: string | null, more: { flags?: string[]; policy?: string } = {}) {
  const [id, party] = [newId(hub.clock.now()), newId(hub.clock.now())];
  await hub.sql(
    `INSERT INTO claims (id, number, brand_id, line_of_business, jurisdiction, stage, version, flags, policy_number, loss_date, facts, created_at, updated_at)
     VALUES ($1, $2, $3, 'motor', 'CN', 'reported', 1, $4, $5, '2026-11-20', '{"lossKind":"rear-end"}', $6, $6)`,
    [id, number, hub.brandId, more.flags ?? [], more.policy ?? null, hub.clock.now()],
  );
  await hub.sql(
    `INSERT INTO claim_parties (id, claim_id, external_id, role, name, contact_id) VALUES ($1, $2, 'p1', 'policyholder', $4, $3)`,
    [party, id, contactId, `Holder of ${number}`],
  );
  return { id, party };
}

/** A worker until everything that waits has had its turn. */
async function work(worker: Worker, isDone: () => Promise<boolean>): Promise<void> {
  const end = new AbortController();
  const running = worker.run(end.signal);
  while (!(await isDone())) await new Promise((resolve) => setTimeout(resolve, 20));
  end.abort();
  await running;
}

test('two customers are made one, taken apart and undone only by whoever may see everything of both', async () => {
  const [kept, other] = [await customer(), await customer()];
  await conversationSays(other.conversationId, 'restricted_to', 'employee');
  const merge = (who: Person) => ask(who, 'POST', `/api/contacts/${kept.contactId}/merge`, { with: other.contactId });
  expect((await ask(anna, 'GET', `/api/contacts/${kept.contactId}/merge-review?with=${other.contactId}`)).status).toBe(403);
  expect((await merge(anna)).status).toBe(403);
  expect((await merge(inside)).status).toBe(200);
  const { body } = await ask(inside, 'GET', `/api/contacts/${kept.contactId}/changes`);
  expect((await ask(anna, 'POST', `/api/contact-changes/${body.items[0].id}/undo`)).status).toBe(403);
  expect((await ask(inside, 'POST', `/api/contact-changes/${body.items[0].id}/undo`)).status).toBe(200);
});

test('a party of a closed claim is walled too where no conversation is', async () => {
  const [kept, other] = [await customer(), await customer()];
  await claim('CLM-WALL-1', other.contactId, { flags: ['employee'] });
  expect((await ask(anna, 'POST', `/api/contacts/${kept.contactId}/merge`, { with: other.contactId })).status).toBe(403);
});

test.each(['conversation.opened', 'conversation.linked'] as const)(
  'a conversation for which %s tells of a claim as it was before its wall stands behind the wall in the next moment',
  async (type) => {
    const { contactId, conversationId } = await customer();
    const { id } = await claim(`CLM-LATE-${type}`, contactId, { flags: ['litigation'] });
    await conversationSays(conversationId, 'claim_id', id);
    const event = { position: 1, id, type, conversationId, payload: { contactId }, at: hub.clock.now() };
    await hub.database.transaction(async (tx) => {
      for (const step of followUps(hub.app)[type].words ?? []) await step(tx, [event]);
    });
    expect(await hub.sql('SELECT restricted_to FROM conversations WHERE id = $1', [conversationId])).toEqual([
      { restricted_to: 'litigation' },
    ]);
    expect(
      await hub.sql(`SELECT payload FROM outbox WHERE type = 'conversation.walled' AND conversation_id = $1`, [conversationId]),
    ).toEqual([{ payload: { restrictedTo: 'litigation' } }]);
  },
);

test('a report names only similar claims that its reader may know of, and nothing hidden stands against it', async () => {
  await claim('CLM-WALL-2', null, { flags: ['employee'], policy: 'P-HIDDEN' });
  const fields = {
    injured: false,
    reporterName: '陈晓',
    phone: '13900008812',
    lineOfBusiness: 'motor',
    policyNumber: 'P-HIDDEN',
    lossDate: '2026-11-20',
    lossKind: 'rear-end',
    location: '延安路',
    description: '被追尾',
  };
  const { body } = await ask(anna, 'POST', '/api/reports', { fields });
  expect(body.similar).toEqual([]);
  const seen = await ask(inside, 'GET', `/api/reports/${body.id}`);
  expect(seen.body.similar).toMatchObject([{ reference: 'CLM-WALL-2' }]);
  expect(await ask(inside, 'POST', `/api/reports/${body.id}/submit`)).toMatchObject({ status: 409 });
  expect(await ask(anna, 'POST', `/api/reports/${body.id}/submit`)).toMatchObject({ status: 200 });
  await hub.sql(`UPDATE fnol_drafts SET claim_number = 'CLM-WALL-2', state = 'reported' WHERE id = $1`, [body.id]);
  expect((await ask(anna, 'GET', `/api/reports/${body.id}`)).status).toBe(404);
  expect((await ask(inside, 'GET', `/api/reports/${body.id}`)).status).toBe(200);
});

async function broadcast(parties: readonly { number: string; party: string; contactId: string }[], state: string): Promise<string> {
  const id = newId(hub.clock.now());
  await hub.sql(
    `INSERT INTO broadcasts (id, name, template, brand_id, audience, per_hour, any_hour, state, created_by, created_at, started_at, paced_from)
     VALUES ($1, 'Storm', 'catastrophe_safety', $2, '{"catastrophe":null,"line":null,"jurisdiction":null,"language":null,"stage":null}', 3600, true, $3, $4, $5, $5, $6)`,
    [id, hub.brandId, state, boss.id, hub.clock.now(), new Date(hub.clock.now().getTime() - 3_600_000)],
  );
  for (const [place, { number, party, contactId }] of parties.entries())
    await hub.sql(
      `INSERT INTO broadcast_recipients (broadcast_id, place, contact_id, claim_number, party_id) VALUES ($1, $2, $3, $4, $5)`,
      [id, place, contactId, number, party],
    );
  return id;
}

test('a broadcast is its brand’s, and names nobody whose claim the reader may not see', async () => {
  const [one, two] = [await customer(), await customer()];
  const open = await claim('CLM-WALL-3', one.contactId);
  const hidden = await claim('CLM-WALL-4', two.contactId, { flags: ['employee'] });
  const id = await broadcast(
    [
      { number: 'CLM-WALL-3', party: open.party, contactId: one.contactId },
      { number: 'CLM-WALL-4', party: hidden.party, contactId: two.contactId },
    ],
    'submitted',
  );
  expect((await ask(boss, 'GET', `/api/broadcasts/${id}/recipients`)).body.items).toMatchObject([{ claim: 'CLM-WALL-3' }]);
  expect((await ask(elsewhere, 'GET', '/api/broadcasts')).body.items).toEqual([]);
  for (const [method, path] of [
    ['GET', ''],
    ['GET', '/recipients'],
    ['POST', '/approve'],
    ['POST', '/cancel'],
  ] as const)
    expect((await ask(elsewhere, method, `/api/broadcasts/${id}${path}`)).status).toBe(404);
});

test('one whom nothing can be said to is left out with a reason, and those behind get their turn', async () => {
  const [one, two] = [await customer(), await customer()];
  const first = await claim('CLM-WALL-5', one.contactId);
  const second = await claim('CLM-WALL-6', two.contactId);
  const id = await broadcast(
    [
      { number: 'CLM-WALL-5', party: first.party, contactId: one.contactId },
      { number: 'CLM-WALL-6', party: second.party, contactId: two.contactId },
    ],
    'running',
  );
  const worker = hub.app.get(RunBroadcasts);
  const words = (worker as unknown as { words: { of: (...given: unknown[]) => Promise<unknown> } }).words;
  const told = words.of.bind(words);
  jest.spyOn(words, 'of').mockImplementation((tx, member, ...rest) => {
    if ((member as { claimNumber: string }).claimNumber === 'CLM-WALL-5') throw new Error('a bad record');
    return told(tx, member, ...rest);
  });
  await work(worker, async () => (await hub.sql('SELECT state FROM broadcasts WHERE id = $1', [id]))[0].state === 'finished');
  const rows = await hub.sql('SELECT reason FROM broadcast_recipients WHERE broadcast_id = $1 ORDER BY place', [id]);
  expect(rows[0].reason).toBe('internal');
  expect(rows[1].reason).not.toBe('internal');
});

const itemsOf = (run: string) => hub.sql('SELECT state, reason FROM bulk_items WHERE run_id = $1 ORDER BY place', [run]);
const bulk = async (who: Person, body: object): Promise<string> => {
  const { status, body: run } = await ask(who, 'POST', '/api/conversations/bulk', body);
  expect(status).toBe(201);
  return run.id;
};
const finish = (run: string): Promise<void> =>
  work(hub.app.get(RunBulk), async () => (await hub.sql('SELECT state FROM bulk_runs WHERE id = $1', [run]))[0].state !== 'running');

test('in bulk everybody reaches what they could by hand: hidden ids are left out, a supervisor’s threads with counsel are in', async () => {
  const [hidden, counsel] = [await customer(), await customer()];
  await conversationSays(hidden.conversationId, 'restricted_to', 'employee');
  await conversationSays(counsel.conversationId, 'privileged_to', ['role:supervisor']);
  const act = { kind: 'tag', add: ['seen'], remove: [] };
  const ids = [hidden.conversationId, counsel.conversationId];
  expect((await ask(anna, 'POST', '/api/conversations/bulk', { ids, act })).status).toBe(422);
  const run = await bulk(boss, { ids, act });
  await finish(run);
  expect(await itemsOf(run)).toEqual([{ state: 'done', reason: null }]);
});

test('a run that was interrupted by the database goes on where it was', async () => {
  const { conversationId } = await customer();
  const run = await bulk(boss, { ids: [conversationId], act: { kind: 'tag', add: ['again'], remove: [] } });
  const deeds = hub.app.get(ActInBulk);
  jest.spyOn(deeds, 'act').mockRejectedValueOnce(Object.assign(new Error('terminating connection'), { code: '57P01' }));
  await finish(run);
  expect(await itemsOf(run)).toEqual([{ state: 'done', reason: null }]);
});

test('taking back that nobody was to have it leaves it with whoever took it since', async () => {
  const { conversationId } = await customer();
  await conversationSays(conversationId, 'assignee_id', anna.id);
  const run = await bulk(boss, { ids: [conversationId], act: { kind: 'assign', accountId: null } });
  await finish(run);
  await conversationSays(conversationId, 'assignee_id', inside.id);
  const undo = (await ask(boss, 'POST', `/api/bulk-runs/${run}/undo`)).body.id;
  await finish(undo);
  expect(await itemsOf(undo)).toEqual([{ state: 'refused', reason: 'thread-moved' }]);
});

test('what our own counsel sends is on no checklist', async () => {
  const { contactId, conversationId } = await customer();
  const { id } = await claim('CLM-WALL-7', contactId);
  const [messageId, fileId, at] = [newId(hub.clock.now()), newId(hub.clock.now()), hub.clock.now()];
  await hub.sql('UPDATE conversations SET claim_id = $2, claim_number = $3 WHERE id = $1', [conversationId, id, 'CLM-WALL-7']);
  await hub.sql(
    `INSERT INTO messages (id, conversation_id, seq, direction, kind, channel, inbox_id, text, occurred_at, received_at)
     SELECT $1, $2, message_count + 1, 'inbound', 'text', 'email', $3, 'opinion', $4, $4 FROM conversations WHERE id = $2`,
    [messageId, conversationId, hub.line.inboxId, at],
  );
  await hub.sql(
    `INSERT INTO files (id, storage_key, sha256, content_type, name, size, created_at) VALUES ($1, 'opinion', '\\x00', 'application/pdf', 'opinion.pdf', 20000, $2)`,
    [fileId, at],
  );
  await hub.sql(
    `INSERT INTO attachments (id, message_id, conversation_id, file_id, name, content_type, state, created_at) VALUES ($1, $2, $3, $4, 'opinion.pdf', 'application/pdf', 'stored', $5)`,
    [newId(at), messageId, conversationId, fileId, at],
  );
  const arrivals = hub.app.get(DocumentArrivals);
  expect(await arrivals.ofMessage(hub.database, messageId)).toHaveLength(1);
  await conversationSays(conversationId, 'privileged_to', ['role:supervisor']);
  expect(await arrivals.ofMessage(hub.database, messageId)).toEqual([]);
});

test('the log of what the claim core was told hides what is of a closed claim, from everybody but the claim core', async () => {
  const line = hub.app.get(ClaimCoreLine);
  await claim('CLM-WALL-8', null, { flags: ['employee'] });
  const at = hub.clock.now();
  const id = await hub.database.transaction(async (tx) => {
    const news = { type: 'payee.chosen', subject: 'CLM-WALL-8', data: {} } as const;
    const made = await line.publish(tx, news, at);
    await line.place(
      tx,
      { position: 7, id: made, type: 'claim-core.published', conversationId: null, payload: { eventId: made }, at },
      false,
    );
    return made;
  });
  const admin = await hub.person('administrator');
  const insider = await hub.person('administrator', { groups: ['employee'] });
  const subjects = async (who: Person, path: string) => (await ask(who, 'GET', path)).body.items.map((one: any) => one.subject);
  for (const path of ['/api/claim-core/deliveries', '/api/claim-core/events?after=0']) {
    expect(await subjects(admin, path)).not.toContain('CLM-WALL-8');
    expect(await subjects(insider, path)).toContain('CLM-WALL-8');
  }
  expect((await ask(admin, 'POST', `/api/claim-core/deliveries/${id}/replay`)).status).toBe(404);
  const events = await line.after(hub.database, null, { position: '0', limit: 100 });
  expect(events.map(({ event }) => event.subject)).toContain('CLM-WALL-8');
});
