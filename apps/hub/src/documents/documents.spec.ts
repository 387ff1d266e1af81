import { openDesk, type Desk } from '../http/testing/desk';

let desk: Desk;
let claims = 0;

beforeAll(async () => {
  desk = await openDesk();
}, 120_000);
afterAll(() => desk?.close());

/** A claim with its checklist, and who is asked. */
async function claim(more: object = {}): Promise<string> {
  const number = `CLM-DOC-${++claims}`;
  const parties = [{ externalId: `h-${number}`, role: 'policyholder', name: 'Ada', phone: `+1213555${3000 + claims}` }];
  await desk.claim(number, { parties, policyholder: { externalId: `h-${number}` }, ...more });
  return number;
}
const path = (number: string, more = ''): string => `/api/claims/${number}/documents${more}`;
const ask = (number: string, items: string[], overrideReason?: string) =>
  desk.call('adjuster', 'POST', path(number, '/request'), { items, overrideReason });
const decide = (number: string, item: string, body: object) => desk.call('adjuster', 'PATCH', path(number, `/${item}`), body);
const item = (answer: { body: any }, code: string) => (answer.body.documents ?? answer.body).items.find((one: any) => one.code === code);
// As if the message had left some days ago.
const told = (number: string) =>
  desk.sql(
    `UPDATE document_requests SET state = 'told', told_at = now() - interval '5 days' WHERE claim_id = (SELECT id FROM claims WHERE number = $1)`,
    [number],
  );

test('a claim brings its list; several items are asked for in one message', async () => {
  const number = await claim();
  expect((await desk.call('auditor', 'GET', path(number))).body.counts).toMatchObject({ have: 0 });
  const asked = await ask(number, ['claim-form', 'driving-licence']);
  expect(asked.status).toBe(200);
  expect(asked.body.documents.requests).toHaveLength(1);
  expect(item(asked, 'claim-form')).toMatchObject({ state: 'requested', asked: 1 });
  const joined = await ask(number, ['damage-photos']);
  expect(joined.body.documents.requests).toHaveLength(1);
  expect(joined.body.documents.requests[0].items).toHaveLength(3);
});

test('what we hold is not asked for again, whatever the reason', async () => {
  const number = await claim();
  expect(item(await decide(number, 'claim-form', { state: 'received' }), 'claim-form').state).toBe('received');
  await decide(number, 'claim-form', { state: 'accepted' });
  const refused = { status: 409, body: { code: 'already-held', params: { items: 'claim-form' } } };
  expect(await ask(number, ['claim-form'])).toMatchObject(refused);
  expect(await ask(number, ['driving-licence', 'claim-form'], 'we lost it')).toMatchObject(refused);
  expect(item(await desk.call('adjuster', 'GET', path(number)), 'driving-licence').state).toBe('open');
});

test('in China a second request wants its reason in words, which stay with it; elsewhere it does not', async () => {
  const number = await claim();
  await ask(number, ['claim-form']);
  await told(number);
  expect(await ask(number, ['driving-licence'])).toMatchObject({ status: 409, body: { code: 'supplement-once' } });
  expect((await desk.call('adjuster', 'GET', path(number))).body.askedOnce).toHaveLength(1);
  const second = await ask(number, ['driving-licence'], 'the police named another driver');
  expect(second.body.documents.requests.at(-1)).toMatchObject({ round: 2, overrideReason: 'the police named another driver' });
  const abroad = await claim({ jurisdiction: 'US-CA' });
  await ask(abroad, ['claim-form']);
  await told(abroad);
  expect((await ask(abroad, ['driving-licence'])).status).toBe(200);
});

test('a step is taken back until something follows it, and once', async () => {
  const number = await claim();
  const asked = await ask(number, ['claim-form']);
  const undo = (steps: string[]) => desk.call('adjuster', 'POST', path(number, '/undo'), { steps });
  expect(item(await undo(asked.body.steps), 'claim-form')).toMatchObject({ state: 'open', asked: 0 });
  expect((await undo(asked.body.steps)).status).toBe(404);
  const waived = await decide(number, 'claim-form', { state: 'waived', reason: 'told by telephone' });
  expect(item(waived, 'claim-form')).toMatchObject({ state: 'waived', reason: 'told by telephone' });
  const [received] = (await decide(number, 'damage-photos', { state: 'received' })).body.steps;
  await decide(number, 'damage-photos', { state: 'accepted' });
  expect(await undo([received])).toMatchObject({ status: 409, body: { code: 'edge-not-allowed' } });
});

test.each([
  ['rejected', { state: 'rejected', reason: 'because' }, 422],
  ['waived', { state: 'waived' }, 422],
  ['accepted', { state: 'accepted' }, 409],
])('an item that never came cannot be %s without more', async (_, body, status) => {
  expect((await decide(await claim(), 'claim-form', body)).status).toBe(status);
});

test('unknown items and claims behind a wall are not there; programs and auditors ask for nothing', async () => {
  const number = await claim();
  expect((await ask(number, ['no-such-thing'])).status).toBe(404);
  expect((await desk.call('auditor', 'POST', path(number, '/request'), { items: ['claim-form'] })).status).toBe(403);
  expect((await desk.program('integration', 'POST', path(number, '/request'), { items: ['claim-form'] })).status).toBe(403);
  const walled = await claim({ flags: ['litigation'] });
  expect((await desk.call('adjuster', 'GET', path(walled))).status).toBe(404);
  expect((await ask(walled, ['claim-form'])).status).toBe(404);
});

test('lists are published by an administrator; one that names what nobody describes is refused', async () => {
  const settings = '/api/settings/document-checklists';
  const { body } = await desk.call('adjuster', 'GET', settings);
  expect((await desk.call('supervisor', 'PUT', settings, body)).status).toBe(403);
  const list = (line: string, code: string) => ({ line, lossKind: null, items: [{ code, when: null, from: 'owner' }] });
  const publish = (...lists: object[]) => desk.call('administrator', 'PUT', settings, { ...body, lists });
  expect((await publish(list('motor', 'claim-form'))).body.fields).toMatchObject([
    { path: 'lists', problem: expect.stringContaining('missing') },
  ]);
  expect((await publish(list('other', 'nowhere'))).body.fields).toMatchObject([{ path: 'lists.other' }]);
  expect((await publish(list('other', 'claim-form'))).status).toBe(200);
  expect((await desk.call('adjuster', 'GET', settings)).body.lists).toEqual([list('other', 'claim-form')]);
  const number = await claim({ lineOfBusiness: 'property' });
  expect((await desk.call('adjuster', 'GET', path(number))).body.items.map((one: any) => one.code)).toEqual(['claim-form']);
});
