import type { Claim, Composer, CounselSuggestion, CounselThread, Timeline } from '@claimline/protocol';
import { ClaimCore, newClaim } from '../world/claim-core';
import type { ConsoleClient } from '../world/console-client';
import { postMail } from '../world/mailer';
import { postSms } from '../world/twilio-sender';
import { until } from '../world/until';
import { World } from '../world/world';

let world: World;
let desk: ConsoleClient;
let handler: ConsoleClient;
let core: ClaimCore;
let stranger: ConsoleClient;
let auditor: ConsoleClient;

const number = 'CLM-2026-790001';
const [phone, email] = ['+15550405001', 'claimant@customers.test'];
const firm = 'j.moss@hartley-law.test';
const defence = 'counsel@ourdefence.test';

beforeAll(async () => {
  world = await World.open();
  desk = await world.signIn('supervisor');
  auditor = await world.signIn('auditor');
  core = new ClaimCore(world.manifest.claimEvents);
  await core.post(newClaim(number, { phone, email, name: 'Grace Chen' }));
  const claim = await until('the claim', async () => (await desk.call<Claim>('GET', `/api/claims/${number}`)).body);
  const adjusters = await Promise.all(
    world.manifest.people.filter(({ role }) => role === 'adjuster').map((_, n) => world.signIn('adjuster', n)),
  );
  handler = adjusters.find(({ me }) => me.id === claim.handler?.id)!;
  stranger = adjusters.find(({ me }) => me.id !== claim.handler?.id)!;
}, 240_000);
afterAll(() => world?.close());

const claimNow = (): Promise<Claim> => desk.get<Claim>(`/api/claims/${number}`);
const holderOf = async (): Promise<Claim['parties'][number]> => (await claimNow()).parties.find(({ role }) => role === 'policyholder')!;
const composerOf = (id: string): Promise<Composer> => desk.get(`/api/conversations/${id}/composer`);
const conversationOf = async (words: string, by = desk): Promise<string> =>
  (await until(`a conversation of ${words}`, async () => (await by.find(words)).items[0])).id;
const refusalOf = (id: string, text: string): Promise<string | null | undefined> =>
  until('what the gate said', async () => {
    const message = (await desk.thread(id)).items.find((one) => one.text === text);
    const settled = message?.delivery && !['held', 'due', 'sending'].includes(message.delivery.state);
    return settled ? (message.delivery!.reason ?? message.delivery!.state) : undefined;
  });

test('a law firm’s mail is suggested and never guessed into a claim; once a person has read it, only counsel is written to', async () => {
  await postSms(world.sms, { from: phone, text: 'Any news on my car?' });
  const customer = await conversationOf(phone);
  await postMail(world.mail.smtp, {
    from: `Hartley & Moss LLP <${firm}>`,
    to: world.mail.address,
    subject: `Letter of representation, ${number}`,
    text: `We represent Ms Grace Chen in claim ${number}. Please direct all further communication to this office.`,
  });
  const letter = await conversationOf(firm);
  await until('the suggestion', async () => (await desk.conversation(letter)).labels.includes('law-firm'));
  expect((await desk.conversation(letter)).claim).toBeNull();
  expect((await holderOf()).representedBy).toBeNull();
  expect((await composerOf(customer)).counsel).toBeNull();

  const suggestion = await desk.get<CounselSuggestion>(`/api/conversations/${letter}/counsel-suggestion`);
  expect(suggestion.claim?.number).toBe(number);
  const party = (await holderOf()).id;
  expect(suggestion.claim?.parties.map(({ id }) => id)).toContain(party);
  const noted = await handler.call<Claim>('POST', `/api/claims/${number}/representations`, {
    party,
    counsel: { contact: suggestion.sender.contact },
    evidence: { message: suggestion.message },
  });
  expect(noted.status).toBe(200);
  expect((await holderOf()).representedBy).toMatchObject({
    name: expect.stringContaining('Hartley'),
    source: 'person',
    letter: { conversation: letter, message: suggestion.message },
  });
  expect((await desk.conversation(letter)).claim?.number).toBe(number);

  const { channels, counsel } = await composerOf(customer);
  expect(channels.filter(({ channel }) => channel === 'twilio-sms' || channel === 'email')).toEqual(
    expect.arrayContaining([expect.objectContaining({ able: false, reason: 'represented' })]),
  );
  expect(counsel).toMatchObject({ claim: number, name: expect.stringContaining('Hartley') });
  await desk.reply(customer, 'This may not reach her', { channel: 'twilio-sms' });
  expect(await refusalOf(customer, 'This may not reach her')).toBe('represented');
  expect((await desk.call('POST', `/api/conversations/${customer}/call`, {})).status).toBe(422);
  expect((await world.outbox(phone)).some(({ text }) => text.includes('may not reach'))).toBe(false);

  const offered = await desk.call<CounselThread>('POST', `/api/conversations/${customer}/counsel`, {});
  expect(offered.body.conversation).toBe(letter);
  await desk.reply(letter, 'We write to you from now on', { channel: 'email' });
  await world.sandbox.waitFor(firm, ({ text }) => text.includes('from now on'));
}, 240_000);

test('news of the claim goes to counsel; a claim core that knows of no lawyer lifts nothing; ended by a person, the party is written to again', async () => {
  // Their office may be told at any hour, so that the hour of this test holds nothing back.
  const { contactId } = await desk.conversation(await conversationOf(firm));
  await desk.call('PUT', `/api/contacts/${contactId}/preferences`, { channels: [], anyHour: true, quietFrom: '21:00', quietTo: '08:00' });
  const before = (await world.outbox(phone)).length;
  const told = newClaim(number, { phone, email, name: 'Grace Chen', representedBy: null });
  await core.post({ ...told, version: 2, stage: 'acknowledged', exposures: undefined });
  await world.sandbox.waitFor(firm, ({ text }) => text.includes('Emma Clarke'));
  expect(await world.outbox(phone)).toHaveLength(before);
  const party = await holderOf();
  expect(party.representedBy).not.toBeNull();

  const customer = await conversationOf(phone);
  expect((await stranger.call('POST', `/api/claims/${number}/representations/${party.id}/end`, {})).status).toBe(200);
  expect((await holderOf()).representedBy).toBeNull();
  expect((await composerOf(customer)).counsel).toBeNull();
  await desk.reply(customer, 'We may speak again', { channel: 'twilio-sms' });
  await world.sandbox.waitFor(phone, ({ text }) => text === 'We may speak again');

  await core.post({
    claimNumber: number,
    version: 3,
    parties: [
      { externalId: 'counsel-1', role: 'attorney', name: 'Other & Sons LLP', email: 'o@others-law.test', kind: 'organisation' },
      { externalId: `holder-of-${number}`, role: 'policyholder', representedBy: 'counsel-1' },
    ],
  });
  const known = await until('what the core says', async () => (await holderOf()).representedBy ?? undefined);
  await until('its evidence', async () => (await holderOf()).representedBy?.source === 'claim-core');
  expect(known.name).toBe('Other & Sons LLP');
}, 240_000);

test('what our own counsel writes is seen by the claim’s handler and a supervisor, and by nobody else anywhere', async () => {
  const secret = `Our exposure is weak ${Date.now()}`;
  const opened = await handler.call<CounselThread>('POST', `/api/claims/${number}/defence-counsel`, {
    counsel: { name: 'Ashford Defence', email: defence },
  });
  expect(opened.status).toBe(200);
  const side = opened.body.conversation;
  const customer = await conversationOf(phone);
  expect(side).not.toBe(customer);
  // Our counsel answers to a mail that we once sent to the customer: it still goes to the side thread.
  await postMail(world.mail.smtp, { from: defence, to: world.mail.address, subject: `Advice on ${number}`, text: secret });
  await until('the advice in the side thread', async () => (await handler.thread(side)).items.some(({ text }) => text === secret));
  expect((await handler.conversation(side)).labels).toContain('privileged');
  expect((await desk.conversation(side)).labels).toContain('privileged');
  expect((await handler.conversation(side)).assignee?.id).toBe(handler.me.id);
  expect((await desk.thread(customer)).items.some(({ text }) => text === secret)).toBe(false);

  for (const other of [stranger, auditor]) {
    expect((await other.call('GET', `/api/conversations/${side}`)).status).toBe(404);
    expect((await other.call('GET', `/api/conversations/${side}/messages`)).status).toBe(404);
    await until('words to be found by those who may', async () => (await handler.find(secret)).items.length > 0);
    expect((await other.find(secret)).items).toEqual([]);
    const { items } = await other.get<Timeline>(`/api/claims/${number}/timeline?limit=100`);
    expect(JSON.stringify(items)).not.toContain(secret);
    const list = await other.get<{ items: { id: string }[] }>('/api/conversations?limit=100');
    expect(list.items.some(({ id }) => id === side)).toBe(false);
  }
  expect(JSON.stringify((await handler.get<Timeline>(`/api/claims/${number}/timeline?limit=100`)).items)).toContain(secret);
}, 240_000);
