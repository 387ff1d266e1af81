import type { SurveyInvitationItem, SurveyInvitations, SurveyReport, TaskPage } from '@claimline/protocol';
import { ClaimCore, newClaim } from '../world/claim-core';
import type { ConsoleClient } from '../world/console-client';
import { postMail } from '../world/mailer';
import { linkIn, PortalClient } from '../world/portal-client';
import { postSms } from '../world/twilio-sender';
import { until } from '../world/until';
import { World } from '../world/world';

jest.setTimeout(240_000);

const HOUR = 3_600_000;
const QUESTIONS = ['overall', 'process', 'attitude', 'efficiency', 'outcome'] as const;

let world: World;
let boss: ConsoleClient;
let core: ClaimCore;

beforeAll(async () => {
  world = await World.open();
  boss = await world.signIn('supervisor');
  core = new ClaimCore(world.manifest.claimEvents);
}, 240_000);
afterAll(() => world?.close());

/** A customer of a claim writes, is answered, their conversation is over, and then the claim. */
async function closed(number: string, phone: string, over: object = {}): Promise<string> {
  expect((await core.post(newClaim(number, { phone, ...over }))).status).toBe(202);
  await postSms(world.sms, { from: phone, text: `About ${number}: when do you call me?` });
  const { id } = await until(
    `the conversation of ${phone}`,
    async () => (await boss.find(phone)).items.find(({ claim }) => claim?.number === number),
    60,
  );
  expect((await boss.reply(id, 'We called you, all is settled.', { channel: 'twilio-sms' })).status).toBeLessThan(300);
  return id;
}
const end = async (number: string, conversation: string): Promise<void> => {
  expect((await boss.call('POST', `/api/conversations/${conversation}/resolve`, {})).status).toBeLessThan(300);
  expect((await core.post({ claimNumber: number, version: 2, stage: 'closed', subStatus: 'withdrawn' })).body.outcome).toBe('applied');
};
const invitation = async (number: string): Promise<SurveyInvitationItem | undefined> =>
  (await boss.get<SurveyInvitations>(`/api/surveys/invitations/${number}`)).items[0];
const settled = (number: string, state: string): Promise<SurveyInvitationItem> =>
  until(
    `the invitation about ${number} to be ${state}`,
    async () => {
      const one = await invitation(number);
      return one?.state === state && one;
    },
    60,
  );
const asked = (phone: string, words: string) => world.sandbox.waitFor(phone, ({ text }) => text.includes(words), 60_000);
// The same days before and after: without them the report is of the last thirty, and a day that passes takes one of the demo's along.
const day = (offset: number): string => new Date(Date.now() + offset * 24 * HOUR).toISOString().slice(0, 10);
const [from, to] = [day(-27), day(5)];
const report = (): Promise<SurveyReport> => boss.get<SurveyReport>(`/api/surveys/report?from=${from}&to=${to}`);

test('five scores by SMS are one response; other words leave; a complaint or a lawyer spares the question; the page shows it all', async () => {
  const before = await report();
  const [answering, leaving, complaining, represented] = [
    'CLM-2026-790301',
    'CLM-2026-790302',
    'CLM-2026-790303',
    'CLM-2026-790304',
  ] as const;
  const [a, b, c, d] = ['+15550409001', '+15550409002', '+15550409003', '+15550409004'] as const;
  const [first, second, third] = [await closed(answering, a), await closed(leaving, b), await closed(complaining, c)];
  expect((await boss.call('POST', '/api/complaints', { conversation: third })).status).toBeLessThan(300);
  const lawyer = {
    externalId: 'lawyer',
    role: 'attorney' as const,
    name: 'A Lawyer',
    kind: 'person' as const,
    email: 'law@firm.test',
  };
  const holder = newClaim(represented, { phone: d, representedBy: 'lawyer' });
  expect((await core.post({ ...holder, parties: [...holder.parties!, lawyer] })).status).toBe(202);
  for (const [number, conversation] of [
    [answering, first],
    [leaving, second],
    [complaining, third],
  ] as const)
    await end(number, conversation);
  await core.post({ claimNumber: represented, version: 2, stage: 'closed', subStatus: 'withdrawn' });
  for (const number of [answering, leaving, complaining, represented])
    expect(await settled(number, 'planned')).toMatchObject({ scores: {}, invitedAt: null });

  // A day later.
  await world.shiftClock(25 * HOUR);
  await asked(a, 'Overall');
  await asked(b, 'Overall');
  expect((await settled(complaining, 'suppressed')).reason).toBe('open-complaint');
  expect((await settled(represented, 'suppressed')).reason).toBe('represented');

  const words = ['steps', 'people', 'fast', 'result', 'thank you'];
  for (const [place, text] of ['4', '５', '三', '5!', '２'].entries()) {
    await postSms(world.sms, { from: a, text });
    await asked(a, words[place]!);
  }
  const answered = await settled(answering, 'answered');
  expect(answered).toMatchObject({
    mode: 'sms',
    conversation: first,
    scores: { overall: 4, process: 5, attitude: 3, efficiency: 5, outcome: 2 },
  });
  // Nobody was disturbed: what was over is over, nothing waits, no clock runs.
  const conversation = await boss.conversation(first);
  expect(conversation).toMatchObject({ status: 'resolved', clocks: [] });
  expect((await boss.find(a)).items.filter(({ awaitingReply }) => awaitingReply)).toEqual([]);
  const administrator = await world.signIn('administrator');
  const heard = await until(
    'the claim core to hear',
    async () =>
      (await administrator.get<{ items: { type: string; subject: string; data: object }[] }>('/api/claim-core/events')).items.find(
        ({ type, subject }) => type === 'survey.answered' && subject === answering,
      ),
    60,
  );
  expect(heard.data).toMatchObject({ scores: answered.scores, mode: 'sms' });

  await postSms(world.sms, { from: b, text: '5' });
  await asked(b, 'steps');
  await postSms(world.sms, { from: b, text: 'When is the money there?' });
  expect(await settled(leaving, 'left')).toMatchObject({ scores: { overall: 5 } });
  const asking = await until(
    'the question to wait for somebody',
    async () => (await boss.find(b)).items.find(({ awaitingReply }) => awaitingReply),
    60,
  );
  expect(asking.preview).toContain('When is the money');
  expect((await world.outbox(b)).filter(({ text }) => text.includes('people'))).toEqual([]);

  const after = await report();
  const overall = (one: SurveyReport) => one.questions.find(({ question }) => question === 'overall')!;
  expect(overall(after).baseline).toBe(75);
  expect(overall(after).toBaseline).toBeCloseTo(100 * overall(after).share! - 75, 0);
  expect(after.invitations.suppressed.find(({ code }) => code === 'represented')).toEqual({ code: 'represented', count: 1 });
  expect(after.invitations.sent).toBe(before.invitations.sent + 2);
  // The figures are those of the rows, counted here once more.
  const csv = await (await fetch(`${world.hub.url}/api/surveys/report.csv?from=${from}&to=${to}`, { headers: boss.signedIn })).text();
  const [head, ...lines] = csv
    .trim()
    .split('\r\n')
    .map((line) => line.split(','));
  expect(after.responses).toBe(lines.length);
  for (const question of QUESTIONS) {
    const scores = lines
      .map((line) => line[head!.indexOf(question)]!)
      .filter(Boolean)
      .map(Number);
    const figure = after.questions.find((one) => one.question === question)!;
    expect([figure.n, figure.share]).toEqual([scores.length, scores.filter((score) => score >= 4).length / scores.length]);
  }
  const [adjuster, auditor] = [await world.signIn('adjuster'), await world.signIn('auditor')];
  expect((await adjuster.call('GET', '/api/surveys/report')).status).toBe(403);
  expect((await auditor.call('GET', '/api/surveys/report')).status).toBe(200);
  expect((await auditor.call('POST', '/api/surveys/baseline', { effectiveOn: '2026-01-01', percents: { overall: 70 } })).status).toBe(403);
  const replaced = { effectiveOn: '2026-01-01', csv: 'question,percent\noverall,70\n' };
  expect((await boss.call('POST', '/api/surveys/baseline', { ...replaced, csv: 'speed,70' })).status).toBe(422);
  expect((await boss.call<{ percents: object }>('POST', '/api/surveys/baseline', replaced)).body.percents).toMatchObject({ overall: 70 });
});

test('whoever writes mails gets a link to five taps, once; whoever only called is called', async () => {
  const number = 'CLM-2026-790305';
  const email = 'asked@customers.test';
  expect((await core.post(newClaim(number, { email }))).status).toBe(202);
  await postMail(world.mail.smtp, { from: email, to: world.mail.address, subject: number, text: 'Thank you for everything.' });
  const { id } = await until('the mail', async () => (await boss.find(email)).items.find(({ claim }) => claim?.number === number), 60);
  await boss.reply(id, 'You are welcome.');
  await end(number, id);
  await settled(number, 'planned');
  await world.shiftClock(51 * HOUR);
  const mail = await world.sandbox.waitFor(email, ({ text }) => text.includes('/portal/survey/'), 60_000);
  const link = linkIn(mail.text)!;
  const customer = new PortalClient(world.hub.url);
  expect((await customer.call<object>('GET', `${link}/questions`)).body).toMatchObject({ claim: '*790305', questions: [...QUESTIONS] });
  const scores = { overall: 5, process: 4, attitude: 5, efficiency: 2, outcome: 4 };
  expect((await customer.call('POST', `${link}/answers`, { scores: { ...scores, overall: 6 } })).status).toBe(422);
  expect((await customer.call('POST', `${link}/answers`, { scores, comment: 'Quick and kind.' })).status).toBe(204);
  expect((await customer.call<{ code: string }>('POST', `${link}/answers`, { scores })).body.code).toBe('link-used');
  expect(await settled(number, 'answered')).toMatchObject({ mode: 'mail', scores, comment: 'Quick and kind.' });

  const silent = 'CLM-2026-790306';
  expect((await core.post(newClaim(silent, {}))).status).toBe(202);
  expect((await core.post({ claimNumber: silent, version: 2, stage: 'closed', subStatus: 'withdrawn' })).body.outcome).toBe('applied');
  await settled(silent, 'planned');
  await world.shiftClock(80 * HOUR);
  const { id: toCall } = await settled(silent, 'invited');
  const [task] = (await boss.get<TaskPage>(`/api/tasks?view=all&state=open&claim=${silent}`)).items.filter(
    ({ kind }) => kind === 'survey-call',
  );
  expect(task!.params).toEqual({ invitation: toCall });
  expect((await boss.call('POST', `/api/surveys/${toCall}/phone`, { scores })).status).toBe(200);
  expect((await boss.call<{ code: string }>('POST', `/api/surveys/${toCall}/phone`, { scores })).body.code).toBe('already-taken');
  expect(await settled(silent, 'answered')).toMatchObject({ mode: 'phone', scores });
  expect(
    (await boss.get<TaskPage>(`/api/tasks?view=all&state=open&claim=${silent}`)).items.filter(({ kind }) => kind === 'survey-call'),
  ).toEqual([]);
});
