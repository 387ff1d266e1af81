import type { Composer, ConsentLines, Message, Task, Timeline } from '@claimline/protocol';
import { ClaimCore, newClaim } from '../world/claim-core';
import type { ConsoleClient } from '../world/console-client';
import { postMail } from '../world/mailer';
import { postSms } from '../world/twilio-sender';
import { until } from '../world/until';
import { World } from '../world/world';

let world: World;
let desk: ConsoleClient;
let core: ClaimCore;

beforeAll(async () => {
  world = await World.open();
  desk = await world.signIn('supervisor');
  core = new ClaimCore(world.manifest.claimEvents);
}, 240_000);
afterAll(() => world?.close());

const says = (from: string, text: string, more: Record<string, string> = {}): Promise<Response> => postSms(world.sms, { from, text, more });
const conversationOf = async (address: string): Promise<string> =>
  (await until(`a conversation of ${address}`, async () => (await desk.find(address)).items[0])).id;
const lastOf = async (id: string): Promise<Message> => (await desk.thread(id)).items.at(-1)!;
const consentOf = async (id: string): Promise<string | undefined> =>
  (await desk.get<Composer>(`/api/conversations/${id}/composer`)).channels.find(({ channel }) => channel === 'twilio-sms')?.consent;
const consentToBe = (id: string, state: string): Promise<unknown> =>
  until(`consent to be ${state}`, async () => (await consentOf(id)) === state);
/** What became of a text by SMS once the gate has judged it. */
async function fateOf(id: string, text: string): Promise<Message> {
  await desk.reply(id, text, { channel: 'twilio-sms' });
  return until('a fate', async () => {
    const message = (await desk.thread(id)).items.find((one) => one.text === text);
    return message?.delivery && !['held', 'due', 'sending'].includes(message.delivery.state) ? message : undefined;
  });
}

test('STOP, which the carrier answers, silences texts without a word of ours; START brings them back', async () => {
  const phone = '+15550401001';
  await says(phone, 'Where is my claim?');
  const id = await conversationOf(phone);
  await says(phone, 'STOP', { OptOutType: 'STOP' });
  await consentToBe(id, 'opted-out');
  expect((await desk.conversation(id)).labels).toContain('opted-out');

  const refused = await fateOf(id, 'This must not leave');
  expect(refused.delivery).toEqual({ state: 'suppressed', reason: 'opted-out' });
  expect(refused.attempts).toMatchObject([{ channel: 'twilio-sms', state: 'suppressed', reason: 'opted-out' }]);
  const { channels } = await desk.get<Composer>(`/api/conversations/${id}/composer`);
  expect(channels.find(({ channel }) => channel === 'twilio-sms')).toMatchObject({ able: false, reason: 'opted-out' });
  expect(await world.outbox(phone)).toEqual([]);

  await says(phone, 'START', { OptOutType: 'START' });
  await consentToBe(id, 'granted');
  expect((await desk.conversation(id)).labels).not.toContain('opted-out');
  expect((await fateOf(id, 'Welcome back')).delivery?.state).not.toBe('suppressed');
  await world.sandbox.waitFor(phone, ({ text }) => text === 'Welcome back');
  expect(await world.outbox(phone)).toHaveLength(1);
});

test('in words that no carrier knows it means the same, and is confirmed exactly once however often it is said or delivered', async () => {
  const phone = '+861000007002';
  await says(phone, '请问进度');
  const id = await conversationOf(phone);
  const sid = `SM${'7'.repeat(32)}`;
  for (let i = 0; i < 3; i++) await postSms(world.sms, { from: phone, text: '别再给我发短信了', sid });
  await world.sandbox.waitFor(phone, ({ text }) => text.includes('停止'));
  await says(phone, '别再给我发短信了！');
  expect((await fateOf(id, '这条不能发出')).delivery).toEqual({ state: 'suppressed', reason: 'opted-out' });
  const received = await world.outbox(phone);
  expect(received.map(({ text }) => text)).toEqual([expect.stringContaining('停止')]);
});

test('what only sounds like a refusal is decided by a person; a YES to an adjuster is no consent, and a "stop" in a sentence no refusal', async () => {
  const phone = '+15550401003';
  await says(phone, 'The other driver did not stop at the red light');
  const id = await conversationOf(phone);
  await says(phone, 'YES');
  await says(
    phone,
    'I would like you to have a look at the pictures of my car first and after that please do not text me so early in the morning any more',
  );
  const task = await until('a task for a person', async () =>
    (await desk.get<{ items: Task[] }>('/api/tasks?view=all')).items.find((one) => one.conversationId === id),
  );
  expect(task.kind).toBe('review-opt-out');
  expect(await consentOf(id)).toBe('unknown');
  expect((await fateOf(id, 'Of course')).delivery?.state).not.toBe('suppressed');

  const stopped = '+15550401004';
  await says(stopped, 'STOP', { OptOutType: 'STOP' });
  const other = await conversationOf(stopped);
  await consentToBe(other, 'opted-out');
  await says(stopped, 'YES');
  await until('the YES', async () => (await lastOf(other)).text === 'YES');
  expect((await fateOf(other, 'still nothing')).delivery?.reason).toBe('opted-out');
});

test('after STOP a claim’s news comes by mail, the file says why not by text, and mail answers go on', async () => {
  const [phone, email, number] = ['+15550401005', 'stopped@customers.test', 'CLM-2026-780001'];
  await core.post(newClaim(number, { phone, email }));
  await world.sandbox.waitFor(phone, ({ channel }) => channel === 'twilio-sms');
  await says(phone, 'STOP', { OptOutType: 'STOP' });
  const id = await conversationOf(phone);
  await consentToBe(id, 'opted-out');
  const before = (await world.outbox(phone)).length;

  await core.post({ claimNumber: number, version: 2, stage: 'acknowledged', handler: { externalId: 'H-1003', name: 'Emma Clarke' } });
  await world.sandbox.waitFor(email, ({ text }) => text.includes('Emma Clarke'));
  expect(await world.outbox(phone)).toHaveLength(before);
  const notice = await until('the notice in the timeline', async () =>
    (await desk.get<Timeline>(`/api/claims/${number}/timeline`)).items.find(
      ({ type, params }) => type === 'notice' && params['code'] === 'handler_assigned' && params['state'] === 'told',
    ),
  );
  expect(notice.params).toMatchObject({
    channel: 'email',
    skipped: [expect.objectContaining({ channel: 'twilio-sms', reason: 'opted-out' })],
  });

  await postMail(world.mail.smtp, { from: email, to: world.mail.address, subject: 'Mail is fine', text: 'You may write to me here' });
  const mailed = await until('the mail in a thread', async () =>
    (await Promise.all((await desk.find(email)).items.map(async (item) => ({ item, thread: await desk.thread(item.id) })))).find(
      ({ thread }) => thread.items.some(({ text }) => text.includes('write to me here')),
    ),
  );
  await desk.reply(mailed.item.id, 'We will', { channel: 'email' });
  await world.sandbox.waitFor(email, ({ text }) => text.includes('We will'));
  const { contactId } = await desk.conversation(id);
  const { items } = await desk.get<ConsentLines>(`/api/contacts/${contactId}/consent`);
  expect(items.filter(({ state }) => state === 'opted-out').every(({ channel }) => channel === 'twilio-sms')).toBe(true);
});
