import { randomUUID } from 'node:crypto';
import type {
  Absence,
  AbsencePreview,
  Conversation,
  MailAlias,
  ScheduledSend,
  ScheduledSends,
  Task,
  TaskPage,
  Team,
} from '@claimline/protocol';
import type { Socket } from 'socket.io-client';
import { ClaimCore, newClaim } from '../world/claim-core';
import type { Answer, ConsoleClient } from '../world/console-client';
import { postMail } from '../world/mailer';
import { postSms } from '../world/twilio-sender';
import { until } from '../world/until';
import { World } from '../world/world';

jest.setTimeout(240_000);

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let world: World;
let boss: ConsoleClient;
let zhang: ConsoleClient;
let emma: ConsoleClient;
const sockets: Socket[] = [];

beforeAll(async () => {
  world = await World.open();
  boss = await world.signIn('supervisor');
  [zhang, emma] = await Promise.all([world.signIn('adjuster', 0), world.signIn('adjuster', 2)]);
}, 240_000);
afterAll(async () => {
  for (const socket of sockets) socket.close();
  await world?.close();
});

const later = (ms: number): string => new Date(Date.now() + ms).toISOString();
const post = <Body>(who: ConsoleClient, path: string, body: unknown): Promise<Answer<Body>> =>
  who.call<Body>('POST', path, body, { 'idempotency-key': randomUUID() });

async function good<Body>(answer: Promise<Answer<Body>>): Promise<Body> {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`answered ${status}: ${JSON.stringify(body)}`);
  return body;
}

/** A customer writes; the conversation is somebody's. */
async function written(phone: string, owner: ConsoleClient, text = 'When does the surveyor come?'): Promise<string> {
  await postSms(world.sms, { from: phone, text });
  const { id } = await until('the conversation', async () => (await boss.find(phone)).items[0]);
  await good(post(boss, `/api/conversations/${id}/assign`, { assignee: owner.me.id }));
  return id;
}

const ownerOf = async (id: string): Promise<string | undefined> => (await boss.conversation(id)).assignee?.id;
const preview = (account: string, delegate: string | null): Promise<AbsencePreview> =>
  good(post<AbsencePreview>(boss, '/api/absences/preview', { account, starts: later(0), ends: later(3 * DAY), delegate }));
const idsOf = ({ items }: AbsencePreview['open']): string[] => items.map(({ id }) => id);
const textsTo = async (phone: string): Promise<string[]> => (await world.outbox(phone)).map(({ text }) => text);

test('what somebody sick leaves behind is shown, moves in one step, goes back in one step, and nothing is left', async () => {
  const before = await preview(zhang.me.id, emma.me.id);
  const [open, snoozed, put] = await Promise.all([
    written('+15550108101', zhang),
    written('+15550108102', zhang),
    written('+15550108103', zhang),
  ]);
  await good(post(zhang, `/api/conversations/${snoozed}/snooze`, { until: later(2 * DAY) }));
  const send = await good(
    post<ScheduledSend>(zhang, `/api/conversations/${put}/scheduled`, { text: 'The surveyor comes at ten.', sendAt: later(DAY) }),
  );
  const task = await good(post<Task>(zhang, '/api/tasks', { due: later(HOUR), conversation: open, reason: 'call the garage' }));
  const claim = newClaim('CL-2026-881001', { phone: '+15550108104' }, { promisedBy: today(), nextStep: 'inspection' });
  expect((await new ClaimCore(world.manifest.claimEvents).post(claim)).status).toBe(202);
  const ofZhang = claim.handler!.name === zhang.me.name;

  const shown = await until('the preview to have it all', async () => {
    const now = await preview(zhang.me.id, emma.me.id);
    return now.promises.count === before.promises.count + Number(ofZhang) && now;
  });
  expect(shown).toMatchObject({ goesTo: { id: emma.me.id }, why: null });
  expect([shown.open.count, shown.snoozed.count, shown.scheduled.count, shown.tasks.count]).toEqual([
    before.open.count + 2,
    before.snoozed.count + 1,
    before.scheduled.count + 1,
    before.tasks.count + 1,
  ]);
  expect(shown.open.items.map(({ conversationId }) => conversationId)).toEqual(expect.arrayContaining([open, put]));
  expect(shown.tasks.items.map(({ id }) => id)).toContain(task.id);

  const theirs = await preview(emma.me.id, null);
  const absence = await good(
    post<Absence>(boss, '/api/absences', {
      account: zhang.me.id,
      starts: later(0),
      ends: later(3 * DAY),
      delegate: emma.me.id,
      returns: 'immediately',
    }),
  );
  expect(await Promise.all([open, snoozed, put].map(ownerOf))).toEqual([emma.me.id, emma.me.id, emma.me.id]);
  const left = await preview(zhang.me.id, emma.me.id);
  expect([left.open.count, left.snoozed.count, left.scheduled.count, left.tasks.count]).toEqual([0, 0, 0, 0]);
  const got = await preview(emma.me.id, null);
  expect(idsOf(got.open)).toEqual(expect.arrayContaining(idsOf(shown.open)));
  expect(idsOf(got.snoozed)).toEqual(expect.arrayContaining(idsOf(shown.snoozed)));
  expect([got.scheduled.count, got.tasks.count]).toEqual([
    theirs.scheduled.count + shown.scheduled.count,
    theirs.tasks.count + shown.tasks.count,
  ]);
  expect(got.promises.count).toBe(theirs.promises.count + shown.promises.count);
  expect((await emma.get<ScheduledSends>('/api/scheduled')).items.map(({ id }) => id)).toContain(send.id);
  expect((await boss.conversation(snoozed)).status).toBe('snoozed');
  const row = (await boss.get<Team>('/api/team')).people.find(({ id }) => id === zhang.me.id)!;
  expect(row).toMatchObject({ open: 0, tasks: 0, absence: { id: absence.id, delegate: { id: emma.me.id } } });

  // A new message of the moved customer stays with the stand-in, and no machine says that anybody is away.
  await postSms(world.sms, { from: '+15550108101', text: 'And the garage?' });
  await until('the second message', async () => (await boss.conversation(open)).position >= 2);
  expect(await ownerOf(open)).toBe(emma.me.id);

  await good(post(boss, `/api/absences/${absence.id}/undo`, {}));
  expect(await Promise.all([open, snoozed, put].map(ownerOf))).toEqual([zhang.me.id, zhang.me.id, zhang.me.id]);
  const again = await preview(zhang.me.id, emma.me.id);
  expect(idsOf(again.open)).toEqual(expect.arrayContaining(idsOf(shown.open)));
  expect([again.snoozed.count, again.scheduled.count, again.tasks.count]).toEqual([
    shown.snoozed.count,
    shown.scheduled.count,
    shown.tasks.count,
  ]);
  expect(await textsTo('+15550108101')).toEqual([]);
  await good(boss.call('DELETE', `/api/scheduled/${send.id}`));
  expect((await boss.get<TaskPage>(`/api/tasks?view=all&conversation=${open}`)).items).toMatchObject([{ owner: { id: zhang.me.id } }]);
});

const today = (): string => new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(Date.now());

test('a reply that was put off leaves at its time; where the customer wrote meanwhile its author is asked', async () => {
  const quiet = await written('+15550108111', zhang);
  const busy = await written('+15550108112', zhang);
  for (const id of [quiet, busy])
    await good(post(zhang, `/api/conversations/${id}/scheduled`, { text: 'The surveyor comes tomorrow.', sendAt: later(60 * 60_000) }));
  const [first] = (await zhang.get<ScheduledSends>(`/api/conversations/${quiet}/scheduled`)).items;
  const [second] = (await zhang.get<ScheduledSends>(`/api/conversations/${busy}/scheduled`)).items;
  await postSms(world.sms, { from: '+15550108112', text: 'It is settled, no need to come.' });
  await until('the customer to have written', async () => (await boss.conversation(busy)).position >= 2);

  await world.crash();
  await world.shiftClock(61 * 60_000);
  await until('the reply to leave', async () => (await textsTo('+15550108111')).includes('The surveyor comes tomorrow.'));
  const held = await until('the other to be held', async () => {
    const { items } = await zhang.get<ScheduledSends>(`/api/conversations/${busy}/scheduled`);
    return items.find(({ state }) => state === 'held');
  });
  expect(held).toMatchObject({ id: second!.id, reason: 'thread-moved' });
  const tasks = (): Promise<TaskPage> => zhang.get<TaskPage>(`/api/tasks?view=mine&conversation=${busy}`);
  expect((await tasks()).items).toMatchObject([{ kind: 'scheduled-held', reason: 'thread-moved' }]);
  expect(await textsTo('+15550108112')).toEqual([]);
  expect((await zhang.call('DELETE', `/api/scheduled/${first!.id}`)).status).toBe(409);

  expect((await zhang.call('PATCH', `/api/scheduled/${second!.id}`, { text: 'Understood, nobody comes.' })).status).toBe(422);
  await good(zhang.call('PATCH', `/api/scheduled/${second!.id}`, { text: 'Understood, nobody comes.', sendAt: later(3 * HOUR) }));
  await good(post(zhang, `/api/scheduled/${second!.id}/send`, {}));
  await until('the changed words', async () => (await textsTo('+15550108112')).includes('Understood, nobody comes.'));
  expect((await tasks()).items).toEqual([]);
});

test('a mail to an adjuster’s own address is offered to them first, and lands with what the customer wrote before', async () => {
  const inbox = world.manifest.inboxes.find(({ kind }) => kind === 'email')!;
  const address = `emma.clarke@${world.mail.address.split('@')[1]}`;
  const add = (body: object): Promise<Answer<MailAlias>> => post(boss, '/api/mail-aliases', body);
  expect((await add({ account: emma.me.id, inbox: inbox.id, address: 'emma@elsewhere.example' })).status).toBe(422);
  await good(add({ account: emma.me.id, inbox: inbox.id, address }));
  expect((await add({ account: zhang.me.id, inbox: inbox.id, address })).status).toBe(409);
  for (const one of [zhang, emma]) {
    const socket = one.socket();
    sockets.push(socket);
    await until('the console to be connected', async () => socket.connected);
    await one.call('PUT', '/api/presence', { state: 'online' });
  }
  const from = 'customer.of.emma@customers.example';
  const subject = '我的车险理赔';
  await postMail(world.mail.smtp, {
    from,
    to: address,
    subject,
    text: '请问什么时候查勘？',
    messageId: `<${randomUUID()}@customers.example>`,
  });
  const { id } = await until('the mail', async () => (await boss.find(from)).items[0]);
  await until('it to be Emma’s', async () => (await ownerOf(id)) === emma.me.id);
  const why = await boss.get<{ items: { ring: string }[] }>(`/api/conversations/${id}/routing`);
  expect(why.items[0]).toMatchObject({ ring: 'addressed' });
  const composer = await boss.get<{ channels: { channel: string; cc: { value: string }[] }[] }>(`/api/conversations/${id}/composer`);
  expect(composer.channels.find(({ channel }) => channel === 'email')!.cc.map(({ value }) => value)).not.toContain(address);
  await postMail(world.mail.smtp, {
    from,
    to: world.mail.address,
    subject,
    text: 'And one more thing.',
    messageId: `<${randomUUID()}@customers.example>`,
  });
  await until('the second mail to be in the same conversation', async () => (await boss.conversation(id)).position >= 2);
});

test('only where nobody can answer the customer is told so, once, with the day of return', async () => {
  for (const socket of sockets.splice(0)) socket.close();
  const phone = '+15550108121';
  const claim = newClaim('CL-2026-881002', { phone, language: 'en' });
  expect((await new ClaimCore(world.manifest.claimEvents).post(claim)).status).toBe(202);
  // The first notice has opened the conversation that the customer answers into.
  await until('the acknowledgement', async () => (await textsTo(phone)).length > 0);
  const owner = world.manifest.people.find(({ name }) => name === claim.handler!.name)!;
  const { id: account } = (await boss.get<{ items: { id: string; name: string }[] }>('/api/people')).items.find(
    ({ name }) => name === owner.name,
  )!;
  await until(
    'everybody to have left',
    async () => {
      const { items } = await boss.get<{ items: { presence: string }[] }>('/api/people');
      return items.every(({ presence }) => presence === 'offline');
    },
    // Who said "online" before their socket was known counts as here for a minute and a half.
    150,
  );
  const ends = later(61 * 60_000 + 2 * DAY);
  const enter = (delegate: string | null): Promise<Absence> =>
    good(post<Absence>(boss, '/api/absences', { account, starts: later(61 * 60_000), ends, delegate, returns: 'never' }));
  const stand = account === emma.me.id ? zhang.me.id : emma.me.id;

  const covered = await enter(stand);
  await postSms(world.sms, { from: phone, text: 'Any news about CL-2026-881002?' });
  const { id } = await until('the conversation', async () => (await boss.find(phone)).items.find((one) => one.claim !== null));
  await until(
    'it to be looked at',
    async () => (await boss.get<{ items: unknown[] }>(`/api/conversations/${id}/routing`)).items.length > 0,
  );
  await good(boss.call('DELETE', `/api/absences/${covered.id}`));

  await enter(null);
  const away = async (): Promise<string[]> => (await textsTo(phone)).filter((text) => text.includes('is away'));
  await postSms(world.sms, { from: phone, text: 'Hello?' });
  await until('the away text', async () => (await away()).length > 0);
  await postSms(world.sms, { from: phone, text: 'Is anybody there?' });
  await until(
    'the third message',
    async () => (await boss.thread(id)).items.filter(({ direction }) => direction === 'inbound').length >= 3,
  );
  await postSms(world.sms, { from: '+15550108122', text: 'Somebody else entirely writes after it.' });
  const other = await until('the other customer', async () => (await boss.find('+15550108122')).items[0]);
  await until(
    'the other to be looked at',
    async () => (await boss.get<{ items: unknown[] }>(`/api/conversations/${other.id}/routing`)).items.length > 0,
  );
  expect(await away()).toHaveLength(1);
  expect((await away())[0]).toContain(
    new Intl.DateTimeFormat('en-GB', { day: 'numeric', timeZone: 'Asia/Shanghai' }).format(Date.parse(ends)),
  );
  expect((await boss.conversation(id)) satisfies Conversation).toMatchObject({ awaitingReply: true });
  expect(await textsTo('+15550108122')).toEqual([]);
});
