import type { Thread } from '@claimline/protocol';
import { ClaimCore, newClaim } from '../world/claim-core';
import type { ConsoleClient } from '../world/console-client';
import { codeIn, linkIn, PortalClient } from '../world/portal-client';
import { postSms } from '../world/twilio-sender';
import { until } from '../world/until';
import { World } from '../world/world';

const DAY_MS = 86_400_000;
const ACCOUNT = '6222021234567890128';
const CARD = '4111 1111 1111 1111';
const PATIENCE = 60;

let world: World;
let desk: ConsoleClient;
let core: ClaimCore;

beforeAll(async () => {
  world = await World.open();
  desk = await world.signIn('supervisor');
  core = new ClaimCore(world.manifest.claimEvents);
}, 150_000);
afterAll(() => world?.close());

let counter = 0;
async function payee(): Promise<{ number: string; phone: string; email: string }> {
  counter += 1;
  const [number, phone, email] = [`CLM-2026-78000${counter}`, `+155504078${counter}0`, `payee.${counter}@customers.test`];
  const answered = await core.post(newClaim(number, { phone, email }, { stage: 'payment', subStatus: 'scheduled' }));
  expect(answered.body.outcome).toBe('applied');
  return { number, phone, email };
}
const fails = (claimNumber: string, version: number) => core.post({ claimNumber, version, stage: 'payment', subStatus: 'failed' });
const texts = async (address: string): Promise<string[]> => (await world.outbox(address)).map(({ text }) => text);
const textAt = <T>(address: string, what: string, read: (text: string) => T | undefined): Promise<T> =>
  until(`${what} at ${address}`, async () => (await texts(address)).map(read).find((found) => found !== undefined), PATIENCE);
const threadOf = async (words: string): Promise<{ id: string; thread: Thread }> => {
  const { items } = await desk.find(words);
  return { id: items[0]!.id, thread: await desk.thread(items[0]!.id) };
};
const asCore = async (method: string, path: string): Promise<{ status: number; body: Record<string, unknown> }> => {
  const response = await fetch(world.hub.url + path, { method, headers: { authorization: `Bearer ${world.manifest.claimEvents.apiKey}` } });
  const text = await response.text();
  return { status: response.status, body: (text ? JSON.parse(text) : {}) as Record<string, unknown> };
};

test('the payee chooses behind link and code; the claim core fetches it once; nobody of us ever reads the account', async () => {
  const { number, phone, email } = await payee();
  await until('first notice', async () => (await texts(phone)).length > 0, PATIENCE);
  await world.shiftClock(20 * DAY_MS);
  expect((await fails(number, 2)).body.outcome).toBe('applied');
  const link = await textAt(phone, 'a link', linkIn);
  const notice = (await texts(phone)).find((text) => linkIn(text))!;
  expect(notice).toContain('could not be made');
  expect(notice).not.toMatch(/\d{4} ?\d{4} ?\d{4}/);

  const tasks = await until(
    'a task for the same day',
    async () => {
      const { items } = await desk.get<{ items: { kind: string; claimNumber?: string; claim?: unknown; due: string }[] }>(
        '/api/tasks?view=all&limit=100',
      );
      const mine = items.filter((one) => one.kind === 'payment-failed' && JSON.stringify(one).includes(number));
      return mine.length > 0 && mine;
    },
    PATIENCE,
  );
  expect(Date.parse(tasks[0]!.due) - (Date.now() + 20 * DAY_MS)).toBeLessThan(DAY_MS);

  const browser = new PortalClient(world.hub.url);
  const page = await browser.call<{ state: string; stepUp: { needed: boolean; passed: boolean; to: string } }>('GET', link);
  expect(page.body).toMatchObject({ state: 'open', stepUp: { needed: true, passed: false, to: 'p•••@customers.test' } });
  expect([page.headers.get('cache-control'), page.headers.get('referrer-policy')]).toEqual(['no-store', 'no-referrer']);
  expect((await browser.call('GET', `${link}/choice`)).status).toBe(403);
  const details = { method: 'bank-transfer', holder: 'Holder', account: ACCOUNT, bank: 'First Bank' };
  expect((await browser.call('POST', `${link}/choice`, { payee: details })).status).toBe(403);

  expect((await browser.call('POST', `${link}/code`, {})).status).toBe(200);
  const code = await textAt(email, 'a code', codeIn);
  expect(
    (await browser.call<{ state: string }>('POST', `${link}/code/check`, { code: code === '000000' ? '000001' : '000000' })).body.state,
  ).toBe('wrong');
  expect((await browser.call<{ state: string }>('POST', `${link}/code/check`, { code })).body.state).toBe('ok');
  expect((await browser.call<{ claim: string }>('GET', `${link}/choice`)).body.claim).toBe(number);

  const chosen = await Promise.all([1, 2, 3].map(() => browser.call<{ last4: string }>('POST', `${link}/choice`, { payee: details })));
  expect(chosen.map(({ status }) => status).sort()).toEqual([200, 410, 410]);
  expect(chosen.find(({ status }) => status === 200)!.body).toEqual({ method: 'bank-transfer', last4: '0128' });
  expect((await browser.call<{ state: string }>('GET', link)).body.state).toBe('used');
  await textAt(phone, 'an alert', (text) => (text.includes('payment method was chosen') ? text : undefined));
  await textAt(email, 'an alert', (text) => (text.includes('payment method was chosen') ? text : undefined));

  const event = await until(
    'payee.chosen',
    async () => {
      const { body } = await asCore('GET', '/api/claim-core/events?after=0');
      const lines = JSON.stringify(body);
      expect(lines).not.toContain(ACCOUNT);
      return /"choiceId":"([^"]+)"/.exec(lines)?.[1];
    },
    PATIENCE,
  );
  const choice = `/api/claims/${number}/payee-choice/${event}`;
  expect((await desk.call('GET', choice)).status).toBe(403);
  expect((await asCore('GET', choice)).body).toMatchObject({ last4: '0128', details });
  expect((await asCore('POST', `${choice}/acknowledge`)).status).toBe(204);
  expect((await asCore('GET', choice)).body).toMatchObject({ last4: '0128', details: null });

  const { thread } = await threadOf(number);
  const said = JSON.stringify(thread);
  expect(said).not.toContain(ACCOUNT);
  expect(said).not.toContain(code);
  expect(thread.items.some(({ text }) => text.includes('••••••'))).toBe(true);
  expect(
    (await desk.get<{ items: unknown[] }>('/api/tasks?view=all&limit=100')).items.filter(
      (one) => JSON.stringify(one).includes(`"payment-failed"`) && JSON.stringify(one).includes(number),
    ),
  ).toEqual([]);
}, 240_000);

test('a link goes to no address younger than a fortnight: the handler calls instead', async () => {
  await world.shiftClock(0);
  const { number, phone } = await payee();
  await until('first notice', async () => (await texts(phone)).length > 0, PATIENCE);
  expect((await fails(number, 2)).body.outcome).toBe('applied');
  const notice = await textAt(phone, 'the notice', (text) => (text.includes('could not be made') ? text : undefined));
  expect(linkIn(notice)).toBeUndefined();
  const { id } = await threadOf(number);
  expect(await desk.call('POST', `/api/conversations/${id}/payee-link`, {})).toMatchObject({
    status: 422,
    body: { code: 'address-too-new' },
  });
}, 120_000);

test('a card number typed into a chat is masked everywhere, a look at it is in the audit, and ours is sent only for a reason', async () => {
  const from = '+15550407900';
  await postSms(world.sms, { from, text: `my card is ${CARD} and not 4111 1111 1111 1112, claim CLM-2026-780001` });
  const message = await until(
    'the message',
    async () => {
      const { items } = await desk.find(from);
      return items[0] && { ...(await desk.thread(items[0].id)).items[0]!, conversation: items[0] };
    },
    PATIENCE,
  );
  expect(message.text).toBe('my card is •••• 1111 and not 4111 1111 1111 1112, claim CLM-2026-780001');
  expect(JSON.stringify(message.conversation)).not.toContain(CARD);
  expect((await desk.find('4111111111111111')).items).toEqual([]);
  const { items } = await desk.thread(message.conversation.id);
  const reveal = `/api/messages/${items[0]!.id}/reveal`;
  const adjuster = await world.signIn('adjuster');
  expect((await adjuster.call('POST', reveal, { reason: 'verify-payee' })).status).toBeGreaterThanOrEqual(403);
  expect((await desk.call('POST', reveal, {})).status).toBe(422);
  expect((await desk.call<{ text: string }>('POST', reveal, { reason: 'verify-payee' })).body.text).toContain(CARD);

  const path = `/api/conversations/${message.conversation.id}/messages`;
  expect(await desk.call('POST', path, { text: `is it ${CARD}?` })).toMatchObject({ status: 422, body: { code: 'sensitive-number' } });
  const sent = await desk.call<{ text: string }>('POST', path, { text: `is it ${CARD}?`, sensitive: 'customer-asked' });
  expect(sent).toMatchObject({ status: 201, body: { text: 'is it •••• 1111?' } });
  await textAt(from, 'the answer', (text) => (text.includes(`is it ${CARD}?`) ? text : undefined));
}, 120_000);
