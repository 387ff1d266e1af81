import { openDesk, type Customer, type Desk } from '../http/testing/desk';

const NUMBER = 'CLM-FILE-1';
let desk: Desk;
let ada: Customer;

beforeAll(async () => {
  desk = await openDesk();
  ada = await desk.customer();
  const holder = { externalId: 'h-file', role: 'policyholder', name: 'Ada', phone: ada.phone };
  await desk.claim(NUMBER, { jurisdiction: 'US', parties: [holder], policyholder: { externalId: 'h-file' } });
  await desk.claim('CLM-FILE-W', { flags: ['litigation'] });
  await desk.sql(
    'UPDATE conversations SET claim_id = c.id, claim_number = c.number FROM claims c WHERE c.number = $1 AND conversations.id = $2',
    [NUMBER, ada.conversationId],
  );
}, 120_000);
afterAll(() => desk?.close());

const FILE = `/api/claims/${NUMBER}/file`;

test.each(['adjuster', 'hotline', 'mailroom', 'auditor'] as const)('%s reads the file', async (role) => {
  expect(await desk.call(role, 'GET', FILE)).toMatchObject({ status: 200, body: { claim: { number: NUMBER } } });
});

test('a program reads it, but judges nothing', async () => {
  const { status, body } = await desk.program('integration', 'GET', FILE);
  expect(status).toBe(200);
  expect((await desk.program('integration', 'POST', `${FILE}/verify`, body)).status).toBe(403);
});

test('a file behind a wall is not there, nor one of a claim that nobody knows', async () => {
  for (const number of ['CLM-FILE-W', 'CLM-NOWHERE'])
    for (const form of ['file', 'file.pdf', 'file.zip'])
      expect([number, form, (await desk.call('adjuster', 'GET', `/api/claims/${number}/${form}`)).status]).toEqual([number, form, 404]);
});

test('an untouched file holds; one letter that was changed is found', async () => {
  const { body: file } = await desk.call('adjuster', 'GET', FILE);
  const holds = await desk.call('adjuster', 'POST', `${FILE}/verify`, file);
  expect(holds).toMatchObject({ status: 200, body: { sound: true, signed: true, problems: [] } });
  const forged = JSON.parse(JSON.stringify(file).replace(/Person \d/g, 'Person X'));
  expect(JSON.stringify(forged)).not.toBe(JSON.stringify(file));
  expect((await desk.call('adjuster', 'POST', `${FILE}/verify`, forged)).body.sound).toBe(false);
  expect((await desk.call('adjuster', 'POST', `${FILE}/verify`, { anything: 1 })).status).toBe(422);
});

test('what was said is handed over to people and programs, never from behind a wall', async () => {
  const path = `/api/conversations/${ada.conversationId}/transcript`;
  expect((await desk.program('integration', 'GET', path)).body).toMatchObject({
    conversation: ada.conversationId,
    claim: NUMBER,
    messages: [],
  });
  for (const role of ['adjuster', 'counter', 'auditor'] as const) expect((await desk.call(role, 'GET', path)).status).toBe(200);
  const walled = await desk.customer({ restrictedTo: 'litigation' });
  expect((await desk.call('supervisor', 'GET', `/api/conversations/${walled.conversationId}/transcript`)).status).toBe(404);
  expect((await desk.call('adjuster', 'GET', '/api/conversations/none/transcript')).status).toBe(400);
});
