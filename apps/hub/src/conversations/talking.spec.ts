import { Contacts, Conversations } from '@claimline/conversations';
import { tel } from '@claimline/messages';
import { openOutsideHub, type OutsideHub } from '../inbound/testing/outside-hub';

let hub: OutsideHub;
let adjuster: { id: string; cookie: string };
let customers = 0;
beforeAll(async () => {
  hub = await openOutsideHub();
  await hub.mailbox('claims@insurer.test');
  adjuster = await hub.person('adjuster');
});
afterAll(() => hub.close());

/** Somebody who may be written to by SMS. */
async function customer(): Promise<{ contactId: string; conversationId: string; phone: string }> {
  const phone = `+1213555${String(1000 + ++customers)}`;
  const at = hub.clock.now();
  return hub.database.transaction(async (tx) => {
    const { contactId, addressId } = await hub.app.get(Contacts).senderOf(tx, tel(phone), at);
    const place = { contactId, brandId: hub.brandId, teamId: null, channel: 'twilio-sms', inboxId: hub.line.inboxId, addressId, at };
    const { id } = await hub.app.get(Conversations).openFor(tx, place);
    return { contactId, conversationId: id, phone };
  });
}

async function post(path: string, body: object): Promise<{ status: number; body: any }> {
  const headers = { 'content-type': 'application/json' };
  const answer = await hub.ask(adjuster.cookie, 'POST', path, { headers, body: JSON.stringify(body) });
  return { status: answer.status, body: await answer.json() };
}

const sent = (conversationId: string) =>
  hub.sql('SELECT channel, to_value, message_id FROM deliveries WHERE conversation_id = $1 ORDER BY id DESC LIMIT 1', [conversationId]);

test.each([
  ['twilio-sms', '(213) 555-0199', '+12135550199'],
  ['twilio-sms', '+1 213 555 0199', '+12135550199'],
  ['twilio-sms', '0086 139 0002 0042', '+8613900020042'],
  ['twilio-sms', '＋８６ １３９ ０００２ ００４２', '+8613900020042'],
  ['email', ' Li.Mei@Example.TEST ', 'li.mei@example.test'],
])('by %s, what is typed as “%s” goes to %s, whose wishes are known', async (channel, typed, value) => {
  const { conversationId, contactId } = await customer();
  expect((await post(`/api/conversations/${conversationId}/messages`, { text: 'hello', channel, to: [typed] })).status).toBe(201);
  expect((await sent(conversationId))[0]).toMatchObject({ channel, to_value: value });
  const first = await post('/api/conversations', { contact: contactId, channel, to: typed, text: 'first' });
  expect(first.status).toBe(201);
  expect((await sent(first.body.id))[0]).toMatchObject({ channel, to_value: value });
});

test('a copy goes to the one spelling too', async () => {
  const { conversationId } = await customer();
  const wish = { text: 'hello', channel: 'email', to: ['a@example.test'], cc: ['Bo@Example.test'] };
  expect((await post(`/api/conversations/${conversationId}/messages`, wish)).status).toBe(201);
  const [{ message_id: id }] = await sent(conversationId);
  expect(await hub.sql('SELECT cc_values FROM messages WHERE id = $1', [id])).toEqual([{ cc_values: ['bo@example.test'] }]);
});

test.each([
  ['twilio-sms', { to: ['12'] }, 'to'],
  ['twilio-sms', { to: ['li@example.test'] }, 'to'],
  ['twilio-sms', { to: ['call +12135550199 please'] }, 'to'],
  ['email', { to: ['Li <li@example.test>'] }, 'to'],
  ['email', { to: ['li@example.test\r\nbcc: x@example.test'] }, 'to'],
  ['email', { to: ['li@example.test'], cc: ['+12135550199'] }, 'cc'],
])('by %s, %j is refused and nothing leaves', async (channel, wish, path) => {
  const { conversationId } = await customer();
  const answer = await post(`/api/conversations/${conversationId}/messages`, { text: 'hello', channel, ...wish });
  expect(answer).toMatchObject({ status: 422, body: { code: 'invalid', fields: [{ path }] } });
  expect(await sent(conversationId)).toEqual([]);
});

test('an address of theirs is used as it is, and what else may be wrong is told first', async () => {
  const { conversationId, phone } = await customer();
  await hub.sql(`UPDATE addresses SET value = '24273' WHERE value = $1`, [phone]);
  expect((await post(`/api/conversations/${conversationId}/messages`, { text: 'hello', to: ['24273'] })).status).toBe(201);
  expect((await sent(conversationId))[0]).toMatchObject({ to_value: '24273' });
  const two = await post(`/api/conversations/${conversationId}/messages`, { text: 'hello', to: ['1', '2'] });
  expect(two.body.code).toBe('channel-not-able');
});

test('who answered, noted or wrote first is in the audit, without a word of what was said', async () => {
  const { conversationId, contactId } = await customer();
  const said = 'a secret between us';
  const reply = await post(`/api/conversations/${conversationId}/messages`, { text: said });
  const note = await post(`/api/conversations/${conversationId}/messages`, { text: said, kind: 'note' });
  const first = await post('/api/conversations', { contact: contactId, channel: 'twilio-sms', text: said });
  expect([reply.status, note.status, first.status]).toEqual([201, 201, 201]);
  const entries = await hub.sql('SELECT * FROM audit WHERE actor_id = $1 AND subject_id = ANY($2) ORDER BY id', [
    adjuster.id,
    [conversationId, first.body.id],
  ]);
  expect(entries.map(({ actor_kind: kind, action, subject, facts }) => [kind, action, subject, facts])).toEqual([
    ['account', 'conversation.reply', 'conversation', { messageId: reply.body.id, channel: 'twilio-sms' }],
    ['account', 'conversation.note', 'conversation', { messageId: note.body.id, channel: null }],
    ['account', 'conversation.write-first', 'conversation', { channel: 'twilio-sms' }],
  ]);
  expect(JSON.stringify(entries)).not.toContain(said);
});
