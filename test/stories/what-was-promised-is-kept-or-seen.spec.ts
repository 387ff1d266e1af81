import type { Conversation, CustomerPromise, PromisePage, Task, TaskPage } from '@claimline/protocol';
import { Caller } from '../world/caller';
import { ClaimCore, newClaim } from '../world/claim-core';
import type { ConsoleClient } from '../world/console-client';
import { postSms } from '../world/twilio-sender';
import { until } from '../world/until';
import { World } from '../world/world';

let world: World;
let desk: ConsoleClient;
let core: ClaimCore;
const DAY = 24 * 3_600_000;
const start = nextTuesdayAtTen();

beforeAll(async () => {
  world = await World.open();
  await world.shiftClock(start - Date.now());
  desk = await world.signIn('supervisor');
  core = new ClaimCore(world.manifest.claimEvents);
}, 240_000);
afterAll(() => world?.close());

// A Tuesday at ten in Shanghai: the office is open.
function nextTuesdayAtTen(): number {
  const day = new Date(Date.now());
  day.setUTCHours(2, 0, 0, 0);
  do day.setUTCDate(day.getUTCDate() + 1);
  while (day.getUTCDay() !== 2);
  return day.getTime();
}

const number = 'CLM-2026-790201';
const [phone, email] = ['+15550407001', 'promised@customers.test'];
const isoDay = (time: number): string => new Date(time).toISOString().slice(0, 10);
/** Moves on by so many days from the story's first morning. */
const days = (n: number): Promise<void> => world.shiftClock(start + n * DAY - Date.now());
const conversationOf = async (words: string): Promise<string> =>
  (await until(`a conversation of ${words}`, async () => (await desk.find(words)).items[0])).id;
const promises = async (view: string): Promise<CustomerPromise[]> =>
  (await desk.get<PromisePage>(`/api/promises?view=${view}&whose=all&claim=${number}&limit=100`)).items;
const tasks = async (kind: string, state = 'open'): Promise<Task[]> =>
  (await desk.get<TaskPage>(`/api/tasks?view=all&state=${state}&claim=${number}&limit=100`)).items.filter((one) => one.kind === kind);
const complete = (id: string, body: object) => desk.call<Task>('POST', `/api/tasks/${id}/complete`, body);

test('a promise is kept in time, or it is seen to be broken and becomes somebody’s work', async () => {
  await core.post(newClaim(number, { phone, email, timeZone: 'Asia/Shanghai' }, { nextStep: 'inspection', promisedBy: isoDay(start) }));
  // They are told of the report, and answer to that.
  await world.sandbox.waitFor(phone, ({ channel }) => channel === 'twilio-sms');
  await postSms(world.sms, { from: phone, text: 'When do you call me?' });
  const id = await conversationOf(phone);
  await until('the claim', async () => (await desk.conversation(id)).claim?.number === number);
  const due = new Date(start + 2 * 3_600_000).toISOString();
  const made = await desk.call<CustomerPromise>('POST', '/api/promises', { step: 'call back', conversation: id, due });
  expect(made.body).toMatchObject({ state: 'open', source: 'person', claim: number, owner: { id: desk.me.id } });
  const today = await until('both on the list of today', async () => {
    const list = await promises('today');
    return list.length === 2 && list;
  });
  expect(today.map(({ step, source }) => [step, source])).toEqual([
    ['call back', 'person'],
    ['inspection', 'claim-core'],
  ]);
  expect((await desk.call<CustomerPromise>('POST', `/api/promises/${made.body.id}/keep`, {})).body.state).toBe('kept');

  const second = await desk.call<CustomerPromise>('POST', '/api/promises', { step: 'send the form', conversation: id, due });
  await days(1);
  const broken = await until('both to be seen', async () => {
    const list = await promises('broken');
    return list.length === 2 && list;
  });
  expect(broken.map(({ id: one }) => one)).toContain(second.body.id);
  const [mend, ...others] = (await tasks('promise')).filter(({ params }) => params['promise'] === second.body.id);
  expect(others).toEqual([]);
  expect(mend).toMatchObject({ reason: 'promise-broken', owner: { id: desk.me.id } });
  const late = await desk.call<CustomerPromise>('POST', `/api/promises/${second.body.id}/keep`, {});
  expect(late.body).toMatchObject({ state: 'broken', settledAt: expect.any(String) });
  expect((await tasks('promise')).filter(({ params }) => params['promise'] === second.body.id)).toEqual([]);
}, 240_000);

test('a claim that hears nothing for a fortnight has gone quiet, until somebody says a word', async () => {
  const id = await conversationOf(phone);
  await desk.reply(id, 'We are on it', { channel: 'twilio-sms' });
  await days(10);
  await days(17);
  const [quiet] = await until('the silence to be noticed', async () => {
    const list = await tasks('gone-quiet');
    return list.length > 0 && list;
  });
  expect(quiet).toMatchObject({ reason: 'no-outbound' });
  const view = await desk.get<{ items: { id: string }[] }>('/api/conversations?view=quiet&limit=100');
  expect(view.items.map((one) => one.id)).toContain(quiet!.conversationId);
  await desk.reply(quiet!.conversationId!, 'Here is how far we are', { channel: 'twilio-sms' });
  await until('the silence to be over', async () => (await tasks('gone-quiet')).length === 0);
  await until('the view to forget it', async () => {
    const { items } = await desk.get<{ items: { id: string }[] }>('/api/conversations?view=quiet&limit=100');
    return !items.some((one) => one.id === quiet!.conversationId);
  });
}, 240_000);

test('whose claim has ended is called after five working days; a problem found opens a follow-up with its handler and a clock of fifteen days', async () => {
  const before = await conversationOf(phone);
  await desk.call('POST', `/api/conversations/${before}/resolve`, {});
  expect((await core.post({ claimNumber: number, version: 2, stage: 'closed', subStatus: 'withdrawn' })).body.outcome).toBe('applied');
  const [call] = await until('the callback', async () => {
    const list = (await tasks('callback')).filter(({ reason }) => reason === 'aftercare');
    return list.length > 0 && list;
  });
  const workingDays = (Date.parse(call!.due) - Date.parse(call!.createdAt)) / DAY;
  expect(workingDays).toBeGreaterThan(5);
  expect(workingDays).toBeLessThan(9);
  const done = await complete(call!.id, { outcome: 'issue', note: 'The hire car was never paid' });
  expect(done.body).toMatchObject({ state: 'done', outcome: 'issue' });
  const { items } = await desk.find(phone);
  const follow = items.find(({ labels }) => labels.includes('aftercare-issue'))!;
  const shown = await desk.get<Conversation>(`/api/conversations/${follow.id}`);
  const claim = await desk.get<{ handler: { id: string } }>(`/api/claims/${number}`);
  expect(shown).toMatchObject({ claim: { number }, assignee: { id: claim.handler.id }, status: 'open' });
  const clock = shown.clocks.find(({ policy }) => policy === 'callback_issue.CN')!;
  expect(Math.round((Date.parse(clock.deadline) - Date.parse(clock.startedAt)) / DAY)).toBeGreaterThanOrEqual(15);
  expect((await desk.thread(follow.id)).items.some(({ text, kind }) => kind === 'note' && text.includes('hire car'))).toBe(true);
  await desk.call('POST', `/api/conversations/${follow.id}/resolve`, {});
  await until('the clock to be met', async () =>
    (await desk.conversation(follow.id)).clocks.every(({ policy }) => policy !== 'callback_issue.CN'),
  );
}, 240_000);

test('who cannot be reached is tried three times, at the time that the caller chose, and then written to', async () => {
  const caller = await Caller.dial(world.sandbox, '+15550407099');
  await caller.press('2');
  await caller.do('hang-up');
  const id = await conversationOf('+15550407099');
  const open = async (): Promise<Task[]> =>
    (await desk.get<TaskPage>(`/api/tasks?view=all&conversation=${id}`)).items.filter(({ kind }) => kind === 'callback');
  const first = (await until('the callback', async () => (await open())[0]))!;
  const next = new Date(Date.parse(first.createdAt) + 3 * 3_600_000).toISOString();
  await complete(first.id, { outcome: 'no-answer', next });
  const [second] = await open();
  expect(second).toMatchObject({ due: next, params: { attempt: 2 } });
  await complete(second!.id, { outcome: 'voicemail-left' });
  const [third] = await open();
  expect(third!.params['attempt']).toBe(3);
  expect((await complete(third!.id, { outcome: 'no-answer', next })).body.outcome).toBe('unreachable');
  expect(await open()).toEqual([]);
  const write = (await desk.get<TaskPage>(`/api/tasks?view=all&conversation=${id}`)).items.find(({ kind }) => kind === 'send-another-way');
  expect(write).toMatchObject({ reason: 'unreachable' });
}, 240_000);
