import type { Contact, RenderedTemplate, TaskPage } from '@claimline/protocol';
import { Caller } from '../world/caller';
import { ClaimCore, newClaim } from '../world/claim-core';
import type { ConsoleClient } from '../world/console-client';
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

const number = 'CLM-2026-790301';
const phone = '+15550408001';
const conversationOf = async (words: string): Promise<string> =>
  (await until(`a conversation of ${words}`, async () => (await desk.find(words)).items[0])).id;
const contactOf = async (id: string): Promise<Contact> => desk.get<Contact>(`/api/contacts/${(await desk.conversation(id)).contactId}`);
/** The template that the composer would put in. */
const rendered = async (conversation: string): Promise<string> =>
  (await desk.call<RenderedTemplate>('POST', '/api/templates/received_acknowledgement/render', { conversation, channel: 'twilio-sms' }))
    .body.text;

test('what is pressed in the menu holds through the call, the callback, the answer and the news of the claim', async () => {
  await core.post(newClaim(number, { phone, language: 'en', name: 'Chen Jing' }));
  const caller = await Caller.dial(world.sandbox, phone);
  expect((await caller.call()).heard.map(({ text }) => text).join(' ')).toMatch(/For English press 1.*中文请按/);
  expect(await caller.press('2')).toMatch(/\p{Script=Han}/u);
  await caller.do('hang-up');
  const id = await until(
    'the conversation of the call',
    async () => (await desk.find(phone)).items.find(({ channel }) => channel === 'twilio-voice')?.id,
  );
  expect((await desk.conversation(id)).language).toBe('zh-CN');
  expect((await contactOf(id)).language).toBe('zh-CN');
  const callback = await until('the callback', async () =>
    (await desk.get<TaskPage>(`/api/tasks?view=all&conversation=${id}`)).items.find(({ kind }) => kind === 'callback'),
  );
  expect(callback.params).toMatchObject({ language: 'zh-CN' });

  // A short word in English is no wish to be spoken to in English.
  await postSms(world.sms, { from: phone, text: 'ok thanks' });
  await until('the text', async () => (await desk.conversation(id)).channel === 'twilio-sms');
  expect((await desk.conversation(id)).language).toBe('zh-CN');
  expect(await rendered(id)).toContain('您的消息已收到');

  // The claim core still believes in English; the customer is told in the language that they chose.
  const told = newClaim(number, { phone, language: 'en', name: 'Chen Jing' });
  await core.post({ ...told, version: 2, stage: 'acknowledged', exposures: undefined });
  await world.sandbox.waitFor(phone, ({ text, channel }) => channel === 'twilio-sms' && /理赔员/.test(text));
  expect((await contactOf(id)).language).toBe('zh-CN');
}, 240_000);

test('a person changes it with one click; it holds for whatever they write and whoever answers next', async () => {
  const id = await conversationOf(phone);
  const { contactId } = await desk.conversation(id);
  expect((await desk.call<Contact>('PATCH', `/api/contacts/${contactId}`, { language: 'en' })).body.language).toBe('en');
  expect((await desk.conversation(id)).language).toBe('en');
  expect(await rendered(id)).toContain('thank you, we have your message');
  await postSms(world.sms, { from: phone, text: '好的' });
  const there = await threadWith('好的');
  expect((await desk.conversation(there)).language).toBe('en');
  await desk.call('POST', `/api/conversations/${there}/resolve`, {});
  await postSms(world.sms, { from: phone, text: '又有一个问题' });
  expect((await desk.conversation(await threadWith('又有一个问题'))).language).toBe('en');
}, 240_000);

/** The conversation of the caller that these words came into: they have one about the claim, and one about nothing yet. */
const threadWith = (words: string): Promise<string> =>
  until(`a thread with ${words}`, async () => {
    for (const { id } of (await desk.find(phone)).items) if ((await desk.thread(id)).items.some(({ text }) => text === words)) return id;
    return undefined;
  });
