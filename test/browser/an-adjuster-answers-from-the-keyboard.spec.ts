import type { ConversationItem } from '@claimline/protocol';
import type { Locator, Page } from 'playwright-core';
import type { ConsoleClient } from '../world/console-client';
import { postSms } from '../world/twilio-sender';
import { until } from '../world/until';
import { Keyboard, Office } from './office';

jest.setTimeout(240_000);

let office: Office;
let desk: ConsoleClient;

beforeAll(async () => {
  office = await Office.open();
  desk = await office.world.signIn('supervisor');
}, 240_000);
afterAll(() => office?.close());

const rows = (page: Page): Locator => page.locator('[data-conversation]');
const messages = (page: Page): Locator => page.locator('[data-message]');
const composer = (page: Page): Locator => page.getByRole('textbox', { name: 'Reply', exact: true });

/** A conversation of somebody new that this adjuster works on. */
async function conversationWith(phone: string, text: string, owner = office.person()): Promise<ConversationItem> {
  await postSms(office.world.sms, { from: phone, text });
  const item = await until(`a conversation of ${phone}`, async () => (await desk.find(phone)).items[0]);
  const people = await desk.get<{ items: { id: string; name: string }[] }>('/api/people');
  const assignee = people.items.find((one) => one.name === owner.name)!.id;
  await desk.call('POST', `/api/conversations/${item.id}/assign`, { assignee });
  return item;
}

test('who signs in stands before what is to be done, the most urgent first', async () => {
  const { email, password } = office.person();
  const page = await office.window();
  await page.goto('/');
  await page.getByLabel('Email').fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill('not-this-one');
  await page.keyboard.press('Enter');
  await page.getByText('Email or password is wrong.').waitFor();
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/inbox/todo');
  await rows(page).first().waitFor();
  // Zhang Lei's own language is Chinese: the console speaks it once it knows who is there.
  await page.getByText('已超时').first().waitFor();
  const mine = await office.world.signIn();
  const { items } = await mine.get<{ items: ConversationItem[] }>('/api/conversations?view=todo');
  const [soonest] = [...items].sort((a, b) => Date.parse(a.nextDue!.at) - Date.parse(b.nextDue!.at));
  expect(await rows(page).first().getAttribute('data-conversation')).toBe(soonest!.id);
  await page.context().close();
});

test('an SMS stands on the screen at once and by itself, in the list and in the open thread', async () => {
  const phone = '+15550108001';
  const item = await conversationWith(phone, 'Hello, my windscreen is broken');
  const page = await office.seat();
  await page.goto(`/inbox/all/${item.id}`);
  await messages(page).filter({ hasText: 'windscreen' }).waitFor();
  await page.getByRole('button', { name: /Online/ }).waitFor(); // its socket is there: from now on it follows the hub
  // Less than a second where nothing else runs. The best of ten has room for a busy machine: no round of asking comes within it.
  let quickest = Infinity;
  for (let n = 1; n <= 10 && quickest >= 5_000; n += 1) {
    const words = `It was stone number ${n}`;
    const sent = Date.now();
    await postSms(office.world.sms, { from: phone, text: words });
    await messages(page).filter({ hasText: words }).waitFor();
    await rows(page).filter({ hasText: words }).waitFor();
    quickest = Math.min(quickest, Date.now() - sent);
  }
  expect(quickest).toBeLessThan(5_000);
  await page.context().close();
});

test('a template is chosen and sent, and the next conversation is open, in six strokes', async () => {
  const phone = '+15550108002';
  const item = await conversationWith(phone, 'How far is my claim?');
  const page = await office.seat();
  await page.goto(`/inbox/todo/${item.id}`);
  await messages(page).filter({ hasText: 'How far is my claim?' }).waitFor();
  await page.waitForTimeout(1_000);
  const hand = new Keyboard(page);
  await hand.press('r', '/');
  await page.getByRole('option').first().waitFor();
  await hand.press('Enter');
  await until('the words of the template', async () => (await composer(page).inputValue()).length > 10);
  const words = await composer(page).inputValue();
  await hand.press('Control+Shift+Enter');
  await page.waitForURL((url) => !url.pathname.includes(item.id));
  expect(hand.strokes).toBeLessThanOrEqual(6);
  expect(page.url()).toContain('/inbox/todo/');
  const received = await until('the answer on the phone', async () => (await office.world.outbox(phone))[0]);
  expect(received.text).toBe(words);
  expect(words).not.toMatch(/[{}]/);
  await page.context().close();
});

test('a note is for colleagues and never leaves', async () => {
  const phone = '+15550108003';
  const item = await conversationWith(phone, 'Please call me');
  const page = await office.seat();
  await page.goto(`/inbox/all/${item.id}`);
  await messages(page).filter({ hasText: 'Please call me' }).waitFor();
  await page.keyboard.press('n');
  await page.getByText('Only colleagues see this').waitFor();
  await page.keyboard.type('Wants a call after six');
  await page.keyboard.press('Control+Enter');
  const note = messages(page).filter({ hasText: 'Wants a call after six' });
  await note.waitFor();
  const stored = (await desk.thread(item.id)).items.find((one) => one.text === 'Wants a call after six');
  expect(stored?.kind).toBe('note');
  expect(await office.world.outbox(phone)).toEqual([]);
  await page.context().close();
});

test('a file that is given to a mail arrives with it and is shown in the thread', async () => {
  const { items } = await desk.get<{ items: ConversationItem[] }>('/api/conversations?view=all&limit=100');
  const item = items.find((one) => one.channel === 'email' && one.claim !== null && one.labels.length === 0)!;
  const page = await office.seat({ role: 'supervisor' });
  await page.goto(`/inbox/all/${item.id}`);
  await composer(page).waitFor();
  await page.waitForTimeout(1_000);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Add files' }).click();
  await (await chooser).setFiles({ name: 'estimate.txt', mimeType: 'text/plain', buffer: Buffer.from('Bumper 320, paint 180') });
  await page.getByRole('button', { name: 'Remove estimate.txt' }).waitFor();
  await composer(page).fill('Please find the estimate attached.');
  await page.getByRole('button', { name: 'Send Email' }).click();
  await messages(page).filter({ hasText: 'Please find the estimate attached.' }).getByText('estimate.txt').waitFor();
  const thread = await desk.thread(item.id);
  const sent = thread.items.find((one) => one.text.startsWith('Please find the estimate'));
  expect(sent?.attachments.map((one) => one.name)).toEqual(['estimate.txt']);
  const received = await until('the mail', async () =>
    (await office.world.outbox(sent!.to[0]!)).find((one) => one.text.includes('estimate attached')),
  );
  expect(received).toMatchObject({ attachments: [{ name: 'estimate.txt' }] });
  await page.context().close();
});

test('a first message is written to somebody by key from beginning to words', async () => {
  const customer = office.world.manifest.customers.find((one) => one.language === 'en' && one.phone !== null && one.email !== null)!;
  const page = await office.seat();
  await page.goto('/inbox/todo');
  await rows(page).first().waitFor();
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: 'New message' });
  await dialog.getByRole('searchbox').waitFor();
  await until('the focus in the field', async () => dialog.getByRole('searchbox').evaluate((field) => field === document.activeElement));
  await page.keyboard.type(customer.name);
  await dialog.getByRole('button', { name: customer.name }).first().waitFor();
  await page.keyboard.press('Enter');
  await dialog.getByRole('textbox', { name: 'Message' }).waitFor();
  await page.keyboard.type('May I ask for one more photo?');
  await dialog.getByRole('button', { name: /^Send by SMS/ }).click();
  const received = await until('the SMS', async () =>
    (await office.world.outbox(customer.phone!)).find((one) => one.text === 'May I ask for one more photo?'),
  );
  expect(received.from).toBe(office.world.sms.address);
  await page.context().close();
});
