import { openDesk, type Desk } from '../http/testing/desk';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
}, 120_000);
afterAll(() => desk?.close());

const WHOLE = {
  injured: false,
  fatality: false,
  reporterName: 'Ada',
  relationship: 'insured',
  phone: '+12135550001',
  lineOfBusiness: 'motor',
  policyNumber: 'P-1',
  plate: '7ABC123',
  lossDate: '2026-11-20',
  lossTime: '08:30',
  location: 'Main Street 1',
  lossKind: 'collision',
  description: 'Somebody ran into me.',
  reportedBefore: false,
  usable: true,
  whereNow: 'At home',
};
const begin = async (fields: object = {}): Promise<string> => (await desk.call('hotline', 'POST', '/api/reports', { fields })).body.id;
const act = (id: string, deed: string, body?: object) => desk.call('hotline', 'POST', `/api/reports/${id}/${deed}`, body);

test('a report says what it lacks, is told to the claim core once, and is closed then', async () => {
  const id = await begin({ reporterName: 'Ada' });
  const incomplete = await act(id, 'submit');
  expect(incomplete).toMatchObject({ status: 422, body: { code: 'report-incomplete' } });
  const filled = await desk.call('hotline', 'PATCH', `/api/reports/${id}`, { fields: WHOLE });
  expect(filled.body.lacks.required).toEqual([]);
  expect((await act(id, 'submit')).body).toMatchObject({ state: 'submitted', submittedAt: expect.any(String) });
  await act(id, 'submit');
  const told = (await desk.call('administrator', 'GET', '/api/claim-core/deliveries')).body.items;
  expect(told.filter((event: any) => event.type.includes('fnol.submitted'))).toMatchObject([{ state: 'due', attempts: 0 }]);
  expect((await desk.call('hotline', 'PATCH', `/api/reports/${id}`, { fields: { plate: 'X' } })).body.code).toBe('report-closed');
});

test('the same loss told twice is shown, and goes out only after a person has said that it is another', async () => {
  const id = await begin({ ...WHOLE, reporterName: 'Bob' });
  const refused = await act(id, 'submit');
  expect(refused).toMatchObject({ status: 409, body: { code: 'possible-duplicate' } });
  const { similar } = (await desk.call('hotline', 'GET', `/api/reports/${id}`)).body;
  expect(similar).toMatchObject([{ kind: 'report', lossDate: '2026-11-20' }]);
  expect((await act(id, 'apart', { references: [] })).status).toBe(422);
  await act(id, 'apart', { references: similar.map((one: any) => one.reference) });
  expect((await act(id, 'submit')).body.state).toBe('submitted');
});

test('a loss that is to come is refused; somebody who is hurt is not kept waiting by a likeness', async () => {
  const next = await begin({ ...WHOLE, lossDate: '2027-11-20', policyNumber: 'P-2', plate: 'P2' });
  expect((await act(next, 'submit')).body.code).toBe('loss-in-future');
  const hurt = await begin({ ...WHOLE, injured: true, injuries: 'A broken arm' });
  expect((await act(hurt, 'submit')).body).toMatchObject({ state: 'submitted', urgent: true });
});

test('one that was none is put away and taken back; null takes a field away', async () => {
  const id = await begin({ reporterName: 'Cid' });
  expect((await act(id, 'discard')).body.state).toBe('discarded');
  const listed = async (state: string) =>
    (await desk.call('hotline', 'GET', `/api/reports?state=${state}`)).body.items.map((one: any) => one.id);
  expect(await listed('discarded')).toContain(id);
  expect((await act(id, 'take-back')).body.state).toBe('open');
  const { fields } = (await desk.call('hotline', 'PATCH', `/api/reports/${id}`, { fields: { reporterName: null } })).body;
  expect(fields).not.toHaveProperty('reporterName');
});

test('from a conversation there is one, seen by who sees that; an auditor writes none', async () => {
  const { conversationId: conversation } = await desk.customer();
  const first = await desk.call('adjuster', 'POST', '/api/reports', { conversation });
  expect(first.status).toBe(201);
  expect((await desk.call('hotline', 'POST', '/api/reports', { conversation })).body.id).toBe(first.body.id);
  const walled = (await desk.customer({ restrictedTo: 'litigation' })).conversationId;
  expect((await desk.call('supervisor', 'POST', '/api/reports', { conversation: walled })).status).toBe(404);
  await desk.sql(`UPDATE conversations SET restricted_to = 'litigation' WHERE id = $1`, [conversation]);
  expect((await desk.call('adjuster', 'GET', `/api/reports/${first.body.id}`)).status).toBe(404);
  expect((await desk.call('auditor', 'POST', '/api/reports', {})).status).toBe(403);
});

test('the hotline finds a claim by plate, number, name and end of the phone number, and nothing behind a wall', async () => {
  const party = { externalId: 'h-1', role: 'policyholder', name: 'Grace Hopper', phone: '+12135556789' };
  const told = { plate: 'GH-1906', jurisdiction: 'US', parties: [party], policyholder: { externalId: 'h-1' }, nextStep: 'inspection' };
  await desk.claim('CLM-HOT-77', told);
  await desk.claim('CLM-HOT-78', { plate: 'GH-1906', flags: ['litigation'] });
  for (const words of ['GH-1906', 'CLM-HOT-77', 'Grace Hopper', '6789']) {
    const { claims } = (await desk.call('hotline', 'GET', `/api/hotline?q=${encodeURIComponent(words)}`)).body;
    expect([words, claims]).toEqual([
      words,
      [expect.objectContaining({ number: 'CLM-HOT-77', who: 'Grace Hopper', nextStep: 'inspection' })],
    ]);
  }
  const nothing = await desk.call('hotline', 'GET', '/api/hotline?q=zzzzzz');
  expect(nothing.body).toEqual({ claims: [], policies: [], policyProblem: null, customers: [] });
  expect((await desk.call('hotline', 'GET', '/api/hotline?q=%20%20x')).status).toBe(422);
  expect((await desk.program('integration', 'GET', '/api/hotline?q=GH')).status).toBe(403);
});

test('where the claim core listens is an administrator’s; its secret is made, and shown once', async () => {
  const url = 'https://core.example/events';
  expect((await desk.call('supervisor', 'PUT', '/api/claim-core', { url })).status).toBe(403);
  expect((await desk.call('adjuster', 'GET', '/api/claim-core')).status).toBe(403);
  const saved = await desk.call('administrator', 'PUT', '/api/claim-core', { url });
  expect(saved.body.secret).toMatch(/^whsec_/);
  expect((await desk.call('administrator', 'PUT', '/api/claim-core', { url })).body.secret).toBeNull();
  const shown = await desk.call('supervisor', 'GET', '/api/claim-core');
  expect(shown.body).toMatchObject({ url, hasSecret: true });
  expect(JSON.stringify(shown.body)).not.toContain(saved.body.secret);
  expect((await desk.call('supervisor', 'GET', '/api/claim-core/events')).status).toBe(403);
});
