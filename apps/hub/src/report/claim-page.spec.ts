import { openDesk, type Desk } from '../http/testing/desk';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
}, 120_000);
afterAll(() => desk?.close());

const save = (body: object) => desk.call('administrator', 'PUT', '/api/claim-core', body);
const corePage = async (): Promise<unknown> => (await desk.call('adjuster', 'GET', '/api/claims/CLM-PAGE-1')).body.corePage;

test('a claim knows its page in the claim core as soon as an administrator said where the pages are', async () => {
  await desk.claim('CLM-PAGE-1');
  expect(await corePage()).toBeNull();
  expect((await save({ url: null, claimPage: 'https://core.example/claims/' })).status).toBe(422);
  expect((await save({ url: null, claimPage: 'javascript:alert({number})' })).status).toBe(422);
  const saved = await save({ url: null, claimPage: 'https://core.example/claims/{number}?tab={number}' });
  expect(saved.body).toMatchObject({ claimPage: 'https://core.example/claims/{number}?tab={number}' });
  expect(await corePage()).toBe('https://core.example/claims/CLM-PAGE-1?tab=CLM-PAGE-1');
});

test('it stays when only the address is saved, and goes when it is taken away', async () => {
  await save({ url: 'https://core.example/events' });
  expect(await corePage()).toContain('CLM-PAGE-1');
  await save({ url: 'https://core.example/events', claimPage: null });
  expect(await corePage()).toBeNull();
});
