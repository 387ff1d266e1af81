import { Inboxes } from '@claimline/delivery';
import { ConsentLedger } from '@claimline/notifications';
import type { Message } from '@claimline/protocol';
import { Sender } from '../delivery/sender';
import { HOTLINE, openPhoneHub, type PhoneHub } from './testing/phone-hub';

const OWN_PHONE = '+15550109001';
let hub: PhoneHub;
let adjuster: { id: string; cookie: string };
let customers = 0;
const sending = new AbortController();
let sender: Promise<void>;

beforeAll(async () => {
  hub = await openPhoneHub();
  hub.clock.pass(18 * 3_600_000);
  adjuster = await hub.person('adjuster');
  await hub.sql('UPDATE accounts SET phone = $2 WHERE id = $1', [adjuster.id, OWN_PHONE]);
  sender = hub.app.get(Sender).run(sending.signal);
});
afterAll(async () => {
  sending.abort();
  await sender;
  await hub.close();
});

/** A customer who has called in vain. */
async function missed(): Promise<{ phone: string; conversationId: string }> {
  const phone = `+8613900020${String(++customers).padStart(2, '0')}`;
  const from = { from: { scheme: 'tel', scope: '', value: phone } } as const;
  await hub.tell(`CAin${customers}`, { is: 'started' }, from);
  await hub.tell(`CAin${customers}`, { is: 'ended', outcome: 'completed', seconds: 4 }, from);
  await hub.follow();
  const [row] = await hub.sql('SELECT id FROM conversations WHERE id = (SELECT conversation_id FROM calls WHERE external_id = $1)', [
    `CAin${customers}`,
  ]);
  return { phone, conversationId: row.id };
}

const post = async (who: { cookie: string } | null, id: string, body: object = {}): Promise<{ status: number; body: any }> => {
  const headers = { 'content-type': 'application/json' };
  const answer = await hub.ask(who?.cookie ?? null, 'POST', `/api/conversations/${id}/call`, { headers, body: JSON.stringify(body) });
  return { status: answer.status, body: await answer.json() };
};
const ringing = (phone: string) => hub.phones.calls!().find(({ awaits }) => awaits?.for === 'pick-up' && awaits.number === phone);
async function until<T>(ask: () => Promise<T | undefined | false> | T | undefined | false): Promise<T> {
  for (const end = Date.now() + 8000; ; await new Promise((resolve) => setTimeout(resolve, 20))) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error('it never came to be');
  }
}
const entry = async (conversationId: string, messageId: string): Promise<Message> => {
  const answer = await hub.ask(adjuster.cookie, 'GET', `/api/conversations/${conversationId}/messages`);
  return ((await answer.json()) as { items: Message[] }).items.find(({ id }) => id === messageId)!;
};
const conversation = async (id: string) => (await hub.sql('SELECT * FROM conversations WHERE id = $1', [id]))[0];
const callbacks = (id: string) => hub.sql(`SELECT state, outcome FROM tasks WHERE conversation_id = $1 AND kind = 'callback'`, [id]);
const clocks = (id: string) => hub.sql(`SELECT policy FROM clocks WHERE conversation_id = $1 AND ended_at IS NULL`, [id]);
const act = (callId: string, what: 'pick-up' | 'let-ring' | 'hang-up') => hub.phones.act(hub.hotline, { do: what, callId });

test('my phone rings, then the customer’s; when we have spoken, nothing waits any more', async () => {
  const { phone, conversationId } = await missed();
  expect(await callbacks(conversationId)).toEqual([{ state: 'open', outcome: null }]);
  expect(await clocks(conversationId)).not.toEqual([]);
  const { status, body } = await post(adjuster, conversationId);
  expect(status).toBe(201);
  expect(body).toMatchObject({ kind: 'call', direction: 'outbound', to: [phone], author: { id: adjuster.id } });
  expect(body.call).toEqual({ outcome: 'in-progress', seconds: null, missed: false });

  const call = await until(() => ringing(OWN_PHONE));
  expect(call).toMatchObject({ direction: 'outbound', line: HOTLINE, state: 'ringing' });
  await until(async () => (await entry(conversationId, body.id)).delivery?.state === 'accepted');
  // To ring somebody is no answer yet.
  await hub.follow();
  expect(await conversation(conversationId)).toMatchObject({ awaiting_reply: true });
  await act(call.id, 'pick-up');
  expect(ringing(phone)?.id).toBe(call.id);
  await act(call.id, 'pick-up');
  hub.clock.pass(95_000);
  await act(call.id, 'hang-up');

  await hub.follow();
  expect((await entry(conversationId, body.id)).call).toEqual({ outcome: 'answered', seconds: 95, missed: false });
  expect(await hub.entries(call.id)).toHaveLength(1);
  expect(await conversation(conversationId)).toMatchObject({ awaiting_reply: false });
  expect(await callbacks(conversationId)).toEqual([{ state: 'canceled', outcome: 'reached' }]);
  expect(await clocks(conversationId)).toEqual([]);
});

test('a customer who does not pick up still waits for us', async () => {
  const { conversationId, phone } = await missed();
  const { body } = await post(adjuster, conversationId);
  const call = await until(() => ringing(OWN_PHONE));
  await act(call.id, 'pick-up');
  expect(ringing(phone)).toBeDefined();
  await act(call.id, 'let-ring');
  await hub.follow();
  expect((await entry(conversationId, body.id)).call).toMatchObject({ outcome: 'no-answer', missed: false });
  expect(await conversation(conversationId)).toMatchObject({ awaiting_reply: true });
  expect(await callbacks(conversationId)).toEqual([{ state: 'open', outcome: null }]);
  expect(await clocks(conversationId)).not.toEqual([]);
});

test('who does not take their own phone never disturbs the customer', async () => {
  const { conversationId, phone } = await missed();
  const { body } = await post(adjuster, conversationId);
  const call = await until(() => ringing(OWN_PHONE));
  await act(call.id, 'let-ring');
  await hub.follow();
  expect((await entry(conversationId, body.id)).call).toMatchObject({ outcome: 'not-taken', missed: false });
  expect(hub.phones.calls!().filter(({ customer, direction }) => customer === phone && direction === 'outbound')).toEqual([]);
  expect(await conversation(conversationId)).toMatchObject({ awaiting_reply: true });
});

test('a call whose answer was lost is known by its first event, rings once and has one entry', async () => {
  const { conversationId } = await missed();
  hub.phones.misbehave({ how: 'accept-then-die', times: 1 });
  const { body } = await post(adjuster, conversationId);
  const call = await until(() => ringing(OWN_PHONE));
  await until(async () => (await entry(conversationId, body.id)).delivery?.state === 'uncertain');
  await act(call.id, 'pick-up');
  await act(call.id, 'pick-up');
  await act(call.id, 'hang-up');
  expect(await entry(conversationId, body.id)).toMatchObject({ delivery: { state: 'accepted' }, call: { outcome: 'answered' } });
  expect(await hub.entries(call.id)).toHaveLength(1);
  expect(hub.phones.calls!().filter(({ awaits }) => awaits?.for === 'pick-up')).toEqual([]);
});

test('a number may be typed; a wrong one, a missing phone of our own and a brand without a line are told apart', async () => {
  const { conversationId } = await missed();
  expect(await post(adjuster, conversationId, { to: '12' })).toMatchObject({
    status: 422,
    body: { code: 'invalid', fields: [{ path: 'to' }] },
  });
  const phoneless = await hub.person('adjuster');
  expect(await post(phoneless, conversationId)).toMatchObject({ status: 422, body: { code: 'no-own-phone' } });
  const { body, status } = await post(adjuster, conversationId, { to: '+1 (555) 020-7788' });
  expect({ status, to: body.to }).toEqual({ status: 201, to: ['+15550207788'] });
  await act((await until(() => ringing(OWN_PHONE))).id, 'let-ring');
  const turn = (state: 'active' | 'stopped') =>
    hub.database.transaction((tx) => hub.app.get(Inboxes).change(tx, hub.hotline.inboxId, { state }));
  await turn('stopped');
  try {
    expect(await post(adjuster, conversationId)).toMatchObject({ status: 422, body: { code: 'no-phone-line' } });
  } finally {
    await turn('active');
  }
});

test('strangers, auditors and those who may not see the conversation call nobody', async () => {
  const { conversationId } = await missed();
  const auditor = await hub.person('auditor');
  const other = await hub.person('adjuster', { brands: ['01900000-0000-7000-8000-00000000ffff'] });
  expect((await post(null, conversationId)).status).toBe(401);
  expect((await post(auditor, conversationId)).status).toBe(403);
  expect((await post(other, conversationId)).status).toBe(404);
});

test('no more texts is not no more calls', async () => {
  const { conversationId } = await missed();
  const [{ address_id: addressId }] = await hub.sql('SELECT address_id FROM conversations WHERE id = $1', [conversationId]);
  const refuse = (channel: string) =>
    hub.database.transaction((tx) =>
      hub.app.get(ConsentLedger).note(tx, { addressId, channel, purpose: 'service', state: 'opted-out', evidence: { by: adjuster.id } }),
    );
  await refuse('twilio-sms');
  const { channels } = (await (await hub.ask(adjuster.cookie, 'GET', `/api/conversations/${conversationId}/composer`)).json()) as any;
  expect(channels).toContainEqual(expect.objectContaining({ channel: 'twilio-sms', able: false, reason: 'opted-out' }));
  const { body } = await post(adjuster, conversationId);
  await act((await until(() => ringing(OWN_PHONE))).id, 'let-ring');
  expect((await entry(conversationId, body.id)).delivery?.state).toBe('accepted');
  await refuse('twilio-voice');
  const second = (await post(adjuster, conversationId)).body;
  await until(async () => (await entry(conversationId, second.id)).delivery?.state === 'suppressed');
  expect(await entry(conversationId, second.id)).toMatchObject({ delivery: { reason: 'opted-out' }, call: { outcome: 'failed' } });
  expect(ringing(OWN_PHONE)).toBeUndefined();
});

test('who called last is written to by text, on the same number', async () => {
  const { conversationId, phone } = await missed();
  const composer = (await (await hub.ask(adjuster.cookie, 'GET', `/api/conversations/${conversationId}/composer`)).json()) as any;
  expect(composer.preferred).toBe('twilio-sms');
  const headers = { 'content-type': 'application/json' };
  const reply = (body: object) =>
    hub.ask(adjuster.cookie, 'POST', `/api/conversations/${conversationId}/messages`, { headers, body: JSON.stringify(body) });
  expect(await (await reply({ text: 'We could not reach you' })).json()).toMatchObject({ channel: 'twilio-sms', to: [phone] });
  expect(await (await reply({ text: 'hello', channel: 'twilio-voice' })).json()).toMatchObject({ code: 'channel-not-able' });
});
