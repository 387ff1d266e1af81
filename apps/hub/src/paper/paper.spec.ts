import { newId } from '@claimline/database';
import { openDesk, type Customer, type Desk } from '../http/testing/desk';

const ROOM = { mailroom: 'room', sender: 'Antu Insurance; Test Road 1; 10000 Testville', place: 'Testville', footer: '' };
let desk: Desk;
let ada: Customer;

beforeAll(async () => {
  desk = await openDesk();
  ada = await desk.customer();
}, 120_000);
afterAll(() => desk?.close());

const today = (): string => new Date().toISOString().slice(0, 10);
const scans = async (state = 'waiting'): Promise<string[]> =>
  (await desk.call('mailroom', 'GET', `/api/mailroom/scans?state=${state}`)).body.items.map((one: any) => one.id);
async function scan(name = 'letter.txt'): Promise<string> {
  const attachment = await desk.upload('mailroom', name, `A letter ${name} ${newId(new Date())}`);
  const { status, body } = await desk.call('mailroom', 'POST', '/api/mailroom/scans', { attachment, receivedOn: today() });
  expect([status, body.state]).toEqual([201, 'waiting']);
  return body.id;
}
/** A claim whose holder is a contact of ours. */
async function claimOf(number: string, { phone }: Customer, more: object = {}): Promise<void> {
  const party = { externalId: `h-${number}`, role: 'policyholder', name: 'Ada', phone };
  await desk.claim(number, { jurisdiction: 'US', parties: [party], policyholder: { externalId: party.externalId }, ...more });
}
/** Something that the customer wrote. */
async function message({ conversationId }: Customer): Promise<string> {
  const id = newId(new Date());
  await desk.sql(
    `INSERT INTO messages (id, conversation_id, seq, direction, kind, channel, text, occurred_at, received_at)
     SELECT $1, id, message_count + 1, 'inbound', 'text', 'twilio-sms', 'about CLM-2026-700001', now(), now() FROM conversations WHERE id = $2`,
    [id, conversationId],
  );
  await desk.sql('UPDATE conversations SET message_count = message_count + 1, inbound_count = inbound_count + 1 WHERE id = $1', [
    conversationId,
  ]);
  return id;
}

test('without a mailroom nothing is taken in', async () => {
  const attachment = await desk.upload('mailroom', 'a.txt', 'a');
  const answer = await desk.call('mailroom', 'POST', '/api/mailroom/scans', { attachment, receivedOn: today() });
  expect(answer.body.code).toBe('no-mailroom');
  await desk.line('letter', 'room', ROOM);
  await desk.line('in-person', 'branch', { counter: 'branch', place: 'Branch, Test Road 1' });
  await claimOf('CLM-2026-700001', ada);
});

test('a scan is filed as a letter of its day, taken back onto the table, and filed again as the same message', async () => {
  const id = await scan();
  const filed = await desk.call('mailroom', 'POST', `/api/mailroom/scans/${id}/file`, { claim: 'CLM-2026-700001' });
  expect(filed).toMatchObject({ status: 200, body: { state: 'filed', claim: 'CLM-2026-700001', conversation: expect.any(String) } });
  expect((await desk.call('mailroom', 'POST', `/api/mailroom/scans/${id}/file`, { claim: 'CLM-2026-700001' })).body.code).toBe(
    'already-taken',
  );
  expect(await scans('filed')).toContain(id);
  const letter = () => desk.sql('SELECT m.id, m.conversation_id FROM scans s JOIN messages m ON m.id = s.message_id WHERE s.id = $1', [id]);
  const [first] = await letter();
  expect(first.conversation_id).toBe(filed.body.conversation);
  expect((await desk.call('mailroom', 'POST', `/api/mailroom/scans/${id}/undo`)).body).toMatchObject({ state: 'waiting' });
  expect((await letter())[0].conversation_id).not.toBe(filed.body.conversation);
  const again = await desk.call('mailroom', 'POST', `/api/mailroom/scans/${id}/file`, { claim: 'CLM-2026-700001' });
  expect(again.body.state).toBe('filed');
  expect((await letter())[0].id).toBe(first.id);
});

test('a scan is put aside and back; what is settled is not described any more', async () => {
  const id = await scan('advert.txt');
  const aside = (value: boolean) => desk.call('mailroom', 'POST', `/api/mailroom/scans/${id}/set-aside`, { aside: value });
  expect((await desk.call('mailroom', 'PATCH', `/api/mailroom/scans/${id}`, { sender: 'Shop' })).body.sender).toBe('Shop');
  expect((await aside(true)).body.state).toBe('set-aside');
  expect((await aside(true)).body.code).toBe('already-taken');
  expect((await desk.call('mailroom', 'PATCH', `/api/mailroom/scans/${id}`, { sender: 'x' })).body.code).toBe('already-taken');
  expect((await aside(false)).body.state).toBe('waiting');
});

test.each([
  ['tomorrow', new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10)],
  ['no day', '2026-13-01'],
])('a paper cannot have reached the house on %s', async (_, receivedOn) => {
  const attachment = await desk.upload('mailroom', 'b.txt', `b ${receivedOn}`);
  expect((await desk.call('mailroom', 'POST', '/api/mailroom/scans', { attachment, receivedOn })).status).toBe(422);
});

test('no paper is filed behind a wall, to nobody, or by an auditor', async () => {
  const id = await scan('secret.txt');
  await claimOf('CLM-2026-700002', await desk.customer(), { flags: ['litigation'] });
  const file = (role: 'mailroom' | 'auditor', claim: string) => desk.call(role, 'POST', `/api/mailroom/scans/${id}/file`, { claim });
  expect((await file('mailroom', 'CLM-2026-700002')).status).toBe(404);
  expect((await file('mailroom', 'CLM-NOWHERE')).status).toBe(404);
  expect((await file('auditor', 'CLM-2026-700001')).status).toBe(403);
  expect(await scans()).toContain(id);
});

test('a visit stands in the thread with its papers; logged twice it is one; there is no receipt of another', async () => {
  expect((await desk.call('counter', 'GET', '/api/counter')).body.items).toMatchObject([{ name: 'branch' }]);
  const paper = await desk.upload('counter', 'licence.txt', 'a driving licence');
  const visit = {
    id: newId(new Date()),
    claim: 'CLM-2026-700001',
    text: 'Brings the licence.',
    identity: 'passport',
    attachments: [paper],
  };
  const logged = await desk.call('counter', 'POST', '/api/counter/visits', visit);
  expect(logged).toMatchObject({ status: 201, body: { papers: 1 } });
  expect((await desk.call('counter', 'POST', '/api/counter/visits', visit)).body.message).toBe(logged.body.message);
  expect((await desk.call('counter', 'GET', `/api/counter/visits/${newId(new Date())}/receipt`)).status).toBe(404);
});

test.each([
  ['without anybody', { claim: undefined }, 422],
  ['without a word', { text: ' ' }, 422],
  ['that is to come', { at: new Date(Date.now() + 86_400_000).toISOString() }, 422],
  ['two months ago', { at: new Date(Date.now() - 60 * 86_400_000).toISOString() }, 422],
  ['about a claim that nobody knows', { claim: 'CLM-NOWHERE' }, 404],
])('a visit %s is refused', async (_, over, status) => {
  const visit = { id: newId(new Date()), claim: 'CLM-2026-700001', text: 'Hello', ...over };
  expect((await desk.call('counter', 'POST', '/api/counter/visits', visit)).status).toBe(status);
});

test('a message is moved to a claim and back, once; not to where it is, and not behind a wall', async () => {
  const bob = await desk.customer();
  const id = await message(bob);
  expect((await desk.call('adjuster', 'GET', `/api/messages/${id}/filing`)).body.suggestions).toMatchObject([{ claim: 'CLM-2026-700001' }]);
  const move = (to: object) => desk.call('adjuster', 'POST', `/api/messages/${id}/move`, to);
  expect((await move({})).status).toBe(422);
  expect((await move({ claim: 'CLM-2026-700002' })).status).toBe(404);
  expect((await move({ conversation: bob.conversationId })).body.code).toBe('already-there');
  const moved = await move({ claim: 'CLM-2026-700001' });
  expect(moved.body).toMatchObject({ message: id, from: bob.conversationId, claim: 'CLM-2026-700001' });
  const undo = () => desk.call('adjuster', 'POST', `/api/messages/${id}/move/undo`);
  expect((await undo()).body).toMatchObject({ conversation: bob.conversationId, claim: null });
  expect((await undo()).body.code).toBe('nothing-to-undo');
});
