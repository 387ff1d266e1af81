import { Calls, Conversations } from '@claimline/conversations';
import { Database, newId, Outbox, Wakeups, type LoggedEvent, type Transaction } from '@claimline/database';
import { openTestDatabase, type TestDatabase } from '@claimline/database/testing';
import type { Log } from '@claimline/messages';
import { Absences, AbsenceStore, Accounts } from '@claimline/people';
import { Calendars, Callbacks, Clocks, ClockStore, Tasks, TaskStore } from '@claimline/quality';
import { Adjusters, Decisions, Presences, QueueWatch, Router, WorkItems, type AdjusterProfile } from '@claimline/routing';
import { ClockFactsView } from '../views/clock-facts.view';
import { RoutingFactsView } from '../views/routing-facts.view';
import { RoutingHistoryView } from '../views/routing-history.view';
import { AssignConversation } from './assign-conversation';
import { FollowClocks } from './follow-clocks';
import { PlaceConversation } from './place-conversation';
import { PlanCallback } from './plan-callback';
import { ReleaseCapacity } from './release-capacity';
import { RouteConversation } from './route-conversation';
import { SweepQueue } from './sweep-queue';

// A Tuesday, ten o'clock in Shanghai.
const TEN = new Date('2026-11-17T02:00:00Z');
const after = (minutes: number): Date => new Date(TEN.getTime() + minutes * 60_000);

let test: TestDatabase;
let database: Database;
let now = TEN;
const errors: unknown[] = [];
const log: Log = { info: () => undefined, warn: () => undefined, error: (facts) => errors.push(facts) };
let parts: ReturnType<typeof assemble>;

function assemble(db: Database) {
  const clock = { now: () => now };
  const outbox = new Outbox(new Wakeups(db, ''));
  const [work, adjusters, decisions, conversations, calendars] = [
    new WorkItems(),
    new Adjusters(),
    new Decisions(),
    new Conversations(),
    new Calendars(),
  ];
  const absences = new Absences(new AbsenceStore(), outbox);
  const router = new Router(work, adjusters, decisions, outbox, absences);
  const watch = new QueueWatch(work, adjusters, absences);
  const presences = new Presences(adjusters, outbox);
  const [facts, clockFacts] = [new RoutingFactsView(), new ClockFactsView()];
  const place = new PlaceConversation(conversations, facts, router, outbox);
  const clocks = new Clocks(new ClockStore(), calendars, outbox);
  const follow = new FollowClocks(db, conversations, clockFacts, clocks, log);
  const tasks = new Tasks(new TaskStore(), outbox);
  return {
    adjusters,
    absences,
    presences,
    conversations,
    follow,
    history: new RoutingHistoryView(db, decisions),
    route: new RouteConversation(place, facts, clock),
    sweep: new SweepQueue(db, watch, presences, place, router, log),
    release: new ReleaseCapacity(db, watch, place, router, clock, log),
    assign: new AssignConversation(facts, new Accounts(false), router, place),
    callback: new PlanCallback(new Calls(), conversations, clockFacts, facts, new Callbacks(calendars, tasks), follow),
  };
}

beforeEach(async () => {
  test = await openTestDatabase();
  database = await Database.open({ url: test.url });
  parts = assemble(database);
  now = TEN;
  errors.length = 0;
  await sql(`INSERT INTO brands VALUES ('01900000-0000-7000-8000-000000000001', 'demo', 'Demo', 'zh-CN', 'Asia/Shanghai', $1)`, [TEN]);
});
afterEach(async () => {
  expect(errors).toEqual([]);
  await database.close();
  await test.close();
});

const BRAND = '01900000-0000-7000-8000-000000000001';
const sql = <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> => database.query<Row>({ name: '', text, values });
const inside = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => database.transaction(work);
const event = (type: string, conversationId: string | null, payload: object = {}): LoggedEvent => ({
  position: 1,
  id: newId(now),
  type,
  conversationId,
  payload: { ...payload },
  at: now,
});
const assignee = async (id: string): Promise<string | null> =>
  (await sql<any>('SELECT assignee_id FROM conversations WHERE id = $1', [id]))[0].assignee_id;
const nextDue = async (id: string) => (await sql<any>('SELECT next_due_at, next_due_kind FROM conversations WHERE id = $1', [id]))[0];
const events = async (id: string): Promise<string[]> =>
  (await sql<any>('SELECT type FROM outbox WHERE conversation_id = $1 ORDER BY n', [id])).map(({ type }) => type);

async function adjuster(name: string, profile: AdjusterProfile = {}, isOnline = true): Promise<string> {
  const id = newId(TEN);
  await sql(`INSERT INTO accounts (id, email, name, password_hash, role, created_at) VALUES ($1, $2, $3, '', 'adjuster', $4)`, [
    id,
    `${id}@x`,
    name,
    TEN,
  ]);
  await parts.adjusters.put(database, id, { lines: { motor: 5 }, languages: { 'zh-CN': 5 }, ...profile });
  if (isOnline) await inside((tx) => parts.presences.beat(tx, [id], 'test', now));
  return id;
}

async function claim(handlerId: string | null, change: { jurisdiction?: string; stage?: string; facts?: object } = {}): Promise<string> {
  const number = `CLM-${newId(TEN).slice(-6)}`;
  await sql(
    `INSERT INTO claims (id, number, brand_id, line_of_business, jurisdiction, stage, version, handler_id, facts, created_at, updated_at)
     VALUES ($1, $2, $3, 'motor', $4, $5, 1, $6, $7, $8, $8)`,
    [
      newId(TEN),
      number,
      BRAND,
      change.jurisdiction ?? 'CN',
      change.stage ?? 'investigation',
      handlerId,
      JSON.stringify(change.facts ?? {}),
      TEN,
    ],
  );
  return number;
}

/** A customer who has written and waits. */
async function conversation(change: { claim?: string; labels?: string[]; contact?: string } = {}): Promise<string> {
  const [id, contact] = [newId(TEN), change.contact ?? newId(TEN)];
  if (!change.contact) await sql(`INSERT INTO contacts (id, kind, name, created_at) VALUES ($1, 'person', '李梅', $2)`, [contact, TEN]);
  await sql(
    `INSERT INTO conversations (id, contact_id, brand_id, channel, language, labels, awaiting_reply, claim_id, claim_number, last_message_at, last_inbound_at, opened_at)
     SELECT $1, $2, $3, 'twilio-sms', 'zh-CN', $4, true, cl.id, cl.number, $5, $5, $5 FROM (SELECT 1) AS one LEFT JOIN claims cl ON cl.number = $6`,
    [id, contact, BRAND, change.labels ?? [], now, change.claim ?? null],
  );
  return id;
}

/** What consumers do with the event of a message. */
async function arrives(id: string): Promise<void> {
  const received = event('message.received', id);
  await inside((tx) => parts.follow.onMessageReceived(tx, received));
  await inside((tx) => parts.route.onMessageReceived(tx, received));
}

async function answers(id: string, authorId: string | null): Promise<void> {
  const messageId = newId(now);
  await sql(
    `INSERT INTO messages (id, conversation_id, seq, direction, kind, text, author_id, occurred_at, received_at) VALUES ($1, $2, 2, 'outbound', 'text', '', $3, $4, $4)`,
    [messageId, id, authorId, now],
  );
  if (authorId) await sql('UPDATE conversations SET awaiting_reply = false WHERE id = $1', [id]);
  const sent = event('message.sent', id, { messageId, authorId });
  await inside((tx) => parts.follow.onMessageSent(tx, sent));
  await inside((tx) => parts.release.onMessageSent(tx, sent));
}

describe('a contact that comes in', () => {
  it('goes to the right adjuster with a clock that runs, and the reasons can be read', async () => {
    await adjuster('Bob', { languages: { en: 5 }, lines: { property: 5 } });
    const li = await adjuster('Li Na');
    const id = await conversation({ labels: ['motor', 'new-loss'] });
    await arrives(id);
    expect(await assignee(id)).toBe(li);
    expect(await nextDue(id)).toEqual({ next_due_at: after(15), next_due_kind: 'first_response.async' });
    expect(await events(id)).toEqual(['clock.started', 'clock.started', 'clock.started', 'work.reserved', 'conversation.assigned']);
    const { items } = await parts.history.of(id);
    expect(items).toMatchObject([
      {
        cause: 'arrived',
        ring: 'skills',
        chosen: { name: 'Li Na' },
        reasons: [
          { code: 'skills' },
          { code: 'speaks', params: { language: 'zh-CN' } },
          { code: 'knows-line', params: { line: 'motor' } },
          {},
        ],
      },
    ]);
  });

  it('told twice is routed once', async () => {
    await adjuster('Li Na');
    const id = await conversation();
    await arrives(id);
    await arrives(id);
    expect((await events(id)).filter((type) => type === 'conversation.assigned')).toHaveLength(1);
  });

  it('beside others in one transaction: everybody gets as many as they have room for, and the rest wait', async () => {
    const [li, wang] = [await adjuster('Li Na', { capacity: 40 }), await adjuster('Wang Fang', { capacity: 20 })];
    const ids: string[] = [];
    for (let n = 0; n < 9; n++) ids.push(await conversation());
    await inside((tx) => Promise.all(ids.map((id) => parts.route.onMessageReceived(tx, event('message.received', id)))));
    const room = await sql<any>('SELECT account_id, used, capacity FROM adjusters ORDER BY capacity DESC');
    expect(room).toEqual([
      { account_id: li, used: 40, capacity: 40 },
      { account_id: wang, used: 20, capacity: 20 },
    ]);
    const held = await sql<any>(
      `SELECT account_id, sum(units_held)::int AS units FROM work_items WHERE state = 'reserved' GROUP BY 1 ORDER BY 2 DESC`,
    );
    expect(held).toEqual([
      { account_id: li, units: 40 },
      { account_id: wang, units: 20 },
    ]);
    const assigned = (await Promise.all(ids.map(assignee))).filter((id) => id !== null);
    const reserved = await sql<any>(`SELECT state, count(*)::int AS n FROM work_items GROUP BY 1 ORDER BY 1`);
    expect(reserved).toEqual([
      { state: 'reserved', n: assigned.length },
      { state: 'waiting', n: ids.length - assigned.length },
    ]);
  });

  it('goes to the handler of its claim; while they are on leave, at once to the delegate, and back when they return', async () => {
    const [owner, deputy] = [await adjuster('Owner'), await adjuster('Deputy')];
    const number = await claim(owner);
    const before = await conversation({ claim: number });
    await arrives(before);
    expect(await assignee(before)).toBe(owner);
    await inside((tx) =>
      parts.absences.enter(
        tx,
        { accountId: owner, starts: after(10), ends: after(60), delegateId: deputy, returns: 'immediately', createdBy: owner },
        now,
      ),
    );
    now = after(10);
    await parts.sweep.sweep(now);
    expect(await assignee(before)).toBe(deputy);
    const during = await conversation({ claim: number });
    await arrives(during);
    expect(await assignee(during)).toBe(deputy);
    now = after(60);
    await parts.sweep.sweep(now);
    expect([await assignee(before), await assignee(during)]).toEqual([owner, owner]);
    expect((await sql<any>('SELECT handler_id FROM claims'))[0].handler_id).toBe(owner);
  });

  it('waits when nobody is there, and the queue is drained in its order as soon as somebody comes', async () => {
    const li = await adjuster('Li Na', { capacity: 20 }, false);
    const [routine, urgent, late] = [await conversation(), await conversation({ labels: ['injury'] }), await conversation()];
    await arrives(routine);
    now = after(1);
    await arrives(urgent);
    now = after(2);
    await sql('UPDATE conversations SET last_inbound_at = $2 WHERE id = $1', [late, now]);
    await arrives(late);
    await parts.sweep.sweep(now);
    expect(await assignee(routine)).toBeNull();
    await inside((tx) => parts.presences.beat(tx, [li], 'test', now));
    await parts.sweep.sweep(now);
    expect([await assignee(urgent), await assignee(routine), await assignee(late)]).toEqual([li, li, null]);
    await answers(routine, li);
    now = after(2 + 15);
    expect(await parts.release.sweep(now)).toBe(1);
    await parts.sweep.sweep(now);
    expect(await assignee(late)).toBe(li);
  });

  it('never goes to somebody whose licence for the region has run out, not even the handler', async () => {
    const owner = await adjuster('Owner', { licences: { 'US-CA': '2026-11-16' } });
    const licensed = await adjuster('Licensed', { licences: { 'US-CA': '2027-01-01' } });
    const id = await conversation({ claim: await claim(owner, { jurisdiction: 'US-CA' }) });
    await arrives(id);
    expect(await assignee(id)).toBe(licensed);
    expect((await parts.history.of(id)).items[0]!.excluded).toEqual([{ id: owner, name: 'Owner', code: 'licence-expired' }]);
  });

  it('about a settlement goes to somebody with authority for the sum', async () => {
    const junior = await adjuster('Junior', { authority: { CNY: '20000' } });
    const senior = await adjuster('Senior', { authority: { CNY: '100000' } });
    const id = await conversation({
      claim: await claim(junior, { stage: 'settlement', facts: { offer: { amount: '50000', currency: 'CNY' } } }),
    });
    await arrives(id);
    expect(await assignee(id)).toBe(senior);
  });

  it('of a customer of yesterday goes to who answered them', async () => {
    const [a, b] = [await adjuster('A'), await adjuster('B')];
    const first = await conversation();
    await arrives(first);
    const before = await assignee(first);
    await sql(`UPDATE conversations SET status = 'resolved', awaiting_reply = false WHERE id = $1`, [first]);
    await inside((tx) => parts.release.onConversationResolved(tx, event('conversation.resolved', first)));
    const [{ contact_id: contact }] = (await sql<any>('SELECT contact_id FROM conversations WHERE id = $1', [first])) as [any];
    // Whoever has been idle longer would be next, were it not for yesterday.
    await sql('UPDATE adjusters SET idle_since = $2 WHERE account_id <> $1', [before, after(-10_000)]);
    const next = await conversation({ contact });
    await arrives(next);
    expect([a, b]).toContain(before);
    expect(await assignee(next)).toBe(before);
    expect((await parts.history.of(next)).items[0]).toMatchObject({ ring: 'last-handler' });
  });
});

describe('a claim that gets another handler', () => {
  it('takes its open conversations along', async () => {
    const [old, fresh] = [await adjuster('Old'), await adjuster('Fresh')];
    const number = await claim(old);
    const id = await conversation({ claim: number });
    await arrives(id);
    await sql('UPDATE claims SET handler_id = $1', [fresh]);
    await inside((tx) =>
      parts.route.onClaimChanged(
        tx,
        event('claim.changed', null, { claimNumber: number, handlerChanged: true, stage: 'investigation', previousStage: 'documents' }),
      ),
    );
    expect(await assignee(id)).toBe(fresh);
  });

  it('who is not there gets them as soon as they come; until then they stay where they were', async () => {
    const [old, fresh] = [await adjuster('Old'), await adjuster('Fresh', {}, false)];
    const number = await claim(old);
    const id = await conversation({ claim: number });
    await arrives(id);
    await sql('UPDATE claims SET handler_id = $1', [fresh]);
    const changed = { claimNumber: number, handlerChanged: true, stage: 'investigation', previousStage: 'documents' };
    await inside((tx) => parts.route.onClaimChanged(tx, event('claim.changed', null, changed)));
    await parts.sweep.sweep(after(1));
    expect(await assignee(id)).toBe(old);
    await inside((tx) => parts.presences.beat(tx, [fresh], 'test', after(2)));
    await parts.sweep.sweep(after(3));
    expect(await assignee(id)).toBe(fresh);
  });
});

describe('a person', () => {
  const give = async (id: string, assigneeId: string | null, actorId: string): Promise<void> =>
    inside(async (tx) => parts.assign.assign(tx, (await parts.conversations.lock(tx, id))!, { assigneeId, actorId, now }));

  it('gives it to a colleague, who need not be there', async () => {
    const [a, b] = [await adjuster('A'), await adjuster('B', {}, false)];
    const id = await conversation();
    await arrives(id);
    await give(id, b, a);
    expect(await assignee(id)).toBe(b);
    expect((await parts.history.of(id)).items[0]).toMatchObject({
      ring: 'by-hand',
      cause: 'person',
      chosen: { name: 'B' },
      reasons: [{ code: 'by-hand', params: { name: 'A' } }],
    });
  });

  it('may not give it to somebody who must not have it', async () => {
    const a = await adjuster('A');
    const id = await conversation();
    await arrives(id);
    await sql(`UPDATE conversations SET restricted_to = 'litigation' WHERE id = $1`, [id]);
    await expect(give(id, a, a)).rejects.toMatchObject({ code: 'not-allowed', params: { why: 'restricted' } });
  });

  it('gives it back to the router, which finds somebody else', async () => {
    const a = await adjuster('A');
    const id = await conversation();
    await arrives(id);
    const b = await adjuster('B');
    await give(id, null, a);
    expect(await assignee(id)).toBe(b);
    await give(id, null, b);
    expect(await assignee(id)).toBeNull();
  });
});

describe('clocks', () => {
  it('that wait for a person go on after an automatic word and end with a person’s; then nothing is due', async () => {
    const li = await adjuster('Li Na');
    const id = await conversation();
    await arrives(id);
    now = after(5);
    await answers(id, null);
    expect(await nextDue(id)).toMatchObject({ next_due_kind: 'first_response.async' });
    now = after(6);
    await answers(id, li);
    expect(await nextDue(id)).toEqual({ next_due_at: null, next_due_kind: null });
  });

  it('warn and breach by the swept time; the warning brings the turn forward', async () => {
    const id = await conversation();
    await arrives(id);
    expect(await parts.follow.sweep(after(11))).toBe(0);
    expect(await parts.follow.sweep(after(12))).toBe(1);
    expect(await parts.follow.sweep(after(15))).toBe(0);
    await inside((tx) => parts.route.onClockWarned(tx, event('clock.warned', id)));
    expect((await sql<any>('SELECT priority FROM work_items'))[0].priority).toBe(25);
    expect(await parts.follow.sweep(after(16))).toBe(1);
    expect((await events(id)).filter((type) => type.startsWith('clock.'))).toEqual(['clock.started', 'clock.warned', 'clock.breached']);
  });

  it('of a loss count from the words that told it, although it was recognised later', async () => {
    const id = await conversation();
    await arrives(id);
    now = after(3);
    await sql(`UPDATE conversations SET labels = '{new-loss}' WHERE id = $1`, [id]);
    await inside((tx) => parts.follow.onConversationLabeled(tx, event('conversation.labeled', id, { labels: ['new-loss'] })));
    expect(await sql(`SELECT policy, started_at FROM clocks WHERE policy LIKE 'ack.%' ORDER BY policy`)).toEqual([
      { policy: 'ack.default', started_at: TEN },
      { policy: 'ack.strictest', started_at: TEN },
    ]);
  });

  it('of a claim that was reported elsewhere belong to the claim, once, and are met in any of its conversations', async () => {
    const li = await adjuster('Li Na');
    const number = await claim(li, { stage: 'reported' });
    const reported = event('claim.changed', null, {
      claimNumber: number,
      claimEventId: 'e',
      stage: 'reported',
      previousStage: null,
      handlerChanged: false,
    });
    await inside((tx) => parts.follow.onClaimChanged(tx, reported));
    await inside((tx) => parts.follow.onClaimChanged(tx, reported));
    const id = await conversation({ claim: number });
    await arrives(id);
    now = after(5);
    await answers(id, li);
    expect(await sql(`SELECT policy, state, conversation_id FROM clocks WHERE policy LIKE 'ack.%' ORDER BY policy`)).toEqual([
      { policy: 'ack.default', state: 'met', conversation_id: null },
      { policy: 'ack.strictest', state: 'met', conversation_id: null },
    ]);
  });

  it('end with the conversation', async () => {
    const id = await conversation();
    await arrives(id);
    await inside((tx) => parts.follow.onConversationResolved(tx, event('conversation.resolved', id)));
    expect(await nextDue(id)).toEqual({ next_due_at: null, next_due_kind: null });
  });
});

describe('a call that nobody took', () => {
  it('is a task for the handler, once, and is settled when they are reached', async () => {
    const owner = await adjuster('Owner', {}, false);
    const id = await conversation({ claim: await claim(owner) });
    const call = async (outcome: string): Promise<LoggedEvent> => {
      const messageId = newId(now);
      await sql(
        `INSERT INTO messages (id, conversation_id, seq, direction, kind, text, occurred_at, received_at) VALUES ($1, $2, 1, 'inbound', 'call', '', $3, $3)`,
        [messageId, id, now],
      );
      await sql(
        `INSERT INTO calls (id, inbox_id, external_id, conversation_id, message_id, direction, from_value, outcome, started_at, ended_at) VALUES ($1, $1, $2, $3, $4, 'inbound', '', $5, $6, $6)`,
        [newId(now), messageId, id, messageId, outcome, now],
      );
      return event('call.changed', id, { messageId, callId: 'CA1', phase: outcome });
    };
    const missed = await call('missed');
    await inside((tx) => parts.callback.onCallChanged(tx, missed));
    await inside((tx) => parts.callback.onCallChanged(tx, missed));
    expect(await sql('SELECT kind, owner_id, due_at, state FROM tasks')).toEqual([
      { kind: 'callback', owner_id: owner, due_at: after(60), state: 'open' },
    ]);
    expect(await nextDue(id)).toEqual({ next_due_at: after(60), next_due_kind: 'task.callback' });
    const reached = await call('answered');
    await inside((tx) => parts.callback.onCallChanged(tx, reached));
    expect(await sql('SELECT state, outcome FROM tasks')).toEqual([{ state: 'canceled', outcome: 'customer-called' }]);
    expect(await nextDue(id)).toEqual({ next_due_at: null, next_due_kind: null });
  });
});

describe('a queue with something in it that cannot be routed', () => {
  it('is drained all the same', async () => {
    const [broken, sound] = [await conversation(), await conversation()];
    await arrives(broken);
    await arrives(sound);
    await sql(`ALTER TABLE routing_decisions ADD CONSTRAINT broken CHECK (conversation_id <> '${broken}') NOT VALID`);
    const li = await adjuster('Li Na');
    await parts.sweep.sweep(after(1));
    expect([await assignee(broken), await assignee(sound)]).toEqual([null, li]);
    expect(errors.splice(0)).toMatchObject([{ conversationId: broken }]);
  });
});
