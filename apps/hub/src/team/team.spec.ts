import { Contacts, Conversations } from '@claimline/conversations';
import { newId, type LoggedEvent } from '@claimline/database';
import { tel } from '@claimline/messages';
import { Adjusters } from '@claimline/routing';
import { FollowAbsences } from '../flows/follow-absences';
import { RouteConversation } from '../flows/route-conversation';
import { SendScheduled } from '../flows/send-scheduled';
import { TellAway } from '../flows/tell-away';
import { openOutsideHub, type OutsideHub } from '../inbound/testing/outside-hub';

type Person = { readonly id: string; readonly cookie: string };
const DAY = 86_400_000;

let hub: OutsideHub;
let boss: Person;
let anna: Person;
let bo: Person;
let cai: Person;
let inboxId: string;
let customers = 0;

beforeAll(async () => {
  hub = await openOutsideHub();
  inboxId = await hub.mailbox('claims@insurer.test');
  boss = await hub.person('supervisor');
  [anna, bo, cai] = [await adjuster(), await adjuster(), await adjuster()];
});
afterAll(() => hub.close());

async function adjuster(): Promise<Person> {
  const person = await hub.person('adjuster');
  await hub.app.get(Adjusters).put(hub.database, person.id, { lines: { motor: 5 }, languages: { en: 5 } });
  return person;
}

async function ask(who: Person, method: string, path: string, body?: object): Promise<{ status: number; body: any }> {
  const headers = { 'content-type': 'application/json' };
  const answer = await hub.ask(who.cookie, method, path, body ? { headers, body: JSON.stringify(body) } : {});
  const text = await answer.text();
  return { status: answer.status, body: text ? JSON.parse(text) : undefined };
}

/** A customer's conversation, somebody's. */
async function conversation(owner: Person | null, restrictedTo: string | null = null): Promise<string> {
  const at = hub.clock.now();
  return hub.database.transaction(async (tx) => {
    const { contactId, addressId } = await hub.app.get(Contacts).senderOf(tx, tel(`+1213555${String(2000 + ++customers)}`), at);
    const place = { contactId, brandId: hub.brandId, teamId: null, channel: 'twilio-sms', inboxId: hub.line.inboxId, addressId, at };
    const { id } = await hub.app.get(Conversations).openFor(tx, place);
    const text = 'UPDATE conversations SET assignee_id = $2, restricted_to = $3 WHERE id = $1';
    await tx.query({ name: '', text, values: [id, owner?.id ?? null, restrictedTo] });
    return id;
  });
}

const ownerOf = async (id: string): Promise<string | null> =>
  (await hub.sql('SELECT assignee_id FROM conversations WHERE id = $1', [id]))[0].assignee_id;
const leave = (who: Person, more: object = {}) => ({
  account: who.id,
  starts: hub.clock.now().toISOString(),
  ends: new Date(hub.clock.now().getTime() + DAY).toISOString(),
  delegate: null,
  ...more,
});
const enter = async (who: Person, more: object = {}): Promise<string> => {
  const answer = await ask(boss, 'POST', '/api/absences', leave(who, more));
  expect(answer.status).toBe(201);
  return answer.body.id;
};
const sweep = (): Promise<number> => hub.app.get(FollowAbsences).sweep(hub.clock.now());

/** The customer says something, and whatever follows the log does so. */
async function says(id: string, text: string, facts: object | null = null): Promise<LoggedEvent> {
  const [at, messageId] = [hub.clock.now(), newId(hub.clock.now())];
  await hub.sql(
    `INSERT INTO messages (id, conversation_id, seq, direction, kind, channel, inbox_id, text, facts, occurred_at, received_at)
     SELECT $1, $2, message_count + 1, 'inbound', 'text', 'twilio-sms', $3, $4, $5, $6, $6 FROM conversations WHERE id = $2`,
    [messageId, id, hub.line.inboxId, text, facts && JSON.stringify(facts), at],
  );
  await hub.sql(
    `UPDATE conversations SET awaiting_reply = true, message_count = message_count + 1, inbound_count = inbound_count + 1, last_inbound_at = $2 WHERE id = $1`,
    [id, at],
  );
  const event: LoggedEvent = { position: 1, id: newId(at), type: 'message.received', conversationId: id, payload: { messageId }, at };
  const seen = await hub.database.transaction((tx) => hub.app.get(RouteConversation).onMessageReceived(tx, event));
  await hub.database.transaction((tx) => hub.app.get(TellAway).onMessageReceived(tx, event, seen));
  return event;
}
const automatic = (id: string): Promise<{ text: string }[]> =>
  hub.sql(`SELECT text FROM messages WHERE conversation_id = $1 AND direction = 'outbound' AND author_id IS NULL ORDER BY seq`, [id]);

describe('the supervisor’s screen', () => {
  it('is not for adjusters', async () => {
    for (const path of ['/api/team', `/api/team/${anna.id}/work`]) expect((await ask(anna, 'GET', path)).status).toBe(403);
    expect((await ask(anna, 'POST', '/api/absences/preview', leave(bo))).status).toBe(403);
    expect((await ask(anna, 'GET', '/api/scheduled?view=all')).status).toBe(403);
    expect((await ask(anna, 'POST', '/api/mail-aliases', { account: anna.id, inbox: inboxId, address: 'a@insurer.test' })).status).toBe(
      403,
    );
  });

  it('counts what the inbox would show for the same filter, and nothing behind a wall', async () => {
    const [late, soon, hidden] = [await conversation(anna), await conversation(anna), await conversation(anna, 'litigation')];
    const due = (id: string, minutes: number) =>
      hub.sql('UPDATE conversations SET next_due_at = $2 WHERE id = $1', [id, new Date(hub.clock.now().getTime() + minutes * 60_000)]);
    await Promise.all([due(late, -5), due(soon, 30), due(hidden, -5)]);
    const { body } = await ask(boss, 'GET', '/api/team');
    expect(body.tiles).toMatchObject({ overdue: 1, hour: 1 });
    expect(body.people.find(({ id }: Person) => id === anna.id)).toMatchObject({ open: 2, overdue: 1, soon: 1 });
    expect(body.next.map((one: any) => [one.conversationId, one.breached])).toEqual([
      [late, true],
      [soon, false],
    ]);
    for (const [filter, id] of [
      ['due=overdue', late],
      ['due=hour', soon],
    ])
      expect((await ask(boss, 'GET', `/api/conversations?view=all&${filter}`)).body.items.map((one: any) => one.id)).toEqual([id]);
    const work = (await ask(boss, 'GET', `/api/team/${anna.id}/work`)).body;
    expect(work.open.count).toBe(3);
    expect(work.open.items.map((one: any) => one.id)).not.toContain(hidden);
    await hub.sql(`UPDATE conversations SET status = 'resolved', next_due_at = NULL`);
  });
});

describe('an absence', () => {
  it('goes along a chain of delegates, and in a circle to the router', async () => {
    const first = await enter(bo, { delegate: cai.id });
    const id = await conversation(anna);
    const preview = (await ask(boss, 'POST', '/api/absences/preview', leave(anna, { delegate: bo.id }))).body;
    expect(preview).toMatchObject({ goesTo: { id: cai.id }, why: 'absent', open: { count: 1 } });
    const second = await enter(anna, { delegate: bo.id });
    expect(await ownerOf(id)).toBe(cai.id);
    expect((await ask(boss, 'POST', '/api/absences/preview', leave(cai, { delegate: anna.id }))).body).toMatchObject({
      goesTo: null,
      why: 'circle',
    });
    const third = await enter(cai, { delegate: anna.id });
    expect(await ownerOf(id)).toBeNull();
    for (const absence of [third, second, first]) expect((await ask(boss, 'POST', `/api/absences/${absence}/undo`)).status).toBe(204);
    expect(await hub.sql(`SELECT action FROM audit WHERE subject_id = $1 ORDER BY id`, [second])).toEqual([
      { action: 'absence.enter' },
      { action: 'absence.undo' },
    ]);
    await hub.sql(`UPDATE conversations SET status = 'resolved'`);
  });

  it('is refused a second undo, and to anybody else’s hand', async () => {
    const id = await enter(anna);
    expect((await ask(bo, 'POST', `/api/absences/${id}/undo`)).status).toBe(403);
    expect((await ask(anna, 'POST', `/api/absences/${id}/undo`)).status).toBe(204);
    expect((await ask(anna, 'POST', `/api/absences/${id}/undo`)).status).toBe(404);
  });

  it('that is to come moves when it begins, and takes what is added later along', async () => {
    const starts = new Date(hub.clock.now().getTime() + 3_600_000).toISOString();
    const id = await conversation(anna);
    const absence = await enter(anna, { delegate: bo.id, starts });
    await sweep();
    expect(await ownerOf(id)).toBe(anna.id);
    hub.clock.pass(3_600_000);
    await sweep();
    expect(await ownerOf(id)).toBe(bo.id);
    const task = (await ask(boss, 'POST', '/api/tasks', { due: starts, owner: anna.id, conversation: id })).body.id;
    await sweep();
    expect((await hub.sql('SELECT owner_id FROM tasks WHERE id = $1', [task]))[0].owner_id).toBe(bo.id);
    await ask(boss, 'POST', `/api/absences/${absence}/undo`);
    expect((await hub.sql('SELECT owner_id FROM tasks WHERE id = $1', [task]))[0].owner_id).toBe(anna.id);
    await hub.sql(`UPDATE conversations SET status = 'resolved'`);
  });

  it.each([
    ['immediately', true, true],
    ['on-close', false, true],
    ['never', false, false],
  ])('whose work returns %s: open ones back %s, closed ones back %s', async (returns, open, closed) => {
    const [one, two, taken] = [await conversation(anna), await conversation(anna), await conversation(anna)];
    await enter(anna, { delegate: bo.id, returns });
    await hub.sql(`UPDATE conversations SET status = 'resolved' WHERE id = $1`, [two]);
    await hub.sql(`UPDATE conversations SET assignee_id = $2 WHERE id = $1`, [taken, cai.id]);
    hub.clock.pass(DAY);
    await sweep();
    expect(await ownerOf(one)).toBe(open ? anna.id : bo.id);
    expect(await ownerOf(two)).toBe(closed ? anna.id : bo.id);
    expect(await ownerOf(taken)).toBe(cai.id);
    await hub.sql(`UPDATE conversations SET status = 'resolved'`);
  });

  it('leaves what was promised with its owner by name, and shows it at who stands in', async () => {
    const id = await conversation(anna);
    const at = hub.clock.now();
    await hub.sql(
      `INSERT INTO promises (id, step, source, conversation_id, owner_id, due_at, created_at) VALUES ($1, 'call-back', 'person', $2, $3, $4, $4)`,
      [newId(at), id, anna.id, at],
    );
    const promises = async (who: Person): Promise<object> => (await ask(boss, 'GET', `/api/team/${who.id}/work`)).body.promises;
    const today = async (who: Person): Promise<number> =>
      (await ask(boss, 'GET', '/api/team')).body.people.find((one: Person) => one.id === who.id).promisesToday;
    expect(await promises(anna)).toMatchObject({ count: 1, today: 1 });
    const absence = await enter(anna, { delegate: bo.id });
    expect(await promises(bo)).toMatchObject({ count: 1, today: 1, items: [{ conversationId: id }] });
    expect([await promises(anna), await today(anna), await today(bo)]).toMatchObject([{ count: 0 }, 0, 1]);
    await ask(boss, 'POST', `/api/absences/${absence}/undo`);
    expect(await today(anna)).toBe(1);
    await hub.sql(`UPDATE conversations SET status = 'resolved'`);
  });

  it('never goes to somebody outside of a wall', async () => {
    const id = await conversation(anna, 'litigation');
    const absence = await enter(anna, { delegate: bo.id });
    expect(await ownerOf(id)).toBeNull();
    await ask(boss, 'POST', `/api/absences/${absence}/undo`);
    await hub.sql(`UPDATE conversations SET status = 'resolved'`);
  });
});

describe('whoever writes while nobody can answer', () => {
  it('is told when the office opens, once per closure; machines and STOP are not', async () => {
    // It is Sunday in Shanghai for a while yet.
    hub.clock.pass(new Date('2026-11-29T04:00:00Z').getTime() - hub.clock.now().getTime());
    const id = await conversation(null);
    await says(id, 'Hello?');
    await says(id, 'Anybody?');
    expect(await automatic(id)).toEqual([{ text: expect.stringContaining('30') }]);
    const other = await conversation(null);
    await says(other, 'I am out of office', { automatic: 'auto-reply' });
    await says(other, 'STOP');
    expect(await automatic(other)).toEqual([]);
  });

  it('is told nothing while somebody is at work, or stands in', async () => {
    hub.clock.pass(new Date('2026-11-30T03:00:00Z').getTime() - hub.clock.now().getTime());
    const absence = await enter(anna, { delegate: bo.id });
    const id = await conversation(anna);
    await says(id, 'Hello?');
    expect(await automatic(id)).toEqual([]);
    await ask(boss, 'POST', `/api/absences/${absence}/undo`);
  });

  it('is told the day of return where nobody stands in', async () => {
    const id = await conversation(anna);
    await enter(anna);
    expect(await ownerOf(id)).toBeNull();
    await says(id, 'Hello?');
    await says(id, 'Hello again?');
    expect(await automatic(id)).toEqual([{ text: expect.stringMatching(/1 Dec 2026|2026年12月1日/) }]);
  });
});

describe('a reply that was put off', () => {
  const put = async (id: string, more: object = {}) =>
    ask(cai, 'POST', `/api/conversations/${id}/scheduled`, {
      text: 'We come at ten.',
      sendAt: new Date(hub.clock.now().getTime() + 60_000).toISOString(),
      ...more,
    });

  it.each([
    ['in the past', { sendAt: '2026-11-01T00:00:00Z' }, 'sendAt'],
    ['without words', { text: '   ' }, 'text'],
    ['longer than its channel takes', { text: 'x'.repeat(5000) }, 'text'],
  ])('%s is refused', async (_, more, path) => {
    const answer = await put(await conversation(cai), more);
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid', fields: [{ path }] } });
  });

  it('is not seen or touched from outside of a wall', async () => {
    const id = await conversation(cai);
    const send = (await put(id)).body.id;
    await hub.sql(`UPDATE conversations SET restricted_to = 'litigation' WHERE id = $1`, [id]);
    expect((await ask(boss, 'GET', '/api/scheduled?view=all')).body.items).toEqual([]);
    expect((await ask(boss, 'DELETE', `/api/scheduled/${send}`)).status).toBe(404);
    await hub.sql(`UPDATE scheduled_sends SET state = 'canceled' WHERE id = $1`, [send]);
  });

  it('that cannot leave any more is held with the reason, and its owner is asked', async () => {
    const id = await conversation(cai);
    const send = (await put(id)).body.id;
    await hub.sql(`UPDATE addresses SET scheme = 'postal' WHERE id = (SELECT address_id FROM conversations WHERE id = $1)`, [id]);
    hub.clock.pass(120_000);
    await hub.app.get(SendScheduled).sweep(hub.clock.now());
    expect((await ask(cai, 'GET', `/api/conversations/${id}/scheduled`)).body.items).toMatchObject([
      { id: send, state: 'held', reason: 'no-address-for-channel', owner: { id: cai.id } },
    ]);
    expect(await hub.sql(`SELECT owner_id, state FROM tasks WHERE kind = 'scheduled-held'`)).toEqual([{ owner_id: cai.id, state: 'open' }]);
    expect((await ask(cai, 'DELETE', `/api/scheduled/${send}`)).status).toBe(204);
    expect(await hub.sql(`SELECT state FROM tasks WHERE kind = 'scheduled-held'`)).toEqual([{ state: 'canceled' }]);
  });

  it('leaves once, in its author’s name, and leaves what they are writing now alone', async () => {
    const id = await conversation(cai);
    await put(id);
    await ask(cai, 'PUT', `/api/conversations/${id}/draft`, { text: 'something else' });
    hub.clock.pass(120_000);
    await Promise.all([1, 2, 3].map(() => hub.app.get(SendScheduled).sweep(hub.clock.now())));
    expect(await hub.sql(`SELECT author_id, text FROM messages WHERE conversation_id = $1`, [id])).toEqual([
      { author_id: cai.id, text: 'We come at ten.' },
    ]);
    expect((await ask(cai, 'GET', `/api/conversations/${id}`)).body.draft).toMatchObject({ text: 'something else' });
  });
});

test.each([
  ['somebody.else@other.test', 422],
  ['claims@insurer.test', 422],
  ['Anna.Li@Insurer.test', 201],
  ['anna.li@insurer.test', 409],
])('an adjuster’s address %s is answered with %d', async (address, status) => {
  expect((await ask(boss, 'POST', '/api/mail-aliases', { account: anna.id, inbox: inboxId, address })).status).toBe(status);
});
