import { randomBytes } from 'node:crypto';
import type { Claim, ClaimCoreDeliveryPage, ConversationItem, PolicyList, Problem, Report, TaskPage } from '@claimline/protocol';
import type { ConsoleClient } from '../world/console-client';
import { until } from '../world/until';
import { World } from '../world/world';

let world: World;
let desk: ConsoleClient;
let administrator: ConsoleClient;

beforeAll(async () => {
  world = await World.open();
  desk = await world.signIn('supervisor');
  administrator = await world.signIn('administrator');
}, 240_000);
afterAll(() => world?.close());

// Seconds; a loaded machine is slow.
const WAIT = 45;
const HOUR = 3_600_000;
const WORDS = '我在延安路被追尾了，人没事，车牌沪A·X8812';

interface Heard {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly signature: string;
  readonly again: boolean;
  readonly claim: string | null;
  readonly data: { readonly channel: string; readonly report: Record<string, Record<string, unknown>> };
}

const heard = async (draft: string): Promise<Heard[]> => {
  const all = (await (await fetch(`${world.manifest.sandbox.url}/claim-core/heard`)).json()) as Heard[];
  return all.filter(({ subject }) => subject === draft);
};
const somebody = (): string => `oVoice${randomBytes(9).toString('hex')}`;
const sound = { name: 'voice.amr', contentType: 'audio/amr', base64: Buffer.from('#!AMR\n simulated voice').toString('base64') };
const speak = async (from: string, transcript?: string): Promise<ConversationItem> => {
  await world.sandbox.act({ kind: 'wechat' }, { do: 'voice-message', from, media: sound, seconds: 7, transcript });
  return until(`a conversation of ${from}`, async () => (await desk.find(from)).items[0], WAIT);
};
const begin = async (conversation: string): Promise<Report> => (await desk.call<Report>('POST', '/api/reports', { conversation })).body;
const fill = async (id: string, body: object): Promise<Report> => (await desk.call<Report>('PATCH', `/api/reports/${id}`, body)).body;
const importPolicies = (csv: string): Promise<Response> =>
  fetch(`${world.hub.url}/api/policies/import`, {
    method: 'POST',
    headers: { ...administrator.signedIn, 'content-type': 'text/csv' },
    body: csv,
  });

test('a voice message with its words becomes a claim: prefilled, told once with a valid signature, bound and acknowledged once', async () => {
  const loaded = await importPolicies(
    '保单号,险种,投保人,手机号,车牌号,起保日期,终保日期\nPDAASTORY2026008812,motor,陈晓,+8613900008812,沪AX8812,2026-01-01,2026-12-31\nPDAABROKEN,motor,王,,,2026-13-01,\n',
  );
  expect([loaded.status, await loaded.json()]).toMatchObject([200, { read: 2, loaded: 1, errors: [{ line: 3 }] }]);

  const openId = somebody();
  const row = await speak(openId, WORDS);
  const labeled = await until(
    'the clock',
    async () => {
      const now = await desk.conversation(row.id);
      return now.labels.includes('new-loss') && now.nextDue ? now : undefined;
    },
    WAIT,
  );
  expect(labeled.labels).toContain('motor');

  const report = await begin(row.id);
  expect(report.fields).toMatchObject({
    injured: false,
    lineOfBusiness: 'motor',
    lossKind: 'rear-end',
    location: '延安路',
    plate: '沪A·X8812',
    wechat: openId,
  });
  expect(report.heard).toMatchObject([{ transcript: WORDS }]);
  expect((await begin(row.id)).id).toBe(report.id);

  const policies = await desk.get<PolicyList>(`/api/policies?conversation=${row.id}`);
  expect(policies.items).toMatchObject([{ number: '··8812', holder: '陈*', plate: '··8812', reason: 'plate' }]);
  expect(JSON.stringify(policies)).not.toContain('PDAASTORY2026008812');
  const chosen = await fill(report.id, { policy: policies.items[0]!.ref });
  expect(chosen.fields).toMatchObject({ policyNumber: 'PDAASTORY2026008812', policyTo: '2026-12-31' });

  const early = await desk.call<Problem>('POST', `/api/reports/${report.id}/submit`, {});
  expect([early.status, early.body.code, early.body.params]).toEqual([422, 'report-incomplete', { fields: 'reporterName' }]);
  await fill(report.id, { fields: { reporterName: '陈晓' } });

  const twice = await Promise.all([1, 2].map(() => desk.call<Report>('POST', `/api/reports/${report.id}/submit`, {})));
  expect(twice.map(({ status }) => status)).toEqual([200, 200]);
  const [told] = await until(
    'the claim core to hear of it',
    async () => ((await heard(report.id)).length > 0 ? heard(report.id) : undefined),
    WAIT,
  );
  expect(told).toMatchObject({
    type: 'fnol.submitted',
    signature: 'valid',
    data: { channel: 'wechat', report: { loss: { lossKind: 'rear-end' } } },
  });

  const bound = await until(
    'the conversation to be bound',
    async () => {
      const now = await desk.conversation(row.id);
      return now.claim ? now : undefined;
    },
    WAIT,
  );
  expect(bound.claim).toMatchObject({ number: told!.claim, stage: 'reported', line: 'motor' });
  const claim = await desk.get<Claim>(`/api/claims/${told!.claim}`);
  expect(claim.stageLine.find(({ stage }) => stage === 'reported')).toMatchObject({ state: 'current' });
  expect(claim.parties).toMatchObject([{ contact: { id: bound.contactId } }]);

  const acknowledged = await world.sandbox.waitFor(openId, ({ text }) => /报案已/.test(text), WAIT * 1000);
  expect(acknowledged.channel).toBe('wechat');
  expect((await heard(report.id)).length).toBe(1);
  expect((await world.outbox(openId)).filter(({ text }) => /报案已/.test(text))).toHaveLength(1);
  expect((await desk.get<Report>(`/api/reports/${report.id}`)).state).toBe('reported');
});

test('without a transcript the sound is there to be listened to; the second report of one loss is put before a person', async () => {
  const openId = somebody();
  const row = await speak(openId);
  const report = await begin(row.id);
  expect(report.heard).toMatchObject([{ transcript: null }]);
  expect(report.lacks.required).toEqual(expect.arrayContaining(['injured', 'reporterName', 'lossDate']));

  const future = await desk.call<Problem>('PATCH', `/api/reports/${report.id}`, { fields: { lossDate: '2099-01-01' } });
  expect([future.status, future.body.code]).toEqual([422, 'loss-in-future']);
  const first = (await desk.get<{ items: { lossDate: string }[] }>('/api/reports?state=reported')).items[0]!;
  const filled = await fill(report.id, {
    fields: {
      injured: false,
      reporterName: '王五',
      lineOfBusiness: 'motor',
      lossKind: 'rear-end',
      lossDate: first.lossDate,
      location: '延安路',
      description: '被追尾',
      policyNumber: 'PDAASTORY2026008812',
      policyFrom: '2020-01-01',
      policyTo: '2020-12-31',
    },
  });
  expect(filled.flags).toEqual(['outside-policy-period']);
  expect(filled.similar).toMatchObject([{ kind: 'claim', lossKind: 'rear-end' }]);
  const refused = await desk.call<Problem>('POST', `/api/reports/${report.id}/submit`, {});
  expect([refused.status, refused.body.code]).toEqual([409, 'possible-duplicate']);
  await desk.call('POST', `/api/reports/${report.id}/apart`, { references: filled.similar.map(({ reference }) => reference) });
  expect((await desk.call('POST', `/api/reports/${report.id}/submit`, {})).status).toBe(200);
});

test('a report that is left lying becomes a callback and stays; the claim core that was down gets it, and gets it again on demand', async () => {
  const row = await speak(somebody(), '家里水管爆管了，没有人受伤');
  const report = await begin(row.id);
  await world.shiftClock(HOUR);
  const task = await until(
    'the callback',
    async () => {
      const { items } = await desk.get<TaskPage>(`/api/tasks?view=all&conversation=${row.id}`);
      return items.find(({ reason }) => reason === 'report-left');
    },
    WAIT,
  );
  expect(task).toMatchObject({ kind: 'callback', params: { report: report.id } });
  await fill(report.id, { fields: { reporterName: '赵六', policyNumber: 'HOME1', lineOfBusiness: 'property', location: '中山路1号' } });
  await until(
    'the callback to be over',
    async () => {
      const { items } = await desk.get<TaskPage>(`/api/tasks?view=all&conversation=${row.id}`);
      return items.every(({ id }) => id !== task.id);
    },
    WAIT,
  );
  await world.shiftClock(0);

  await fetch(`${world.manifest.sandbox.url}/claim-core/refuse`, { method: 'POST', body: JSON.stringify({ times: 1 }) });
  expect((await desk.call<Report>('POST', `/api/reports/${report.id}/submit`, {})).status).toBe(200);
  await until('it to be taken after all', async () => (await heard(report.id))[0], WAIT);
  const delivery = await until(
    'the delivery log',
    async () => {
      const { items } = await administrator.get<ClaimCoreDeliveryPage>('/api/claim-core/deliveries');
      return items.find(({ subject, state }) => subject === report.id && state === 'delivered');
    },
    WAIT,
  );
  expect(delivery.attempts).toBe(2);
  expect((await administrator.call('POST', `/api/claim-core/deliveries/${delivery.id}/replay`, {})).status).toBe(200);
  const again = await until('the replay', async () => (await heard(report.id))[1], WAIT);
  expect(again).toMatchObject({ again: true, signature: 'valid', id: delivery.id });
  const feed = await administrator.get<{ items: { id: string; subject: string }[] }>('/api/claim-core/events?after=0');
  expect(feed.items.map(({ subject }) => subject)).toContain(report.id);
});

test('a stranger is asked by a link whether the claim is theirs, sees masked things only, and one tap binds the conversation', async () => {
  const openId = somebody();
  const { items } = await desk.get<{ items: { number: string; plate: string | null; policyNumber: string | null; stage: string }[] }>(
    '/api/claims?limit=100',
  );
  const claim = items.find(({ plate, stage }) => plate && stage !== 'closed')!;
  const row = await speak(openId, `我的车牌是${claim.plate}，想问一下`);
  const suggested = await until('the claim of the plate', async () => (await desk.conversation(row.id)).suggestedClaims[0], WAIT);
  expect(suggested).toMatchObject({ number: claim.number, reason: 'plate-in-text' });
  expect((await desk.call('POST', `/api/conversations/${row.id}/bind-link`, { claim: claim.number })).status).toBe(200);
  const { text } = await world.sandbox.waitFor(openId, (entry) => entry.text.includes('/portal/bind/'), WAIT * 1000);
  const token = /\/portal\/bind\/([\w-]+)/.exec(text)![1]!;
  const page = `${world.hub.url}/api/portal/bind/${token}`;
  const asked = await (await fetch(`${page}/question`)).text();
  expect(JSON.parse(asked)).toMatchObject({ kind: 'claim', number: `··${claim.number.replace(/\W/g, '').slice(-4)}` });
  for (const secret of [claim.number, claim.plate, claim.policyNumber]) expect(asked).not.toContain(secret);
  const tap = (): Promise<Response> =>
    fetch(`${page}/answer`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ mine: true }) });
  expect((await tap()).status).toBe(200);
  expect((await desk.conversation(row.id)).claim?.number).toBe(claim.number);
  expect((await tap()).status).not.toBe(200);
});
