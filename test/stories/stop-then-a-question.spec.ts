import type { Composer, ConsentAct, ConsentHistory, ConsentLines, Message, PortalChoices, PreferencesLinkSent } from '@claimline/protocol';
import { ClaimCore, newClaim } from '../world/claim-core';
import type { ConsoleClient } from '../world/console-client';
import { postMail } from '../world/mailer';
import { postSms } from '../world/twilio-sender';
import { until } from '../world/until';
import { World } from '../world/world';

let world: World;
let desk: ConsoleClient;

beforeAll(async () => {
  world = await World.open();
  desk = await world.signIn('supervisor');
}, 240_000);
afterAll(() => world?.close());

const [phone, email, number] = ['+15550406001', 'question@customers.test', 'CLM-2026-790101'];

const conversationOf = async (words: string): Promise<string> =>
  (await until(`a conversation of ${words}`, async () => (await desk.find(words)).items[0])).id;
const consentsOf = async (id: string): Promise<ConsentLines> =>
  desk.get<ConsentLines>(`/api/contacts/${(await desk.conversation(id)).contactId}/consent`);
const smsOf = async (id: string): Promise<Composer['channels'][number]> =>
  (await desk.get<Composer>(`/api/conversations/${id}/composer`)).channels.find(({ channel }) => channel === 'twilio-sms')!;
async function fateOf(id: string, text: string, channel: string): Promise<Message> {
  await desk.reply(id, text, { channel });
  return until('a fate', async () => {
    const message = (await desk.thread(id)).items.find((one) => one.text === text);
    return message?.delivery && !['held', 'due', 'sending'].includes(message.delivery.state) ? message : undefined;
  });
}

test('a question after STOP waits for a person, who may call or mail but not text, until the customer says START', async () => {
  await new ClaimCore(world.manifest.claimEvents).post(newClaim(number, { phone, email, name: 'Noah Stone' }));
  const id = await conversationOf(number);
  await postSms(world.sms, { from: phone, text: 'Hello, this is Noah' });
  await postSms(world.sms, { from: phone, text: 'STOP', more: { OptOutType: 'STOP' } });
  await until('STOP', async () => (await smsOf(id)).consent === 'opted-out');
  await postSms(world.sms, { from: phone, text: 'But when is the inspection?' });
  await until('the question', async () => (await desk.thread(id)).items.some(({ text }) => text.includes('inspection')));
  const asked = await desk.conversation(id);
  expect(asked.awaitingReply).toBe(true);
  expect(await smsOf(id)).toMatchObject({ able: false, reason: 'opted-out' });
  expect((await fateOf(id, 'Tomorrow at ten', 'twilio-sms')).delivery).toEqual({ state: 'suppressed', reason: 'opted-out' });
  await desk.reply(id, 'Tomorrow at ten, by mail', { channel: 'email' });
  await world.sandbox.waitFor(email, ({ text }) => text.includes('by mail'));
  expect((await world.outbox(phone)).filter(({ text }) => text.includes('Tomorrow'))).toEqual([]);

  await postSms(world.sms, { from: phone, text: 'START', more: { OptOutType: 'START' } });
  await until('START', async () => (await smsOf(id)).able);
  await desk.reply(id, 'Here we are again', { channel: 'twilio-sms' });
  await world.sandbox.waitFor(phone, ({ text }) => text === 'Here we are again');
}, 240_000);

test('the history says who said what, when, by which channel and what it changed, and leaves as a file with its proof', async () => {
  const id = await conversationOf(phone);
  const { contactId } = await desk.conversation(id);
  const { history } = await consentsOf(id);
  const stop = (await desk.thread(id)).items.find(({ text }) => text === 'STOP')!;
  const act = history.find(({ words }) => words === 'STOP') as ConsentAct;
  expect(act).toMatchObject({
    state: 'opted-out',
    source: 'word',
    by: null,
    evidence: { messageId: stop.id },
    conversationId: id,
    changed: [{ address: phone, channel: 'twilio-sms', purposes: expect.arrayContaining(['service', 'informational', 'survey']) }],
  });
  expect(history.findIndex(({ words }) => words === 'START')).toBeLessThan(history.indexOf(act));

  const file = await fetch(`${world.hub.url}/api/contacts/${contactId}/consent/export?format=csv`, { headers: desk.signedIn });
  expect(file.headers.get('content-disposition')).toContain('attachment');
  const csv = await file.text();
  const told = csv.split('\r\n').find((line) => line.includes(`messageId:${stop.id}`));
  expect(told).toContain('STOP');
  expect(told).toContain(phone);
  const json = await desk.get<ConsentHistory>(`/api/contacts/${contactId}/consent/export?format=json`);
  expect(json.items).toEqual(history);
}, 240_000);

test('the same in Chinese by mail covers what it names; the customer’s own page brings it back, in the wording that was shown', async () => {
  await postMail(world.mail.smtp, { from: email, to: world.mail.address, subject: '短信', text: '别再给我发短信了' });
  const id = await conversationOf(phone);
  await until('the words in effect', async () => (await smsOf(id)).consent === 'opted-out');
  const mail = (await consentsOf(id)).items.filter(({ channel, purpose }) => channel === 'email' && purpose === 'service');
  expect(mail.some(({ state }) => state === 'opted-out')).toBe(false);

  const { contactId } = await desk.conversation(id);
  const sent = await desk.call<PreferencesLinkSent>('POST', `/api/contacts/${contactId}/preferences-link`, {});
  expect(sent.status).toBe(200);
  const received = await world.sandbox.waitFor(email, ({ text }) => text.includes('/portal/preferences/'));
  const token = /\/portal\/preferences\/([\w-]{43})/.exec(received.text)![1]!;
  const page = `${world.hub.url}/api/portal/preferences/${token}/choices`;
  const shown = (await (await fetch(page)).json()) as PortalChoices;
  const sms = shown.ways.find(({ channel }) => channel === 'twilio-sms')!;
  const mailbox = shown.ways.find(({ channel }) => channel === 'email')!;
  expect(sms.to).not.toContain(phone);
  expect(sms.purposes).toContainEqual({ purpose: 'service', state: 'opted-out' });

  const choose = (body: unknown): Promise<Response> =>
    fetch(page, { method: 'POST', headers: { 'content-type': 'application/json', origin: world.hub.url }, body: JSON.stringify(body) });
  const agreement = { address: mailbox.address, channel: 'email', purpose: 'electronic_notices', state: 'granted' };
  expect((await choose({ consents: [agreement], electronicVersion: 'an old one' })).status).toBe(422);
  const chosen = await choose({
    language: 'zh-CN',
    hours: { anyHour: false, quietFrom: '20:00', quietTo: '09:00' },
    consents: [{ address: sms.address, channel: 'twilio-sms', purpose: 'service', state: 'granted' }, agreement],
    electronicVersion: shown.electronic.version,
  });
  expect(chosen.status).toBe(200);
  await until('texts again', async () => (await smsOf(id)).able);
  expect((await desk.conversation(id)).language).toBe('zh-CN');
  expect(await desk.get(`/api/contacts/${contactId}/preferences`)).toMatchObject({ quietFrom: '20:00', quietTo: '09:00' });
  const act = (await consentsOf(id)).history.find(({ changed }) => changed.some(({ purposes }) => purposes.includes('electronic_notices')));
  expect(act).toMatchObject({ source: 'portal', state: 'granted' });
  expect((await consentsOf(id)).history.some(({ textVersion }) => textVersion === shown.electronic.version)).toBe(true);
  expect((await fetch(`${world.hub.url}/api/portal/preferences/${'x'.repeat(43)}/choices`)).status).toBe(404);
}, 240_000);
