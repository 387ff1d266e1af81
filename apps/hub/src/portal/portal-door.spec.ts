import { setTimeout } from 'node:timers/promises';
import { StepUp } from '@claimline/conversations';
import { openDesk, type Customer, type Desk } from '../http/testing/desk';
import { PORTAL_COOKIE } from './portal-door';

let desk: Desk;
let ada: Customer;

beforeAll(async () => {
  desk = await openDesk();
  ada = await desk.customer();
}, 120_000);
afterAll(() => desk?.close());

/** As a customer's browser: no session of ours, perhaps the cookie of the portal. */
async function knock(method: string, path: string, body?: object, cookie?: string) {
  const headers = { connection: 'close', ...(body && { 'content-type': 'application/json' }), ...(cookie && { cookie }) };
  const response = await fetch(`${desk.served.url}/api/portal${path}`, { method, headers, body: body && JSON.stringify(body) });
  const text = await response.text();
  const given = response.headers.getSetCookie().find((one) => one.startsWith(PORTAL_COOKIE));
  return { status: response.status, headers: response.headers, body: text.startsWith('{') ? JSON.parse(text) : text, given };
}
const codeFor = (customer: Customer, purpose: string, addressId = customer.mailId): Promise<string> =>
  desk.database.transaction(async (tx) => {
    const who = { contactId: customer.contactId, addressId, purpose };
    const asked = await desk.served.hub.app.get(StepUp).request(tx, who, new Date());
    return asked.state === 'made' ? asked.code : asked.state;
  });
const notThis = (code: string): string => (code === '000000' ? '000001' : '000000');

test.each([
  ['expired', 'link-expired', { expiresAt: new Date(Date.now() - 1) }],
  ['used', 'link-used', { singleUse: true }],
])('a link that is %s says so on its page and opens nothing', async (state, code, over) => {
  const { id, token } = await desk.link('preferences', ada, over);
  if (state === 'used') await desk.sql('UPDATE secure_links SET spent_at = now() WHERE id = $1', [id]);
  expect((await knock('GET', `/preferences/${token}`)).body).toMatchObject({ state });
  expect(await knock('GET', `/preferences/${token}/choices`)).toMatchObject({ status: 410, body: { code } });
  expect(await knock('POST', `/preferences/${token}/choices`, {})).toMatchObject({ status: 410, body: { code } });
});

test('a token opens its own page alone; a made-up one none; neither page is kept by a browser', async () => {
  const { token } = await desk.link('preferences', ada);
  const page = await knock('GET', `/preferences/${token}`);
  expect(page).toMatchObject({ status: 200, body: { purpose: 'preferences', state: 'open', stepUp: { needed: false, to: null } } });
  expect([page.headers.get('cache-control'), page.headers.get('referrer-policy')]).toEqual(['no-store', 'no-referrer']);
  for (const path of [
    `/documents/${token}/list`,
    `/payee/${token}/choice`,
    `/payee/${token}`,
    `/preferences/${token}x`,
    `/nowhere/${token}`,
  ])
    expect(await knock('GET', path)).toMatchObject({ status: 404, body: { code: 'link-wrong' } });
  const [row] = await desk.sql("SELECT encode(token_hash, 'escape') AS kept FROM secure_links ORDER BY created_at DESC LIMIT 1");
  expect(row.kept).not.toContain(token);
});

test('what is sensitive wants the code; five wrong ones lock it, for the right one too', async () => {
  const bob = await desk.customer();
  const { token } = await desk.link('payee', bob, { claimNumber: 'CLM-1', singleUse: true });
  expect((await knock('GET', `/payee/${token}`)).body.stepUp).toEqual({ needed: true, passed: false, to: 'c•••@customers.test' });
  expect(await knock('GET', `/payee/${token}/choice`)).toMatchObject({ status: 403, body: { code: 'step-up-needed' } });
  const code = await codeFor(bob, 'payee');
  const states: string[] = [];
  for (let tries = 0; tries < 5; tries += 1)
    states.push((await knock('POST', `/payee/${token}/code/check`, { code: notThis(code) })).body.state);
  expect(states).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'locked']);
  expect(await knock('POST', `/payee/${token}/code/check`, { code })).toMatchObject({ body: { state: 'locked' }, given: undefined });
  expect(await codeFor(bob, 'payee')).toBe('wait');
  expect((await knock('GET', `/payee/${token}/choice`)).status).toBe(403);
});

test('the right code opens that link and no other, and only for who typed it', async () => {
  const cid = await desk.customer();
  const [{ token }, other] = [
    await desk.link('payee', cid, { claimNumber: 'CLM-2' }),
    await desk.link('payee', cid, { claimNumber: 'CLM-3' }),
  ];
  const code = await codeFor(cid, 'payee');
  const { body, given } = await knock('POST', `/payee/${token}/code/check`, { code: `${code.slice(0, 3)} ${code.slice(3)}` });
  expect([body.state, given]).toEqual(['ok', expect.stringMatching(/HttpOnly.*SameSite=Strict/i)]);
  const cookie = given!.split(';')[0]!;
  expect((await knock('GET', `/payee/${token}/choice`, undefined, cookie)).body.claim).toBe('CLM-2');
  expect((await knock('GET', `/payee/${token}/choice`)).status).toBe(403);
  expect((await knock('GET', `/payee/${other.token}/choice`, undefined, cookie)).status).toBe(403);
  expect((await knock('GET', '/home', undefined, cookie)).status).toBe(401);
  expect((await knock('POST', `/payee/${token}/code/check`, { code })).body.state).toBe('expired');
});

test('where no line reaches the address, no code is promised', async () => {
  const { token } = await desk.link('payee', await desk.customer());
  expect((await knock('POST', `/payee/${token}/code`)).body.code).toBe('no-address-for-channel');
});

const openLine = (): Promise<string> =>
  desk.line(
    'twilio-sms',
    '+15550100100',
    { accountSid: `AC${'0'.repeat(32)}`, phoneNumber: '+15550100100', apiBaseUrl: 'http://127.0.0.1:9' },
    { authToken: '0'.repeat(32) },
  );

test('asking to sign in says the same of a customer and of a stranger, each time, and stops alike', async () => {
  await openLine();
  const don = await desk.customer();
  const ask = async (address: string): Promise<unknown[]> => {
    const answers: unknown[] = [];
    for (let time = 0; time < 4; time += 1) {
      const { status, body, headers } = await knock('POST', '/sign-in', { address });
      answers.push([status, body.code ?? body, headers.get('retry-after') !== null]);
    }
    return answers;
  };
  const known = await ask(don.phone);
  expect(known).toEqual([...Array<unknown>(3).fill([202, '', false]), [429, 'too-many-requests', true]]);
  expect(await ask('+12135559999')).toEqual(known);
  const codes = () => desk.sql('SELECT 1 FROM step_up_codes WHERE contact_id = $1', [don.contactId]);
  for (let waits = 0; waits < 500 && (await codes()).length < 3; waits += 1) await setTimeout(20);
  expect(await codes()).toHaveLength(3);
  const check = (address: string) => knock('POST', '/sign-in/check', { address, code: '123456' });
  expect((await check('nobody@customers.test')).body).toEqual((await check(don.phone)).body);
});

test('a right code signs in; an address of two says nothing about who is there; signed out is out', async () => {
  const eve = await desk.customer();
  const check = async (address: string, code: string) => knock('POST', '/sign-in/check', { address, code });
  const { body, given } = await check(eve.phone, await codeFor(eve, 'portal', eve.phoneId));
  expect(body).toEqual({ state: 'ok' });
  const cookie = given!.split(';')[0]!;
  expect(await knock('GET', '/home', undefined, cookie)).toMatchObject({ status: 200, body: { claims: [] } });
  expect((await knock('POST', '/sign-out', undefined, cookie)).status).toBe(204);
  expect((await knock('GET', '/home', undefined, cookie)).status).toBe(401);
  await desk.sql(`INSERT INTO contact_addresses (contact_id, address_id, level, since) VALUES ($1, $2, 'claimed', now())`, [
    ada.contactId,
    eve.phoneId,
  ]);
  expect(await check(eve.phone, await codeFor(eve, 'portal', eve.phoneId))).toMatchObject({ body: { state: 'shared' }, given: undefined });
});
