import type { Complaint, Composer, ConversationItem, TaskPage } from '@claimline/protocol';
import { ClaimCore, newClaim } from '../world/claim-core';
import type { ConsoleClient } from '../world/console-client';
import { postMail } from '../world/mailer';
import { until } from '../world/until';
import { World } from '../world/world';

const WHO = 'furious@customers.test';
const REGULATOR = 'consumers@insurance.ca.gov';
const CLAIM = 'CLM-2026-780001';

interface CloudEvent {
  readonly type: string;
}

let world: World;
let officer: ConsoleClient;
let adjuster: ConsoleClient;

beforeAll(async () => {
  world = await World.open();
  [officer, adjuster] = await Promise.all([world.signIn('complaints-officer'), world.signIn('adjuster')]);
}, 240_000);
afterAll(() => world?.close());

const ask = <Body>(who: ConsoleClient, method: string, path: string, body?: object) => who.call<Body>(method, path, body);
const step = (complaint: string, act: string, body: object = {}, who = officer) =>
  ask<Complaint & { code: string; params: { reason: string } }>(who, 'POST', `/api/complaints/${complaint}/${act}`, body);
const refused = (reason: string) => ({ status: 409, body: { code: 'complaint-step-refused', params: { reason } } });

/** The office is closed today: whoever writes would be told so by itself. */
async function closeTheOffice(): Promise<void> {
  const administrator = await world.signIn('administrator');
  const inTwoDays = String(((new Date().getUTCDay() + 1) % 7) + 1);
  const hours = { [inTwoDays]: [{ from: '09:00', to: '10:00' }] };
  const calendar = { timeZone: 'UTC', hours, holidays: [], workdays: [] };
  expect((await administrator.call('PUT', '/api/calendars/business', calendar)).status).toBe(200);
}

/** The customer's claim is known, they complain by mail, the regulator is in copy. */
async function complain(): Promise<{ complaint: Complaint; conversation: ConversationItem }> {
  await closeTheOffice();
  const core = new ClaimCore(world.manifest.claimEvents);
  const holder = { externalId: 'furious-holder', email: WHO };
  expect((await core.post(newClaim(CLAIM, holder, { stage: 'investigation', jurisdiction: 'US-CA' }))).body.outcome).toBe('applied');
  await postMail(world.mail.smtp, {
    from: `Rosa Diaz <${WHO}>`,
    to: world.mail.address,
    cc: REGULATOR,
    subject: `Complaint about ${CLAIM}`,
    text: 'This is outrageous!! Five weeks and nobody calls back. I am filing a complaint.',
  });
  const conversation = await until(
    'the conversation',
    async () => (await officer.find(WHO)).items.find(({ labels }) => labels.includes('complaint')),
    60,
  );
  const drafts = await until(
    'the draft on the officer’s screen',
    async () =>
      (await ask<{ items: Complaint[] }>(officer, 'GET', `/api/complaints?view=drafts&conversation=${conversation.id}`)).body.items,
    30,
  );
  expect(drafts).toHaveLength(1);
  return { conversation, complaint: (await ask<Complaint>(officer, 'GET', `/api/complaints/${drafts[0]!.id}`)).body };
}

test('it is heard, kept from machines and from whom it concerns, and ends with an outcome that arrived', async () => {
  const { conversation, complaint } = await complain();
  const { id } = complaint;

  // A draft with its clock from the receipt, labels, and an officer who has it on the list.
  expect(complaint).toMatchObject({ state: 'draft', source: 'regulator', regulator: 'Department of Insurance', claim: CLAIM });
  expect(conversation.labels).toEqual(expect.arrayContaining(['complaint', 'needs-attention', 'regulator']));
  expect(complaint.clocks.map(({ policy }) => policy).sort()).toEqual(['complaint.ack', 'complaint.default', 'complaint.progress']);
  expect(new Set(complaint.clocks.map(({ startedAt }) => startedAt))).toEqual(new Set([complaint.receivedAt]));
  const tasks = (await ask<TaskPage>(officer, 'GET', `/api/tasks?view=mine&conversation=${conversation.id}`)).body.items;
  expect(tasks.map(({ kind }) => kind)).toContain('complaint-draft');

  // Nobody writes to the regulator by default.
  const composer = (await ask<Composer>(officer, 'GET', `/api/conversations/${conversation.id}/composer`)).body;
  const mail = composer.channels.find(({ channel }) => channel === 'email')!;
  expect(mail.leftOut).toEqual([{ value: REGULATOR, reason: 'regulator' }]);
  expect([...mail.recipients, ...mail.cc].map(({ value }) => value)).toEqual([WHO]);

  // The office is closed: what the hub would say of that by itself does not leave.
  const silent = await until(
    'the automatic answer to be stopped',
    async () => (await officer.thread(conversation.id)).items.find(({ delivery }) => delivery?.reason === 'complaint-open'),
    60,
  );
  expect(silent.delivery?.state).toBe('suppressed');

  // Confirmed against the adjuster: the customer gets a receipt with the number.
  const [officerId, adjusterId] = [officer.me.id, adjuster.me.id];
  const confirm = { content: 'Nobody called back for five weeks.', demand: null, against: [adjusterId] };
  expect((await step(id, 'confirm', { ...confirm, representatives: 6 })).status).toBe(422);
  expect((await step(id, 'confirm', confirm)).body.state).toBe('received');
  const receipt = await world.sandbox.waitFor(WHO, ({ text }) => text.includes(complaint.number));
  expect(receipt.raw?.cc ?? '').not.toContain(REGULATOR);

  // Its category brings tasks; the one it is about never investigates and reads nothing of it.
  expect(await step(id, 'investigate', { investigator: officerId })).toMatchObject(refused('not-from-here'));
  expect((await step(id, 'classify', { category: 'claim_timeliness' })).body.state).toBe('classified');
  const list = (await ask<TaskPage>(officer, 'GET', `/api/tasks?view=mine&conversation=${conversation.id}`)).body.items;
  expect(list.filter(({ kind }) => kind === 'complaint-step')).toHaveLength(2);
  expect(await step(id, 'investigate', { investigator: adjusterId })).toMatchObject(refused('recused'));
  expect((await step(id, 'investigate', { investigator: officerId })).body.state).toBe('investigating');
  expect((await step(id, 'notes', { kind: 'evidence', text: 'No call in five weeks', message: complaint.messageId! })).status).toBe(200);
  expect(await step(id, 'notes', { kind: 'note', text: 'not me' }, adjuster)).toMatchObject(refused('recused'));
  const seen = (await ask<Complaint>(adjuster, 'GET', `/api/complaints/${id}`)).body;
  expect(seen).toMatchObject({ investigation: null, history: [], deeds: [], messages: [] });

  // No execution without consent, no end without an outcome.
  const due = new Date(Date.now() + 3 * 86_400_000).toISOString();
  const proposal = { text: 'A new handler calls within a day.', rootCause: 'slow-answer', owner: officerId, due };
  expect((await step(id, 'propose', proposal)).body.state).toBe('proposed');
  expect(await step(id, 'execute', { agreement: 'agreed' })).toMatchObject(refused('consent-missing'));
  await postMail(world.mail.smtp, { from: WHO, to: world.mail.address, subject: 'Re', text: 'Fine, I agree to that.' });
  const yes = await until(
    'the agreement',
    async () => (await officer.thread(conversation.id)).items.find(({ text }) => text.includes('I agree')),
    30,
  );
  expect((await step(id, 'execute', { agreement: 'agreed', message: yes.id })).body.state).toBe('executing');
  expect((await step(id, 'follow-up')).body.state).toBe('follow_up');
  expect(await step(id, 'close')).toMatchObject(refused('outcome-missing'));
  expect((await step(id, 'outcome', { text: 'You were right: nobody called. A new handler does now.' })).status).toBe(200);
  const outcome = await world.sandbox.waitFor(WHO, ({ text }) => text.includes('You were right'));
  expect(outcome.text).toContain(complaint.number);
  await until('the outcome to count', async () => (await ask<Complaint>(officer, 'GET', `/api/complaints/${id}`)).body.outcome?.sentAt, 30);
  expect((await step(id, 'score', { score: 4 })).body.state).toBe('follow_up');
  const closed = (await step(id, 'close')).body;
  expect(closed.state).toBe('closed');
  expect(closed.clocks.filter(({ state }) => state === 'running')).toEqual([]);

  // The claim core hears how it ended, and not a word of what was said.
  const administrator = await world.signIn('administrator');
  const heard = await until(
    'the claim core to be told',
    async () =>
      (await administrator.get<{ items: CloudEvent[] }>('/api/claim-core/events')).items.find(({ type }) => type === 'complaint.closed'),
    30,
  );
  expect(heard).toMatchObject({
    subject: CLAIM,
    data: { complaint: complaint.number, category: 'claim_timeliness', withRegulator: true, score: 4 },
  });
  expect(JSON.stringify(heard)).not.toContain('outrageous');

  // The month's figures are those of its rows, and this one is among them.
  const report = (await ask<{ total: number; byCategory: { count: number }[] }>(officer, 'GET', '/api/complaints/report')).body;
  const csv = await fetch(`${world.hub.url}/api/complaints/report.csv`, { headers: officer.signedIn });
  const rows = (await csv.text()).trim().split('\r\n').slice(1);
  expect(rows).toHaveLength(report.total);
  expect(report.byCategory.reduce((sum, { count }) => sum + count, 0)).toBe(report.total);
  expect(rows.some((row) => row.startsWith(complaint.number))).toBe(true);
}, 240_000);
