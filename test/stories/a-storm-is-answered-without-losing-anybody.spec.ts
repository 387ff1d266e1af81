import type {
  Broadcast,
  BroadcastPreview,
  BulkPreview,
  BulkRun,
  Catastrophe,
  Catastrophes,
  ConversationPage,
  DuplicateGroups,
  SurgeState,
} from '@claimline/protocol';
import { newClaim } from '../world/claim-core';
import type { ConsoleClient } from '../world/console-client';
import { postSms } from '../world/twilio-sender';
import { until } from '../world/until';
import { World } from '../world/world';

const TAG = 'CAT-STORY-HAIL';
const CLAIMS = 60;
const WRITERS = 12;
const STOPPED = CLAIMS - 1;
const phoneOf = (n: number): string => `+1555071${String(1000 + n)}`;
const FILTER = `catastrophe=${TAG}&limit=100`;

let world: World;
let supervisor: ConsoleClient;
let administrator: ConsoleClient;
/** Everything that phones of the storm received, also before a crash, which the simulated phones do not survive. */
const received: { id: string; to: string; text: string }[] = [];

beforeAll(async () => {
  world = await World.open();
  [supervisor, administrator] = await Promise.all([world.signIn('supervisor'), world.signIn('administrator')]);
}, 150_000);
afterAll(() => world?.close());

async function importClaims(): Promise<void> {
  const lines = Array.from({ length: CLAIMS }, (_, n) =>
    JSON.stringify(
      newClaim(
        `HAIL-${1000 + n}`,
        { phone: phoneOf(n), language: n % 2 ? 'zh-CN' : 'en' },
        { lossDate: '2026-11-20', jurisdiction: 'US-TX', lineOfBusiness: 'property', policyNumber: `HAILPOLICY${7000 + n}` },
      ),
    ),
  );
  const response = await fetch(`${world.hub.url}/api/claims/import`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson', authorization: `Bearer ${world.manifest.claimEvents.apiKey}` },
    body: lines.join('\n'),
  });
  expect(await response.json()).toMatchObject({ applied: CLAIMS, errors: [] });
}

async function collect(): Promise<void> {
  const known = new Set(received.map(({ id }) => id));
  for (const one of await world.sandbox.outbox(undefined, 10_000))
    if (one.to.startsWith('+1555071') && !known.has(one.id)) received.push(one);
}
const got = (words: RegExp): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const { to, text } of received) if (words.test(text)) counts.set(to, (counts.get(to) ?? 0) + 1);
  return counts;
};
let crashes = 0;
/** `kill -9`; the time of what was being sent at that moment runs out, so that it is uncertain and no longer under way. */
async function crash(): Promise<void> {
  await world.crash();
  crashes += 1;
  await world.shiftClock(crashes * 180_000);
  [supervisor, administrator] = await Promise.all([world.signIn('supervisor'), world.signIn('administrator')]);
}
const listed = (query: string): Promise<ConversationPage> => supervisor.get(`/api/conversations?${query}`);
const run = async (body: object): Promise<BulkRun> => {
  const { status, body: started } = await supervisor.call<BulkRun>('POST', '/api/conversations/bulk', body);
  expect(status).toBe(201);
  return started;
};
const ended = (id: string): Promise<BulkRun> =>
  until(
    'the run to end',
    async () => {
      const now = await supervisor.get<BulkRun>(`/api/bulk-runs/${id}`);
      return now.state === 'finished' && now.counts.sending === 0 ? now : undefined;
    },
    60,
  );
const sum = (reasons: Readonly<Record<string, number>>): number => Object.values(reasons).reduce((all, one) => all + one, 0);
const steer = (who: ConsoleClient, id: string, act: string) =>
  who.call<Broadcast & { code: string }>('POST', `/api/broadcasts/${id}/${act}`);
const broadcast = (id: string): Promise<Broadcast> => supervisor.get(`/api/broadcasts/${id}`);

test('a storm: its claims are known, everybody who writes hears once when they are answered, and whoever is hurt stands first', async () => {
  await importClaims();
  const entered = await supervisor.call<Catastrophe>('POST', '/api/catastrophes', {
    tag: TAG,
    name: 'Hail over the story',
    peril: 'hail',
    area: 'Texas',
    jurisdictions: ['US-TX'],
    startsOn: '2026-11-19',
    endsOn: '2026-11-21',
  });
  expect(entered.status).toBe(201);
  expect(entered.body.figures).toMatchObject({ claims: CLAIMS, told: 0, notTold: CLAIMS });

  // Two calls: what it would say, and on. An adjuster may not.
  const adjuster = await world.signIn('adjuster');
  expect((await adjuster.call('PUT', '/api/surge', { on: true })).status).toBe(403);
  expect(await supervisor.get<SurgeState>('/api/surge')).toMatchObject({ on: false });
  expect((await supervisor.call<SurgeState>('PUT', '/api/surge', { on: true, catastrophe: TAG })).body).toMatchObject({
    on: true,
    by: { id: supervisor.me.id },
  });

  for (let n = 0; n < WRITERS; n++) {
    const text = n === 7 ? 'My wife is hurt, the roof fell in' : n % 2 ? `冰雹把屋顶砸坏了 ${n}` : `Hail broke my roof ${n}`;
    expect((await postSms(world.sms, { from: phoneOf(n), text })).ok).toBe(true);
  }
  await postSms(world.sms, { from: phoneOf(3), text: '还有窗户' });
  await postSms(world.sms, { from: '+15550719999', text: 'What are your office hours?' });
  await until(
    'everybody to be acknowledged',
    async () => {
      await collect();
      return got(/within about|小时内在此回复/).size === WRITERS;
    },
    60,
  );
  await until('the list to be labelled', async () => (await listed(`view=all&awaiting=true&${FILTER}`)).items.length === WRITERS, 60);
  expect([...got(/within about|小时内在此回复/).values()].filter((count) => count !== 1)).toEqual([]);
  expect(got(/./).get('+15550719999')).toBeUndefined();

  const { items } = await listed(`view=unassigned&${FILTER}`);
  expect(items[0]!.labels).toContain('injury');
  expect(items.every(({ awaitingReply }) => awaitingReply)).toBe(true);
  const { items: events } = await supervisor.get<Catastrophes>('/api/catastrophes');
  expect(events.find(({ tag }) => tag === TAG)!.figures).toMatchObject({ waiting: WRITERS, injuries: 1 });
  expect((await supervisor.call<SurgeState>('PUT', '/api/surge', { on: false })).body.on).toBe(false);
}, 120_000);

test('the same loss reported by two is seen, with the reason, and a person says that it is one', async () => {
  await postSms(world.sms, { from: '+15550719101', text: 'Hail hit my car, license plate HX-77001' });
  await postSms(world.sms, { from: '+15550719102', text: 'hail damage on our car, plate HX 77001? plate HX-77001' });
  const group = await until(
    'the group',
    async () => {
      const { items } = await supervisor.get<DuplicateGroups>(`/api/duplicates?catastrophe=${TAG}`);
      return items.find(({ reason }) => reason === 'plate');
    },
    60,
  );
  expect(group).toMatchObject({ reason: 'plate', value: '··7001' });
  expect(group.conversations).toHaveLength(2);
  const [one, other] = group.conversations;
  const { status } = await supervisor.call('POST', `/api/conversations/${one!.id}/duplicates`, { other: other!.id, verdict: 'same' });
  expect(status).toBe(200);
  expect(
    (await supervisor.get<DuplicateGroups>(`/api/duplicates?catastrophe=${TAG}`)).items.filter(({ reason }) => reason === 'plate'),
  ).toEqual([]);
  expect((await supervisor.conversation(one!.id)).labels).toContain('duplicate');
}, 60_000);

test('all of a view are assigned, tagged, untagged and answered, each once, also over a kill', async () => {
  const adjuster = await world.signIn('adjuster');
  const filter = { view: 'all', catastrophe: TAG, awaiting: true };
  const { total } = await supervisor.get<{ total: number }>(`/api/conversation-total?view=all&awaiting=true&catastrophe=${TAG}`);
  expect(total).toBe(WRITERS + 2);

  const assigned = await ended((await run({ filter, act: { kind: 'assign', accountId: adjuster.me.id } })).id);
  expect(assigned.counts.done + sum(assigned.counts.refused)).toBe(total);
  expect(assigned.counts.done).toBeGreaterThan(0);
  expect((await listed(`view=all&assignee=${adjuster.me.id}&${FILTER}`)).items).toHaveLength(assigned.counts.done);

  const tagged = await ended((await run({ filter, act: { kind: 'tag', add: ['tarpaulin'] } })).id);
  expect(tagged.counts).toMatchObject({ done: total, waiting: 0, refused: {} });
  expect((await listed(`view=all&label=tarpaulin&limit=100`)).items).toHaveLength(total);
  const undone = await supervisor.call<BulkRun>('POST', `/api/bulk-runs/${tagged.id}/undo`);
  await ended(undone.body.id);
  expect((await listed(`view=all&label=tarpaulin&limit=100`)).items).toEqual([]);
  expect((await supervisor.call('POST', `/api/bulk-runs/${tagged.id}/undo`)).status).toBe(409);

  const act = { kind: 'reply', text: 'Tarpaulins are on their way' };
  const preview = await supervisor.call<BulkPreview>('POST', '/api/conversations/bulk/preview', { filter, act });
  expect(preview.body.total).toBe(total);
  expect(preview.body.senders).toMatchObject([{ count: total }]);
  // Slow enough that the kill meets it in the middle.
  await administrator.call('PATCH', `/api/inboxes/${world.inbox('twilio-sms').id}`, { sendsPerSecond: 4 });
  const { id } = await run({ filter, act });
  await collect();
  await crash();
  const answered = await ended(id);
  const { counts } = answered;
  expect(counts.done + sum(counts.held) + sum(counts.refused)).toBe(total);
  await collect();
  const told = got(/Tarpaulins/);
  expect([...told.values()].filter((count) => count !== 1)).toEqual([]);
  for (const item of (await listed(`view=all&${FILTER}`)).items.filter(({ preview: words }) => words.includes('Tarpaulins')).slice(0, 5)) {
    const { items } = await supervisor.thread(item.id);
    expect(items.filter(({ text }) => text.includes('Tarpaulins'))).toHaveLength(1);
  }
}, 180_000);

test('a broadcast is previewed, approved by somebody else, paused, resumed and killed, and its counts are exact', async () => {
  await administrator.call('PATCH', `/api/inboxes/${world.inbox('twilio-sms').id}`, { sendsPerSecond: null });
  await postSms(world.sms, { from: phoneOf(STOPPED), text: 'STOP' });
  const wish = { template: 'cat_safety', audience: { catastrophe: TAG } };
  const preview = await until(
    'the refusal to be known',
    async () => {
      const { body } = await supervisor.call<BroadcastPreview>('POST', '/api/broadcasts/preview', wish);
      return body.notTold['opted-out'] === 1 ? body : undefined;
    },
    60,
  );
  expect(preview).toMatchObject({ total: CLAIMS, checked: CLAIMS, willGet: CLAIMS - 1, notTold: { 'opted-out': 1 } });
  expect(preview.left).toMatchObject([{ claim: `HAIL-${1000 + STOPPED}`, reason: 'opted-out' }]);
  expect(new Set(preview.samples.map(({ language }) => language))).toEqual(new Set(['en', 'zh-CN']));
  expect(preview.samples[0]!.text).toContain('Hail over the story');

  const submitted = await supervisor.call<Broadcast>('POST', '/api/broadcasts', {
    ...wish,
    name: 'Safety after the hail',
    perHour: 21_600,
  });
  expect(submitted.body).toMatchObject({ state: 'submitted', counts: { total: CLAIMS, waiting: CLAIMS } });
  const { id } = submitted.body;
  expect(await steer(supervisor, id, 'approve')).toMatchObject({ status: 403, body: { code: 'own-approval' } });
  expect(await steer(supervisor, id, 'start')).toMatchObject({ status: 409 });
  expect(await steer(administrator, id, 'approve')).toMatchObject({ status: 200, body: { state: 'approved' } });
  expect((await steer(supervisor, id, 'start')).status).toBe(200);

  await until('the first ten', async () => (await broadcast(id)).counts.told >= 10, 60);
  expect((await steer(supervisor, id, 'pause')).body.state).toBe('paused');
  const paused = await until(
    'what was being sent to end',
    async () => {
      const now = await broadcast(id);
      return now.counts.sending === 0 ? now : undefined;
    },
    60,
  );
  await collect();
  const safety = /Hail over the story/;
  expect(got(safety).size).toBe(paused.counts.told);
  expect(paused.counts.told).toBeLessThan(CLAIMS - 1);
  expect((await broadcast(id)).counts).toEqual(paused.counts);

  await steer(supervisor, id, 'resume');
  await until('it to go on', async () => (await broadcast(id)).counts.told > paused.counts.told + 5, 60);
  await collect();
  await crash();
  const finished = await until(
    'it to finish',
    async () => {
      const now = await broadcast(id);
      return now.state === 'finished' && now.counts.sending === 0 ? now : undefined;
    },
    90,
  );
  await collect();
  const { counts } = finished;
  expect(counts).toMatchObject({ total: CLAIMS, notTold: { 'opted-out': 1 }, waiting: 0, canceled: 0 });
  expect(counts.told + sum(counts.held) + sum(counts.notTold)).toBe(CLAIMS);
  expect([...got(safety).values()].filter((count) => count !== 1)).toEqual([]);
  expect(got(safety).has(phoneOf(STOPPED))).toBe(false);
}, 240_000);
