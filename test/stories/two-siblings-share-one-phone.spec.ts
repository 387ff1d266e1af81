import type { Contact, ContactChange, ConversationItem, MergeReview } from '@claimline/protocol';
import { ClaimCore, newClaim } from '../world/claim-core';
import type { ConsoleClient } from '../world/console-client';
import { codeIn } from '../world/portal-client';
import { postSms } from '../world/twilio-sender';
import { until } from '../world/until';
import { World } from '../world/world';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const PATIENCE = 60;
const PHONE = '+15550406100';
const WEI = { number: 'CLM-2026-760001', name: 'Wei Lindqvist', email: 'wei@siblings.test' };
const NA = { number: 'CLM-2026-760002', name: 'Na Lindqvist', email: 'na@siblings.test' };

let world: World;
let desk: ConsoleClient;
let core: ClaimCore;

beforeAll(async () => {
  world = await World.open();
  desk = await world.signIn('supervisor');
  core = new ClaimCore(world.manifest.claimEvents);
  for (const { number, name, email } of [WEI, NA])
    expect((await core.post(newClaim(number, { phone: PHONE, name, email }))).body.outcome).toBe('applied');
  await until(
    'the first notices',
    async () => (await texts(NA.email)).length > 0 && (await texts(PHONE)).length + (await texts(WEI.email)).length > 0,
    PATIENCE,
  );
  await world.shiftClock(20 * DAY_MS);
}, 150_000);
afterAll(() => world?.close());

const texts = async (address: string): Promise<string[]> => (await world.outbox(address)).map(({ text }) => text);
const questions = async (): Promise<number> =>
  (await texts(PHONE)).filter((text) => text.includes('several customers use this address')).length;
const says = (text: string) => postSms(world.sms, { from: PHONE, text });
const fromPhone = async (): Promise<ConversationItem[]> => (await desk.find(PHONE)).items;
const withWords = (words: string): Promise<ConversationItem> =>
  until(`a conversation with "${words}"`, async () => (await desk.find(words)).items[0], PATIENCE);
const contactsOf = async (name: string): Promise<{ id: string; name: string }[]> =>
  (await desk.get<{ items: { id: string; name: string }[] }>(`/api/contacts?q=${encodeURIComponent(name)}`)).items;

test('who is writing is asked once; nobody’s claim is told of until then; a whole name says who', async () => {
  await says('What about my blue bicycle?');
  await until('the question', async () => (await questions()) === 1, PATIENCE);
  const { id } = await withWords('blue bicycle');
  await says('Hello, is anybody there?');
  await until(
    'both messages',
    async () => (await desk.thread(id)).items.filter(({ direction }) => direction === 'inbound').length === 2,
    PATIENCE,
  );
  const unknown = await desk.conversation(id);
  expect(unknown).toMatchObject({ claim: null });
  expect(unknown.labels).toContain('who-is-writing');
  expect(unknown.holders.map(({ name }) => name).sort()).toEqual([NA.name, WEI.name]);

  const before = await texts(PHONE);
  await core.post({ claimNumber: WEI.number, version: 2, stage: 'acknowledged' });
  await until(
    'the notice by mail',
    async () => (await texts(WEI.email)).some((text) => text.includes('takes care of your claim')),
    PATIENCE,
  );
  expect(await texts(PHONE)).toEqual(before);

  await says(`This is ${WEI.name}.`);
  await until('Wei', async () => (await desk.conversation(id)).contact.name === WEI.name, PATIENCE);
  expect((await desk.conversation(id)).labels).not.toContain('who-is-writing');
  expect(await questions()).toBe(1);
  await says('So when is it repaired?');
  await until(
    'the next message in the same thread',
    async () => (await desk.thread(id)).items.some(({ text }) => text === 'So when is it repaired?'),
    PATIENCE,
  );
}, 240_000);

test('half an hour later it is asked again, and a code to an address of theirs says who', async () => {
  await world.shiftClock(20 * DAY_MS + HOUR_MS);
  await until(
    'the word is taken from Wei',
    async () => {
      await says('And now the red scooter?');
      return (await questions()) === 2;
    },
    PATIENCE,
  );
  const open = (await fromPhone()).find(({ labels }) => labels.includes('who-is-writing'))!;
  const { holders } = await desk.conversation(open.id);
  const na = holders.find(({ name }) => name === NA.name)!;
  const sent = await desk.call<{ to: string }>('POST', `/api/conversations/${open.id}/holder/code`, { contact: na.id });
  expect(sent).toMatchObject({ status: 200, body: { to: 'n•••@siblings.test' } });
  const code = await until('the code', async () => (await texts(NA.email)).map(codeIn).find(Boolean), PATIENCE);
  await says(code === '111111' ? '222222' : '111111');
  await says(code);
  await until('Na', async () => (await desk.conversation(open.id)).contact.name === NA.name, PATIENCE);
  const contact = await desk.get<Contact>(`/api/contacts/${na.id}`);
  expect(contact.addresses.find(({ value }) => value === NA.email)?.level).toBe('verified');
  expect(contact.addresses.find(({ value }) => value === PHONE)?.level).toBe('claimed');
}, 240_000);

test('two records of one person become one with nothing lost and an opt-out kept, and are taken apart again', async () => {
  const stray = '+15550406200';
  await postSms(world.sms, { from: stray, text: 'My green umbrella broke' });
  const thread = await withWords('green umbrella');
  await postSms(world.sms, { from: stray, text: 'STOP' });
  const [wei] = await contactsOf(WEI.name);
  const strayContact = (await desk.conversation(thread.id)).contact;
  const optedOut = async (id: string): Promise<boolean> =>
    (await desk.get<Contact>(`/api/contacts/${id}`)).addresses.some(
      ({ value, consent }) => value === stray && consent.some(({ state }) => state === 'opted-out'),
    );
  await until('the opt-out', () => optedOut(strayContact.id), PATIENCE);

  const review = await desk.get<MergeReview>(`/api/contacts/${wei!.id}/merge-review?with=${strayContact.id}`);
  expect(review).toMatchObject({ refusal: null, moves: { addresses: [stray], optOuts: expect.any(Number) } });
  expect(review.moves.optOuts).toBeGreaterThan(0);
  expect(review.conflicts).toContainEqual({ about: 'name', kept: WEI.name, other: stray });
  const merged = await desk.call<Contact>('POST', `/api/contacts/${wei!.id}/merge`, { with: strayContact.id });
  expect(merged.status).toBe(200);
  expect(merged.body.addresses.map(({ value }) => value)).toEqual(expect.arrayContaining([stray, PHONE, WEI.email]));
  expect(merged.body.name).toBe(WEI.name);
  expect(await optedOut(wei!.id)).toBe(true);
  expect((await desk.conversation(thread.id)).contact.id).toBe(wei!.id);
  expect((await desk.get<Contact>(`/api/contacts/${strayContact.id}`)).id).toBe(wei!.id);
  expect((await desk.call('POST', `/api/contacts/${wei!.id}/merge`, { with: strayContact.id })).status).toBe(409);

  const [change] = (await desk.get<{ items: ContactChange[] }>(`/api/contacts/${wei!.id}/changes`)).items;
  expect(change).toMatchObject({ kind: 'merge', otherId: strayContact.id, undoneAt: null });
  expect((await desk.call('POST', `/api/contact-changes/${change!.id}/undo`, {})).status).toBe(200);
  expect((await desk.call('POST', `/api/contact-changes/${change!.id}/undo`, {})).status).toBe(404);
  expect((await desk.conversation(thread.id)).contact.id).toBe(strayContact.id);
  expect((await desk.get<Contact>(`/api/contacts/${wei!.id}`)).addresses.map(({ value }) => value)).not.toContain(stray);
  expect(await optedOut(strayContact.id)).toBe(true);

  const email = (await desk.get<Contact>(`/api/contacts/${wei!.id}`)).addresses.find(({ value }) => value === WEI.email)!;
  const split = await desk.call<Contact>('POST', `/api/contacts/${wei!.id}/split`, { name: 'Wen Lindqvist', addresses: [email.id] });
  expect(split.status).toBe(201);
  expect(split.body.addresses.map(({ value }) => value)).not.toContain(WEI.email);
  const [last] = (await desk.get<{ items: ContactChange[] }>(`/api/contacts/${wei!.id}/changes`)).items;
  expect(
    (await desk.call<Contact>('POST', `/api/contact-changes/${last!.id}/undo`, {})).body.addresses.map(({ value }) => value),
  ).toContain(WEI.email);
}, 180_000);
