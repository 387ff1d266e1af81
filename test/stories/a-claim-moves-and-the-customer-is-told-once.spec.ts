import { randomUUID } from 'node:crypto';
import type { Claim, ClaimEventFields, ImportAnswer, NeedsLookItem, NoticeWhy, Timeline, TimelineEntry } from '@claimline/protocol';
import { Webhook } from 'standardwebhooks';
import { ClaimCore, head, newClaim, zoneAt } from '../world/claim-core';
import type { ConsoleClient } from '../world/console-client';
import { until } from '../world/until';
import { World } from '../world/world';

let world: World;
let desk: ConsoleClient;
let core: ClaimCore;

beforeAll(async () => {
  world = await World.open();
  desk = await world.signIn('supervisor');
  core = new ClaimCore(world.manifest.claimEvents);
}, 240_000);
afterEach(async () => {
  await world.sandbox.misbehave('twilio-sms', null);
  await world.shiftClock(0);
});
afterAll(() => world?.close());

let counter = 0;
/** A customer with phone and mailbox, and a new claim of theirs that has been told to them. */
async function customer(
  over: Partial<Parameters<typeof newClaim>[1]> = {},
): Promise<{ number: string; phone: string; email: string; holder: string }> {
  counter += 1;
  const [number, phone, email] = [
    `CLM-2026-79${String(counter).padStart(4, '0')}`,
    `+155504020${String(counter).padStart(2, '0')}`,
    `moved.${counter}@customers.test`,
  ];
  const answered = await core.post(newClaim(number, { phone, email, ...over }));
  expect([answered.status, answered.body.outcome]).toEqual([202, 'applied']);
  return { number, phone, email, holder: `holder-of-${number}` };
}
const moves = (claimNumber: string, version: number, stage: string, more: Partial<ClaimEventFields> = {}): ClaimEventFields => ({
  claimNumber,
  version,
  stage,
  ...more,
});
const textsAt = async (address: string): Promise<string[]> => (await world.outbox(address)).map(({ text }) => text);
const received = (address: string, count: number): Promise<unknown> =>
  until(`${count} messages at ${address}`, async () => (await textsAt(address)).length >= count);
const timeline = async (number: string): Promise<TimelineEntry[]> => (await desk.get<Timeline>(`/api/claims/${number}/timeline`)).items;
const noticesOf = async (number: string): Promise<Record<string, unknown>[]> =>
  (await timeline(number)).filter(({ type }) => type === 'notice').map(({ params }) => params);
const settled = (number: string, count: number): Promise<Record<string, unknown>[]> =>
  until(`${count} settled notices`, async () => {
    const notices = await noticesOf(number);
    return notices.length >= count && notices.every(({ state }) => state === 'told' || state === 'not-sent') ? notices : undefined;
  });
/** Everything that came before has been worked off once this later change has been told. */
async function afterAllThat(): Promise<void> {
  const { phone } = await customer();
  await received(phone, 1);
}

test('in every form an event may have; five times the same is told once; the story shows that it was told', async () => {
  const { number, phone } = await customer();
  await received(phone, 1);
  const id = randomUUID();
  const five = await Promise.all([1, 2, 3, 4, 5].map(() => core.post(moves(number, 2, 'acknowledged'), { id })));
  expect(five.map(({ body }) => body.outcome).sort()).toEqual(['applied', 'duplicate', 'duplicate', 'duplicate', 'duplicate']);
  expect((await core.postBinary(moves(number, 3, 'investigation'))).body.outcome).toBe('applied');
  const batch = await core.postBatch([
    { id: randomUUID(), data: moves(number, 4, 'assessment') },
    { id, data: moves(number, 2, 'acknowledged') },
  ]);
  expect(batch.body.map(({ outcome }) => outcome)).toEqual(['applied', 'duplicate']);
  const notices = await settled(number, 4);
  expect(notices.map(({ code, state }) => `${String(code)} ${String(state)}`).sort()).toEqual([
    'fnol_received told',
    'handler_assigned told',
    'progress_update told',
    'progress_update told',
  ]);
  expect(await textsAt(phone)).toHaveLength(4);
  const stages = (await timeline(number)).filter(({ type }) => type === 'stage').map(({ params }) => params['stage']);
  expect(stages).toEqual(['assessment', 'investigation', 'acknowledged', 'reported']);
});

test('an older version, an unknown stage and a forbidden step tell nobody; the latter two wait for a person', async () => {
  const { number, phone } = await customer();
  await core.post(moves(number, 5, 'acknowledged'));
  await received(phone, 2);
  expect((await core.post(moves(number, 4, 'investigation'))).body.outcome).toBe('stale');
  expect((await core.post(moves(number, 6, 'astral-review'))).body.outcome).toBe('unknown-stage');
  expect((await core.post(moves(number, 7, 'payment', { subStatus: 'issued', previousStage: 'acknowledged' }))).body.outcome).toBe(
    'anomaly',
  );
  await afterAllThat();
  expect(await textsAt(phone)).toHaveLength(2);
  expect((await desk.get<Claim>(`/api/claims/${number}`)).stage).toBe('acknowledged');
  const look = (await desk.get<{ items: NeedsLookItem[] }>('/api/needs-look')).items.filter(({ detail }) => detail.includes(number));
  expect(look.map(({ reason }) => reason).sort()).toEqual(['claim-anomaly', 'unknown-stage']);
  const anomaly = (await timeline(number)).find(({ params }) => params['outcome'] === 'anomaly')!;
  expect((await desk.call('POST', `/api/claim-events/${anomaly.id}/confirm`, {})).status).toBe(200);
  await received(phone, 3);
});

test('an event signed the standard way is taken; a changed byte, an old time or another secret is not', async () => {
  const administrator = await world.signIn('administrator');
  const { body } = await administrator.call<{ secret: string }>('POST', '/api/claim-events/secrets', {});
  const { number } = await customer();
  const text = JSON.stringify({ ...head(randomUUID()), data: moves(number, 2, 'acknowledged') });
  const signed = (secret: string, at = new Date()): Record<string, string> => ({
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign('msg_1', at, text),
  });
  const send = async (words: string, headers: Record<string, string>): Promise<number> =>
    (await core.send('application/cloudevents+json', words, headers, {})).status;
  expect(await send(text.replace('acknowledged', 'investigation'), signed(body.secret))).toBe(401);
  expect(await send(text, signed(body.secret, new Date(Date.now() - 3_600_000)))).toBe(401);
  expect(await send(text, signed(`whsec_${Buffer.alloc(32, 7).toString('base64')}`))).toBe(401);
  expect(await send(text, {})).toBe(401);
  expect(await send(text, signed(body.secret))).toBe(202);
});

test('news of an exposure goes to its party and nobody else, and where the party is represented to the representative', async () => {
  const { number, phone, email, holder } = await customer();
  await received(phone, 1);
  const [third, lawyer] = ['+15550402801', 'lawyer@advocates.test'];
  const parties = [
    {
      externalId: 'story-third',
      role: 'claimant',
      name: 'Third Party',
      kind: 'person' as const,
      language: 'en',
      timeZone: zoneAt(12),
      phone: third,
    },
    {
      externalId: 'story-lawyer',
      role: 'attorney',
      name: 'Advocates',
      kind: 'organisation' as const,
      language: 'en',
      timeZone: zoneAt(12),
      email: lawyer,
    },
  ];
  const exposures = [
    { externalId: 'own', kind: 'own-damage', party: holder, stage: 'acknowledged' },
    { externalId: 'theirs', kind: 'third-party-property', party: 'story-third', stage: 'acknowledged' },
  ];
  await core.post(moves(number, 2, 'acknowledged', { parties, exposures }));
  await received(phone, 2);
  await core.post(moves(number, 3, 'investigation', { exposure: { externalId: 'theirs' } }));
  await received(third, 1);
  expect(await textsAt(phone)).toHaveLength(2);
  expect(await textsAt(email)).toEqual([]);

  await core.post({
    claimNumber: number,
    version: 4,
    parties: [{ externalId: 'story-third', role: 'claimant', representedBy: 'story-lawyer' }],
  });
  await core.post(moves(number, 5, 'assessment', { exposure: { externalId: 'theirs' } }));
  await received(lawyer, 1);
  expect([await textsAt(third), await textsAt(phone)].map(({ length }) => length)).toEqual([1, 2]);
});

test('a text that cannot be delivered becomes one mail, both attempts stand in the file', async () => {
  const phone = `+155504029${String(10 + counter)}`;
  await world.sandbox.misbehave('twilio-sms', { how: 'undeliverable', to: phone });
  const { number, email } = await customer({ phone });
  await received(email, 1);
  const [notice] = await settled(number, 1);
  expect(notice).toMatchObject({ state: 'told', channel: 'email' });
  const why = await desk.get<NoticeWhy>(`/api/notices/${String(notice!.noticeId)}`);
  expect(why.attempts.map(({ channel, state }) => [channel, ['undeliverable', 'failed'].includes(state)])).toEqual([
    ['twilio-sms', true],
    ['email', false],
  ]);
  const { items } = await desk.find(email);
  const thread = await desk.thread(items[0]!.id);
  expect(thread.items.find(({ kind }) => kind === 'notice')?.attempts.map(({ channel }) => channel)).toEqual(['twilio-sms', 'email']);
  expect([await textsAt(phone), await textsAt(email)].map(({ length }) => length)).toEqual([0, 1]);
});

test('nobody is woken: at eleven in the evening news waits, says until when, and is told in the morning', async () => {
  const { number, phone } = await customer({ timeZone: zoneAt(23) });
  const held = await until('the held notice', async () => (await noticesOf(number)).find(({ heldUntil }) => heldUntil));
  expect(Date.parse(String(held.heldUntil))).toBeGreaterThan(Date.now() + 8 * 3_600_000);
  await afterAllThat();
  expect(await textsAt(phone)).toEqual([]);
  await world.shiftClock(10 * 3_600_000);
  await received(phone, 1);
  expect(await settled(number, 1)).toMatchObject([{ code: 'fnol_received', state: 'told' }]);
});

test('who cannot be told at all is told by nobody, and the story says why', async () => {
  const { number } = await customer({ phone: undefined, email: undefined });
  expect(await settled(number, 1)).toMatchObject([{ state: 'not-sent', reason: 'no-address' }]);
  expect((await timeline(number)).some(({ type, params }) => type === 'task' && params['kind'] === 'send-another-way')).toBe(true);
});

test('claims loaded in bulk tell nobody, twice is once, and every line that cannot be read is named', async () => {
  const phone = '+15550402990';
  const lines = [
    ...Array.from({ length: 300 }, (_, i) =>
      JSON.stringify(
        newClaim(
          `BULK-${String(i).padStart(6, '0')}`,
          { externalId: `bulk-${i}`, phone: i === 0 ? phone : undefined },
          { version: 3, stage: 'assessment' },
        ),
      ),
    ),
    '{ "claimNumber": ',
    JSON.stringify({ claimNumber: 'BULK-X', version: -1 }),
  ].join('\n');
  const load = async (): Promise<ImportAnswer> => {
    const response = await fetch(`${world.hub.url}/api/claims/import`, {
      method: 'POST',
      headers: { authorization: `Bearer ${world.manifest.claimEvents.apiKey}`, 'content-type': 'application/x-ndjson' },
      body: lines,
    });
    expect(response.status).toBe(200);
    return (await response.json()) as ImportAnswer;
  };
  expect(await load()).toMatchObject({ read: 302, applied: 300, unchanged: 0, errors: [{ line: 301 }, { line: 302, field: 'version' }] });
  expect(await load()).toMatchObject({ read: 302, applied: 0, unchanged: 300 });
  await afterAllThat();
  expect(await textsAt(phone)).toEqual([]);
  expect((await desk.get<Claim>('/api/claims/BULK-000299')).stage).toBe('assessment');
});
