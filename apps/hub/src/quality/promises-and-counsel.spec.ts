import { openDesk, type Customer, type Desk } from '../http/testing/desk';

const NUMBER = 'CLM-LAW-1';
let desk: Desk;
let ada: Customer;
let party: string;
let holder: string;

beforeAll(async () => {
  desk = await openDesk();
  ada = await desk.customer();
  const told = { externalId: 'h-law', role: 'policyholder', name: 'Ada', phone: '+12135554998' };
  await desk.claim(NUMBER, { jurisdiction: 'US', parties: [told], policyholder: { externalId: 'h-law' } });
  await desk.claim('CLM-LAW-W', { flags: ['litigation'], parties: [{ ...told, externalId: 'h-w', phone: '+12135554999' }] });
  const [law] = await desk.sql<{ party: string; holder: string }>(
    'SELECT p.id AS party, p.contact_id AS holder FROM claim_parties p JOIN claims c ON c.id = p.claim_id WHERE c.number = $1',
    [NUMBER],
  );
  ({ party, holder } = law!);
}, 120_000);
afterAll(() => desk?.close());

const soon = (): string => new Date(Date.now() + 3_600_000).toISOString();

describe('a promise', () => {
  const make = (body: object) => desk.call('adjuster', 'POST', '/api/promises', { step: 'call back', due: soon(), ...body });
  const listed = async (query: string): Promise<string[]> =>
    (await desk.call('adjuster', 'GET', `/api/promises?${query}`)).body.items.map((one: any) => one.id);

  it('is made to a customer or about a claim, is on the list of whoever made it, and is kept once', async () => {
    const made = await make({ conversation: ada.conversationId });
    expect(made).toMatchObject({ status: 201, body: { state: 'open', source: 'person', conversationId: ada.conversationId } });
    const { id } = made.body;
    expect(await listed('view=open')).toContain(id);
    expect((await desk.call('hotline', 'GET', '/api/promises?view=open')).body.items).toEqual([]);
    const keep = () => desk.call('adjuster', 'POST', `/api/promises/${id}/keep`);
    expect((await keep()).body).toMatchObject({ state: 'kept', settledAt: expect.any(String) });
    expect((await keep()).body.code).toBe('already-taken');
    expect((await desk.call('adjuster', 'POST', `/api/promises/${id}/cancel`)).body.code).toBe('already-taken');
    expect(await listed('view=open')).not.toContain(id);
    expect((await make({ claim: NUMBER })).body).toMatchObject({ claim: NUMBER, state: 'open' });
  });

  it('that is not owed any more is no broken one', async () => {
    const { id } = (await make({ conversation: ada.conversationId })).body;
    expect((await desk.call('adjuster', 'POST', `/api/promises/${id}/cancel`)).body.state).toBe('canceled');
    expect(await listed('view=all')).toContain(id);
    expect(await listed('view=broken')).not.toContain(id);
  });

  it.each([
    ['to nobody', {}, 422],
    ['of nothing', { step: ' ', claim: NUMBER }, 422],
    ['without a time', { due: 'soon', claim: NUMBER }, 422],
    ['about a claim that nobody knows', { claim: 'CLM-NOWHERE' }, 404],
    ['behind a wall', { claim: 'CLM-LAW-W' }, 404],
  ])('%s is refused', async (_, body, status) => {
    expect((await make(body)).status).toBe(status);
  });

  it('is not made by an auditor; the terms are set by an administrator', async () => {
    expect((await desk.call('auditor', 'POST', '/api/promises', { step: 'x', due: soon(), claim: NUMBER })).status).toBe(403);
    const terms = { callbackDays: 3, quietDays: 20 };
    expect((await desk.call('supervisor', 'PUT', '/api/settings/aftercare', terms)).status).toBe(403);
    expect((await desk.call('administrator', 'PUT', '/api/settings/aftercare', { ...terms, quietDays: 0 })).status).toBe(422);
    expect((await desk.call('administrator', 'PUT', '/api/settings/aftercare', terms)).status).toBe(200);
    expect((await desk.call('adjuster', 'GET', '/api/settings/aftercare')).body).toEqual(terms);
  });
});

describe('a lawyer', () => {
  const LAWYER = { name: 'Wei & Partners', email: 'office@wei.example' };
  const represent = (body: object, number = NUMBER) => desk.call('adjuster', 'POST', `/api/claims/${number}/representations`, body);
  const end = () => desk.call('adjuster', 'POST', `/api/claims/${NUMBER}/representations/${party}/end`);

  it('speaks for a party until it ends, and only once it ends', async () => {
    const noted = await represent({ party, counsel: LAWYER });
    expect(noted.status).toBe(200);
    const [row] = await desk.sql('SELECT represented_by_id FROM claim_parties WHERE id = $1', [party]);
    const lawyer = noted.body.parties.find((one: any) => one.id === row.represented_by_id);
    expect(lawyer).toMatchObject({ name: LAWYER.name });
    expect((await end()).status).toBe(200);
    expect((await end()).status).toBe(404);
    const actions = await desk.sql(`SELECT action FROM audit WHERE subject_id = $1 AND action LIKE 'claim.represent%' ORDER BY id`, [
      NUMBER,
    ]);
    expect(actions.map((one: any) => one.action)).toEqual(['claim.represent', 'claim.represent-end']);
  });

  it('who is the party itself, or speaks for nobody we know, is refused', async () => {
    expect(await represent({ party, counsel: { contact: holder } })).toMatchObject({
      status: 422,
      body: { fields: [{ path: 'counsel' }] },
    });
    expect((await represent({ party: ada.contactId, counsel: LAWYER })).status).toBe(404);
    expect((await represent({ party, counsel: LAWYER }, 'CLM-LAW-W')).status).toBe(404);
    expect((await represent({ party, counsel: { name: 'x' } })).status).toBe(422);
  });

  it('of our own has one thread, which the front desk neither opens nor sees', async () => {
    const open = (role: 'adjuster' | 'hotline' | 'auditor') =>
      desk.call(role, 'POST', `/api/claims/${NUMBER}/defence-counsel`, { counsel: { name: 'Own Counsel', email: 'own@counsel.example' } });
    const first = await open('adjuster');
    expect(first.status).toBe(200);
    expect((await open('adjuster')).body.conversation).toBe(first.body.conversation);
    expect([(await open('hotline')).status, (await open('auditor')).status]).toEqual([403, 403]);
    expect((await desk.call('hotline', 'GET', `/api/conversations/${first.body.conversation}`)).status).toBe(404);
    expect((await desk.call('adjuster', 'GET', `/api/conversations/${first.body.conversation}`)).status).toBe(200);
  });
});
