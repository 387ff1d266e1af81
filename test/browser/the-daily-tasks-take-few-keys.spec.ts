import type { Claim, ClaimDocuments, Conversation, ConversationItem, DocumentSteps, TaskPage } from '@claimline/protocol';
import type { Locator, Page } from 'playwright-core';
import { Caller, toneFile } from '../world/caller';
import { ClaimCore, newClaim } from '../world/claim-core';
import type { ConsoleClient } from '../world/console-client';
import { postMail } from '../world/mailer';
import { until } from '../world/until';
import { Keyboard, Office } from './office';

jest.setTimeout(240_000);

let office: Office;
let desk: ConsoleClient;
let core: ClaimCore;

beforeAll(async () => {
  office = await Office.open();
  desk = await office.world.signIn('supervisor');
  core = new ClaimCore(office.world.manifest.claimEvents);
}, 240_000);
afterAll(() => office?.close());

const messages = (page: Page): Locator => page.locator('[data-message]');
const focused = (what: Locator): Promise<boolean> => what.evaluate((one) => one === one.ownerDocument.activeElement);
const claimOf = async (conversation: string): Promise<string | undefined> =>
  (await desk.conversation(conversation)).claim?.number ?? undefined;

/** The conversation of an address, put on the desk of the adjuster who sits in front of this browser. */
async function onMyDesk(address: string): Promise<ConversationItem> {
  const item = await until(`a conversation of ${address}`, async () => (await desk.find(address)).items[0]);
  await putOnMyDesk(item.id);
  return item;
}

async function putOnMyDesk(conversation: string): Promise<void> {
  const people = await desk.get<{ items: { id: string; name: string }[] }>('/api/people');
  const assignee = people.items.find(({ name }) => name === office.person().name)!.id;
  await desk.call('POST', `/api/conversations/${conversation}/assign`, { assignee });
}

test('a caller gives a plate: stage, next step and last words in seven keys, without scrolling', async () => {
  const numbers = office.world.manifest.customers.flatMap((customer) => customer.claims);
  const claim = await first(numbers, async (number) => {
    const one = await desk.get<Claim>(`/api/claims/${number}`);
    const { items } = await desk.get<{ items: { type: string; params: { preview?: string } }[] }>(`/api/claims/${number}/timeline`);
    const said = items.find(({ type, params }) => type === 'message' && params.preview);
    return one.plate && one.nextStep && said ? { ...one, said: said.params.preview! } : undefined;
  });
  const page = await office.seat();
  await page.goto('/inbox/todo');
  await page.locator('[data-conversation]').first().waitFor();
  const hand = new Keyboard(page);
  await hand.press('/');
  await page.waitForURL('**/search');
  await hand.type(claim.plate!.slice(-5).toLowerCase());
  const preview = page.getByRole('complementary', { name: 'Preview' });
  await preview.getByText(claim.number).first().waitFor();
  const asked = [
    preview.locator('[aria-current="step"]'),
    preview.getByText(claim.nextStep!),
    preview.locator('blockquote').getByText(claim.said.split('\n')[0]!.slice(0, 30)),
  ];
  for (const thing of asked) {
    await thing.first().waitFor();
    const box = (await thing.first().boundingBox())!;
    expect([box.y > 0, box.y + box.height <= 900]).toEqual([true, true]);
  }
  expect(hand.strokes).toBeLessThanOrEqual(7);
  await page.context().close();
});

test('an unknown voice note: listened to, put on its claim and acknowledged in five keys, the claim taken back with one', async () => {
  const number = 'CLM-2026-779301';
  const openId = 'oDailyTask00000000000000000001';
  await core.post(newClaim(number, { phone: '+15550179301' }, { plate: '沪AZ7931' }));
  await office.world.sandbox.act(
    { kind: 'wechat' },
    { do: 'voice-message', from: openId, media: toneFile().file, seconds: 1, transcript: '你好，我的车沪AZ7931什么时候能修好' },
  );
  const item = await onMyDesk(openId);
  const page = await office.seat();
  await page.goto(`/inbox/todo/${item.id}`);
  await messages(page).getByText('沪AZ7931').first().waitFor();
  await page.getByRole('button', { name: `Link to ${number}` }).waitFor();
  await until('a clock', async () => (await desk.conversation(item.id)).clocks.length > 0);
  const hand = new Keyboard(page);
  await hand.press('p');
  await until('the voice to be heard', () => page.locator('audio').evaluate((sound) => (sound as HTMLAudioElement).played.length > 0));
  await hand.press('1');
  await until('the claim', async () => (await claimOf(item.id)) === number);
  await page.getByRole('button', { name: 'Acknowledge' }).waitFor();
  await hand.press('y');
  await page.getByText(/^Acknowledged: /).waitFor();
  expect(hand.strokes).toBeLessThanOrEqual(5);
  await until('the acknowledgement on the phone', async () => (await office.world.outbox(openId)).length === 1);
  await page.getByRole('button', { name: 'Acknowledge' }).waitFor({ state: 'detached' });
  await page.context().close();
});

test('three missing documents are asked for in one message with two keys, and taken back with one click', async () => {
  const number = 'CLM-2026-779401';
  const phone = '+15550179401';
  await core.post(newClaim(number, { phone }, { jurisdiction: 'US-VA' }));
  const path = `/api/claims/${number}/documents`;
  const states = async (): Promise<string[]> => (await desk.get<ClaimDocuments>(path)).items.map(({ state }) => state);
  const { items } = await desk.get<ClaimDocuments>(path);
  for (const { id } of items.slice(3))
    expect((await desk.call<DocumentSteps>('PATCH', `${path}/${id}`, { state: 'waived', reason: 'Not needed here' })).status).toBe(200);
  const page = await office.seat();
  await page.goto(`/claims/${number}`);
  await page.locator('[data-document]').first().waitFor();
  const hand = new Keyboard(page);
  await hand.press('d');
  const send = page.getByRole('button', { name: 'Send one message' });
  await until('the focus on the button', () => focused(send));
  await hand.press('Enter');
  await page.getByText('3 documents asked for').waitFor();
  expect(hand.strokes).toBeLessThanOrEqual(5);
  await hand.click(page.getByRole('button', { name: 'Undo' }).last());
  await until('nothing to be asked for', async () => !(await states()).includes('requested'));
  expect((await states()).filter((state) => state === 'open')).toHaveLength(3);
  expect((await office.world.outbox(phone)).filter(({ text }) => text.includes('/portal/documents/'))).toEqual([]);
  await page.context().close();
});

test('a missed call: called back, its outcome logged and the next contact set with three clicks', async () => {
  const phone = '+15550179501';
  const caller = await Caller.dial(office.world.sandbox, phone);
  await caller.press('1');
  await caller.do('hang-up');
  const item = await onMyDesk(phone);
  const callbacks = async (state: string) =>
    (await desk.get<TaskPage>(`/api/tasks?view=all&state=${state}&conversation=${item.id}`)).items.filter(
      ({ kind }) => kind === 'callback',
    );
  const [missed] = await until('the callback', async () => {
    const open = await callbacks('open');
    return open.length > 0 && open;
  });
  const page = await office.seat();
  await page.goto(`/inbox/todo/${item.id}`);
  const hand = new Keyboard(page);
  // The entry of the call and its task both offer it; the task also asks what came of it.
  await hand.click(page.getByRole('complementary', { name: 'Details' }).getByRole('button', { name: 'Call back' }));
  await until('a phone to ring', async () =>
    (await office.world.sandbox.calls()).some(({ direction, state }) => direction === 'outbound' && state === 'ringing'),
  );
  await hand.click(page.getByRole('button', { name: 'No answer' }));
  await hand.click(page.getByRole('button', { name: 'Tomorrow morning' }));
  await page.getByText('Task finished: No answer').waitFor();
  expect(hand.strokes).toBeLessThanOrEqual(3);
  expect((await callbacks('done')).map(({ id, outcome }) => [id, outcome])).toEqual([[missed!.id, 'no-answer']]);
  const next = await until('the next contact', async () => (await callbacks('open'))[0]);
  expect(Date.parse(next.due)).toBeGreaterThan(Date.parse(missed!.due));
  await page.context().close();
});

test('a mail that was filed in the wrong claim is moved with six keys, and back with one', async () => {
  const [wrong, right] = ['CLM-2026-779601', 'CLM-2026-779602'];
  const from = 'daily.mover@customers.example.test';
  for (const number of [wrong, right])
    await core.post(newClaim(number!, { email: from, externalId: 'holder-of-779601', name: 'Dana Mover' }));
  const { address, smtp } = office.world.mail;
  const words = 'Here is the invoice of the plumber.';
  await postMail(smtp, {
    from,
    to: address,
    subject: `Invoice, ${wrong}`,
    text: words,
    messageId: '<daily-779601@customers.example.test>',
  });
  // Both claims have told their customer something: the mail is in the thread of the one it names.
  const item = await until('the mail on the claim it names', async () =>
    (await placesOf(from)).find(({ claim }) => claim?.number === wrong),
  );
  await putOnMyDesk(item.id);
  const page = await office.seat();
  await page.goto(`/inbox/todo/${item.id}`);
  await messages(page).filter({ hasText: words }).waitFor();
  const hand = new Keyboard(page);
  await hand.press('m');
  await until('the search has the focus', () => focused(page.getByRole('combobox', { name: 'Move this message to another claim' })));
  await hand.type('9602');
  await page
    .getByRole('option', { name: new RegExp(right!) })
    .and(page.locator('[aria-selected="true"]'))
    .waitFor();
  await hand.press('Enter');
  await page.getByText(`Filed to ${right}`).waitFor();
  expect(hand.strokes).toBeLessThanOrEqual(6);
  const moved = await until('the mail on its claim', async () => (await placesOf(from)).find(({ claim }) => claim?.number === right));
  expect((await desk.thread(moved.id)).items.map(({ text }) => text.trim())).toContain(words);
  await hand.press('z');
  await until('the mail where it was', async () => (await desk.thread(item.id)).items.some(({ text }) => text.trim() === words));
  expect(hand.strokes).toBeLessThanOrEqual(7);
  await page.context().close();
});

const placesOf = async (address: string): Promise<readonly Conversation[]> =>
  Promise.all((await desk.find(address)).items.map(({ id }) => desk.conversation(id)));

/** The first answer that is one. */
async function first<In, Out>(all: readonly In[], ask: (one: In) => Promise<Out | undefined>): Promise<Out> {
  for (const one of all) {
    const answer = await ask(one);
    if (answer) return answer;
  }
  throw new Error('the demo has no such claim');
}
