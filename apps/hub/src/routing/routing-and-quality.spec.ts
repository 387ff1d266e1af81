import { Global, Module } from '@nestjs/common';
import { NestFactory, Reflector } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Calls, Contacts, Conversations, Desk } from '@claimline/conversations';
import { Database, newId, Seal, Wakeups, type LoggedEvent } from '@claimline/database';
import { openTestDatabase, type TestDatabase } from '@claimline/database/testing';
import { Accounts, Sessions, Settings } from '@claimline/people';
import { Absences, BusinessCalendar, Conversation, People, RoutingHistory, ServiceClock, Task, TaskPage } from '@claimline/protocol';
import { Adjusters } from '@claimline/routing';
import { ZodValidationPipe } from 'nestjs-zod';
import { readConfig } from '../config';
import { FollowClocks } from '../flows/follow-clocks';
import { RouteConversation } from '../flows/route-conversation';
import { Authenticator, SESSION_COOKIE } from '../http/principal';
import { PrincipalGuard } from '../http/principal.guard';
import { ProblemFilter } from '../http/problem.filter';
import { makeServer } from '../http/server';
import { AbsencesModule } from '../team/absences.module';
import { PeopleModule } from '../people/people.module';
import { plain } from '../platform/plain';
import { PlatformModule } from '../platform/platform.module';
import { AftercareModule } from '../quality/aftercare.module';
import { QualityModule } from '../quality/quality.module';
import { PresenceLink } from '../realtime/presence-link';
import { ClaimNewsView } from '../views/claim-news.view';
import { ConversationDetail } from '../views/conversation-detail.view';
import { SendReply } from '../flows/send-reply';
import { ConversationList } from '../views/conversation-list.view';
import { PartyClaims } from '../views/party-claims.view';
import { SuggestedClaims } from '../views/suggested-claims.view';
import { RoutingModule } from './routing.module';

// Nobody is written to here.
const noReply = { provide: SendReply, useValue: { note: () => Promise.reject(new Error('nobody is written to here')) } };
const parts = [
  noReply,
  plain(Settings),
  plain(Conversations),
  plain(Contacts),
  plain(Desk),
  plain(Calls),
  plain(PartyClaims),
  plain(ConversationList, Database),
  plain(ConversationDetail, Database, ConversationList, Contacts, Desk, PartyClaims, SuggestedClaims),
  plain(SuggestedClaims),
  plain(ClaimNewsView),
];
@Global()
@Module({ providers: parts, exports: parts.map(({ provide }) => provide) })
class ConversationParts {}

const TEN = new Date('2026-11-17T02:00:00Z');
const BRAND = '01900000-0000-7000-8000-000000000001';
let now = TEN;
let test: TestDatabase;
let database: Database;
let app: NestFastifyApplication;
const people: Record<string, { id: string; cookie: string }> = {};

beforeAll(async () => {
  test = await openTestDatabase();
  database = await Database.open({ url: test.url });
  const config = readConfig({ DATABASE_URL: test.url, HUB_SECRET: 'x'.repeat(40) });
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const platform = {
    config,
    database,
    wakeups: new Wakeups(database, test.url),
    seal: new Seal(['x'.repeat(40)]),
    clock: { now: () => now },
    log,
  };
  @Module({
    imports: [
      PlatformModule.over(platform),
      PeopleModule,
      ConversationParts,
      RoutingModule,
      QualityModule,
      AftercareModule,
      AbsencesModule,
    ],
  })
  class Hub {}
  app = await NestFactory.create<NestFastifyApplication>(Hub, await makeServer(config), { logger: false, abortOnError: false });
  app.useGlobalFilters(new ProblemFilter(log as never));
  app.useGlobalGuards(new PrincipalGuard(app.get(Reflector), app.get(Authenticator)));
  app.useGlobalPipes(new ZodValidationPipe());
  await app.init();
  await sql(`INSERT INTO brands VALUES ($1, 'demo', 'Demo', 'zh-CN', 'Asia/Shanghai', $2)`, [BRAND, TEN]);
  for (const role of ['adjuster', 'colleague', 'supervisor', 'administrator', 'auditor']) await sign(role);
});
afterAll(async () => {
  await app.close();
  await database.close();
  await test.close();
});

const sql = <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> => database.query<Row>({ name: '', text, values });

async function sign(name: string): Promise<void> {
  const role = name === 'colleague' ? 'adjuster' : (name as 'adjuster');
  const id = await app.get(Accounts).make(database, { email: `${name}@demo.test`, name, passwordHash: 'x', role }, TEN);
  const { token } = await app.get(Sessions).open(database, id, new Date());
  people[name] = { id, cookie: `${SESSION_COOKIE}=${token}` };
  if (role === 'adjuster')
    await app.get(Adjusters).put(database, id, { lines: { motor: 4 }, languages: { 'zh-CN': 5 }, licences: { 'US-CA': null } });
}

async function ask(
  who: string | null,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  url: string,
  payload?: object,
): Promise<{ status: number; body: any }> {
  const headers = { host: 'localhost', origin: 'http://localhost', ...(who && { cookie: people[who]!.cookie }) };
  const answer = await app.inject({ method, url, headers, ...(payload && { payload }) });
  return { status: answer.statusCode, body: answer.body ? JSON.parse(answer.body) : undefined };
}

async function conversation(restrictedTo: string | null = null): Promise<string> {
  const [id, contact] = [newId(TEN), newId(TEN)];
  await sql(`INSERT INTO contacts (id, kind, name, created_at) VALUES ($1, 'person', '李梅', $2)`, [contact, TEN]);
  await sql(
    `INSERT INTO conversations (id, contact_id, brand_id, channel, language, labels, awaiting_reply, restricted_to, last_message_at, last_inbound_at, opened_at)
     VALUES ($1, $2, $3, 'twilio-sms', 'zh-CN', '{motor}', true, $5, $4, $4, $4)`,
    [id, contact, BRAND, TEN, restrictedTo],
  );
  const received: LoggedEvent = { position: 1, id: newId(TEN), type: 'message.received', conversationId: id, payload: {}, at: TEN };
  await database.transaction((tx) => app.get(FollowClocks).onMessageReceived(tx, received));
  await database.transaction((tx) => app.get(RouteConversation).onMessageReceived(tx, received));
  return id;
}

const audited = async (action: string): Promise<number> =>
  (await sql<any>('SELECT count(*)::int AS count FROM audit WHERE action = $1', [action]))[0].count;
const SOME = '01900000-0000-7000-8000-00000000ffff';

describe('strangers', () => {
  it.each([
    ['GET', '/api/people'],
    ['PUT', '/api/presence'],
    ['GET', `/api/conversations/${SOME}/routing`],
    ['POST', `/api/conversations/${SOME}/assign`],
    ['GET', '/api/tasks'],
    ['POST', '/api/tasks'],
    ['POST', `/api/tasks/${SOME}/own`],
    ['POST', `/api/tasks/${SOME}/complete`],
    ['POST', `/api/tasks/${SOME}/cancel`],
    ['GET', '/api/calendars'],
    ['PUT', '/api/calendars/business'],
    ['POST', `/api/clocks/${SOME}/pause`],
    ['POST', `/api/clocks/${SOME}/resume`],
    ['POST', `/api/clocks/${SOME}/extend`],
    ['GET', '/api/absences'],
    ['POST', '/api/absences'],
    ['DELETE', `/api/absences/${SOME}`],
  ] as const)('%s %s is refused', async (method, url) => {
    expect(await ask(null, method, url, method === 'GET' || method === 'DELETE' ? undefined : {})).toMatchObject({
      status: 401,
      body: { code: 'not-signed-in' },
    });
  });

  it.each([
    ['auditor', 'PUT', '/api/presence', { state: 'online' }],
    ['auditor', 'POST', `/api/conversations/${SOME}/assign`, { assignee: null }],
    ['auditor', 'POST', '/api/tasks', { due: TEN.toISOString() }],
    ['supervisor', 'PUT', '/api/calendars/business', {}],
    ['adjuster', 'POST', `/api/clocks/${SOME}/extend`, {}],
  ] as const)('%s may not %s %s', async (who, method, url, body) => {
    expect(await ask(who, method, url, body)).toMatchObject({ status: 403, body: { code: 'not-allowed' } });
  });
});

describe('presence and colleagues', () => {
  it('somebody who says so is there, with skills and load; a console that closes sends them home', async () => {
    expect(await ask('adjuster', 'PUT', '/api/presence', { state: 'online' })).toMatchObject({ status: 204 });
    expect(await sql(`SELECT actor_id, subject_id, facts FROM audit WHERE action = 'presence.choose'`)).toEqual([
      { actor_id: people['adjuster']!.id, subject_id: people['adjuster']!.id, facts: { state: 'online' } },
    ]);
    const { items } = People.parse((await ask('auditor', 'GET', '/api/people')).body);
    expect(items.map(({ name }) => name)).toEqual(['adjuster', 'administrator', 'auditor', 'colleague', 'supervisor']);
    expect(items[0]).toMatchObject({
      presence: 'online',
      capacity: 100,
      languages: ['zh-CN'],
      lines: ['motor'],
      licences: ['US-CA'],
      absentUntil: null,
    });
    expect(items[3]).toMatchObject({ presence: 'offline' });
    const link = app.get(PresenceLink);
    await link.connected(people['colleague']!.id, 'a');
    await link.connected(people['colleague']!.id, 'b');
    await link.disconnected(people['colleague']!.id, 'a');
    expect((await ask('auditor', 'GET', '/api/people')).body.items[3].presence).toBe('online');
    await link.disconnected(people['colleague']!.id, 'b');
    expect((await ask('auditor', 'GET', '/api/people')).body.items[3].presence).toBe('offline');
  });

  it('no other word counts', async () => {
    expect(await ask('adjuster', 'PUT', '/api/presence', { state: 'offline' })).toMatchObject({ status: 422, body: { code: 'invalid' } });
  });
});

describe('whose it is', () => {
  it('is decided by the router, explained, and changed by a person', async () => {
    const id = await conversation();
    const { items } = RoutingHistory.parse((await ask('auditor', 'GET', `/api/conversations/${id}/routing`)).body);
    expect(items).toMatchObject([{ ring: 'skills', chosen: { name: 'adjuster' }, excluded: [{ name: 'colleague', code: 'offline' }] }]);
    const assigned = await ask('supervisor', 'POST', `/api/conversations/${id}/assign`, { assignee: people['colleague']!.id });
    expect(assigned.status).toBe(200);
    expect(Conversation.parse(assigned.body).assignee).toEqual({ id: people['colleague']!.id, name: 'colleague' });
    expect((await ask('adjuster', 'GET', `/api/conversations/${id}/routing`)).body.items[0]).toMatchObject({
      ring: 'by-hand',
      reasons: [{ params: { name: 'supervisor' } }],
    });
    expect(await audited('conversation.assign')).toBe(1);
  });

  it('is not told of a conversation that one may not see', async () => {
    const id = await conversation('litigation');
    expect(await ask('supervisor', 'GET', `/api/conversations/${id}/routing`)).toMatchObject({ status: 404 });
    expect(await ask('supervisor', 'POST', `/api/conversations/${id}/assign`, { assignee: people['adjuster']!.id })).toMatchObject({
      status: 404,
    });
  });

  it('is nobody unknown', async () => {
    const id = await conversation();
    expect(await ask('supervisor', 'POST', `/api/conversations/${id}/assign`, { assignee: SOME })).toMatchObject({ status: 404 });
    expect(await ask('supervisor', 'POST', `/api/conversations/${id}/assign`, { assignee: 'x' })).toMatchObject({ status: 422 });
  });
});

describe('tasks', () => {
  it('are written, listed nearest first page by page, owned, and done once with what comes next', async () => {
    const id = await conversation();
    const due = (minutes: number): string => new Date(TEN.getTime() + minutes * 60_000).toISOString();
    const make = (minutes: number, change: object = {}) =>
      ask('adjuster', 'POST', '/api/tasks', { due: due(minutes), conversation: id, reason: 'call the garage', ...change });
    const made = [await make(30), await make(10), await make(20)].map(({ status, body }) => {
      expect(status).toBe(201);
      return Task.parse(body);
    });
    expect((await sql<any>('SELECT next_due_kind FROM conversations WHERE id = $1', [id]))[0].next_due_kind).toBe('task.follow-up');
    const first = TaskPage.parse((await ask('adjuster', 'GET', '/api/tasks?limit=2')).body);
    const second = TaskPage.parse((await ask('adjuster', 'GET', `/api/tasks?limit=2&before=${first.next}`)).body);
    expect([...first.items, ...second.items].map((task) => task.id)).toEqual([made[1]!.id, made[2]!.id, made[0]!.id]);
    expect(second.next).toBeNull();
    expect(first.items[0]).toMatchObject({ contact: { name: '李梅' }, owner: { name: 'adjuster' }, conversationId: id });

    const task = made[1]!.id;
    expect((await ask('adjuster', 'POST', `/api/tasks/${task}/own`, { owner: null })).body.owner).toBeNull();
    expect((await ask('colleague', 'GET', '/api/tasks?view=unowned')).body.items).toHaveLength(1);
    expect(await ask('colleague', 'POST', `/api/tasks/${task}/complete`, { outcome: 'no-answer', next: due(60) })).toMatchObject({
      status: 200,
      body: { state: 'done', outcome: 'no-answer' },
    });
    expect(await ask('colleague', 'POST', `/api/tasks/${task}/complete`, { outcome: 'reached' })).toMatchObject({
      status: 409,
      body: { code: 'already-taken' },
    });
    expect((await ask('colleague', 'GET', '/api/tasks')).body.items).toMatchObject([{ due: due(60), reason: 'call the garage' }]);
    expect(await ask('adjuster', 'POST', `/api/tasks/${made[0]!.id}/cancel`, { outcome: 'not-needed' })).toMatchObject({
      status: 200,
      body: { state: 'canceled' },
    });
    expect(await audited('task.complete')).toBe(1);
  });

  it('of a walled conversation are seen by those inside only', async () => {
    const id = await conversation('litigation');
    const task = newId(TEN);
    await sql(`INSERT INTO tasks (id, kind, conversation_id, due_at, created_at) VALUES ($1, 'callback', $2, $3, $3)`, [task, id, TEN]);
    expect((await ask('supervisor', 'GET', '/api/tasks?view=all')).body.items.map((one: { id: string }) => one.id)).not.toContain(task);
    expect(await ask('supervisor', 'POST', `/api/tasks/${task}/complete`, { outcome: 'done' })).toMatchObject({ status: 404 });
    expect(await ask('supervisor', 'POST', '/api/tasks', { due: TEN.toISOString(), conversation: id })).toMatchObject({ status: 404 });
  });

  it('need a due time and a cursor of their own list', async () => {
    expect(await ask('adjuster', 'POST', '/api/tasks', {})).toMatchObject({ status: 422, body: { fields: [{ path: 'due' }] } });
    expect(await ask('adjuster', 'GET', '/api/tasks?before=nonsense')).toMatchObject({ status: 422 });
  });
});

describe('absences', () => {
  const leave = (change: object = {}) => ({ starts: '2026-11-17T03:00:00Z', ends: '2026-11-22T00:00:00Z', delegate: null, ...change });

  it('are entered for oneself, shown to all, and called off', async () => {
    const entered = await ask('adjuster', 'POST', '/api/absences', leave({ delegate: people['colleague']!.id }));
    expect(entered).toMatchObject({ status: 201, body: { name: 'adjuster', delegate: { name: 'colleague' }, returns: 'on-close' } });
    expect(Absences.parse((await ask('auditor', 'GET', '/api/absences')).body).items).toHaveLength(1);
    now = new Date('2026-11-17T04:00:00Z');
    expect((await ask('adjuster', 'GET', '/api/people')).body.items[0].absentUntil).toBe('2026-11-22T00:00:00.000Z');
    now = TEN;
    expect(await ask('colleague', 'DELETE', `/api/absences/${entered.body.id}`)).toMatchObject({ status: 403 });
    expect(await ask('adjuster', 'DELETE', `/api/absences/${entered.body.id}`)).toMatchObject({ status: 204 });
    expect(await ask('adjuster', 'DELETE', `/api/absences/${entered.body.id}`)).toMatchObject({ status: 404 });
    expect((await ask('auditor', 'GET', '/api/absences')).body.items).toEqual([]);
    expect([await audited('absence.enter'), await audited('absence.call-off')]).toEqual([1, 1]);
  });

  it('are entered for others by a supervisor only', async () => {
    const forColleague = leave({ account: people['colleague']!.id });
    expect(await ask('adjuster', 'POST', '/api/absences', forColleague)).toMatchObject({ status: 403 });
    expect(await ask('supervisor', 'POST', '/api/absences', forColleague)).toMatchObject({ status: 201 });
    expect(await ask('supervisor', 'POST', '/api/absences', forColleague)).toMatchObject({
      status: 422,
      body: { fields: [{ path: 'starts', problem: 'overlaps' }] },
    });
  });

  it.each([
    [{ ends: '2026-11-17T02:30:00Z' }, 'ends'],
    [{ starts: '2026-11-01T00:00:00Z', ends: '2026-11-02T00:00:00Z' }, 'ends'],
  ])('%j are refused by the field %s', async (change, path) => {
    expect(await ask('adjuster', 'POST', '/api/absences', leave(change))).toMatchObject({ status: 422, body: { fields: [{ path }] } });
  });

  it('name only delegates that exist', async () => {
    expect(await ask('adjuster', 'POST', '/api/absences', leave({ delegate: SOME }))).toMatchObject({ status: 404 });
  });
});

describe('calendars', () => {
  const week = { timeZone: 'Asia/Shanghai', hours: { '1': [{ from: '09:00', to: '12:00' }] }, holidays: ['2026-10-01'], workdays: [] };

  it('are read by all and set by an administrator', async () => {
    const set = await ask('administrator', 'PUT', '/api/calendars/business', week);
    expect(BusinessCalendar.parse(set.body)).toEqual({ key: 'business', ...week });
    expect((await ask('auditor', 'GET', '/api/calendars')).body.items).toEqual([set.body]);
    expect(await ask('administrator', 'PUT', `/api/calendars/${BRAND}`, week)).toMatchObject({ status: 200 });
    expect(await ask('administrator', 'PUT', '/api/calendars/other', week)).toMatchObject({ status: 404 });
  });

  it.each([
    [{ timeZone: 'Mars/Olympus' }, 'timeZone'],
    [{ hours: {} }, 'hours'],
    [{ hours: { '1': [{ from: '12:00', to: '09:00' }] } }, 'hours.1.0.to'],
    [
      {
        hours: {
          '1': [
            { from: '09:00', to: '12:00' },
            { from: '11:00', to: '13:00' },
          ],
        },
      },
      'hours.1',
    ],
    [{ holidays: ['2026-13-01'] }, 'holidays.0'],
  ])('%j are refused by the field %s', async (change, path) => {
    const answer = await ask('administrator', 'PUT', '/api/calendars/business', { ...week, ...change });
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid' } });
    expect(answer.body.fields[0].path).toBe(path);
  });
});

describe('clocks', () => {
  it('are paused and resumed with evidence, extended by a supervisor, all of it in the audit', async () => {
    const office = ['1', '2', '3', '4', '5'].map((day) => [day, [{ from: '09:00', to: '17:30' }]]);
    await sql('UPDATE calendars SET hours = $1', [JSON.stringify(Object.fromEntries(office))]);
    const id = await conversation();
    const [{ id: clock }] = (await sql<any>('SELECT id FROM clocks WHERE conversation_id = $1', [id])) as [any];
    now = new Date(TEN.getTime() + 300_000);
    expect(await ask('adjuster', 'POST', `/api/clocks/${clock}/pause`, {})).toMatchObject({ status: 422 });
    const paused = await ask('adjuster', 'POST', `/api/clocks/${clock}/pause`, { evidence: 'message:1' });
    expect(ServiceClock.parse(paused.body)).toMatchObject({ state: 'paused' });
    expect(await ask('adjuster', 'POST', `/api/clocks/${clock}/pause`, { evidence: 'message:1' })).toMatchObject({
      status: 409,
      body: { code: 'edge-not-allowed' },
    });
    now = new Date(TEN.getTime() + 600_000);
    expect((await ask('adjuster', 'POST', `/api/clocks/${clock}/resume`, { evidence: 'message:2' })).body).toMatchObject({
      state: 'running',
      deadline: '2026-11-17T02:20:00.000Z',
    });
    const until = '2026-11-17T06:00:00.000Z';
    expect((await ask('supervisor', 'POST', `/api/clocks/${clock}/extend`, { until, reason: 'storm' })).body).toMatchObject({
      deadline: until,
    });
    expect((await sql<any>('SELECT next_due_at FROM conversations WHERE id = $1', [id]))[0].next_due_at.toISOString()).toBe(until);
    expect([await audited('clock.pause'), await audited('clock.resume'), await audited('clock.extend')]).toEqual([1, 1, 1]);
    now = TEN;
  });
});
