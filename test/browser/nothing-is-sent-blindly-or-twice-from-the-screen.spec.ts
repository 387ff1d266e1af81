import type { ConversationItem } from '@claimline/protocol';
import type { Locator, Page } from 'playwright-core';
import type { ConsoleClient } from '../world/console-client';
import { postSms } from '../world/twilio-sender';
import { until } from '../world/until';
import { Office } from './office';

jest.setTimeout(240_000);

let office: Office;
let desk: ConsoleClient;

beforeAll(async () => {
  office = await Office.open();
  desk = await office.world.signIn('supervisor');
}, 240_000);
afterAll(() => office?.close());

const message = (page: Page, words: string): Locator => page.locator('[data-message]').filter({ hasText: words });

async function openThread(phone: string, words: string): Promise<{ page: Page; item: ConversationItem }> {
  await postSms(office.world.sms, { from: phone, text: words });
  const item = await until(`a conversation of ${phone}`, async () => (await desk.find(phone)).items[0]);
  const page = await office.seat({ role: 'supervisor' });
  await page.goto(`/inbox/all/${item.id}`);
  await message(page, words).waitFor();
  await page.waitForTimeout(1_200); // a glance: only then it counts as seen
  return { page, item };
}

test('who wrote while something came in sees it first, and decides', async () => {
  const phone = '+15550108101';
  const { page } = await openThread(phone, 'When do I get my car back?');
  await page.keyboard.press('r');
  await page.keyboard.type('On Friday at four.');
  await postSms(office.world.sms, { from: phone, text: 'I have changed my mind, please scrap it' });
  await message(page, 'please scrap it').waitFor();
  await page.keyboard.press('Control+Enter');
  const guard = page.getByRole('dialog', { name: 'Something came in while you wrote' });
  await guard.getByText('please scrap it').waitFor();
  expect(await office.world.outbox(phone)).toEqual([]);

  await guard.getByRole('button', { name: 'Back to my reply' }).first().click();
  await guard.waitFor({ state: 'hidden' });
  expect(await page.getByRole('textbox', { name: 'Reply', exact: true }).inputValue()).toBe('On Friday at four.');
  await page.keyboard.press('Control+Enter');
  await page.waitForTimeout(300);
  if (await guard.isVisible()) await guard.getByRole('button', { name: 'Send anyway' }).click();
  const received = await until('the answer', async () => (await office.world.outbox(phone))[0]);
  expect(received.text).toBe('On Friday at four.');
  await page.context().close();
});

test('the hub refuses what answers a thread that the screen did not know of, and the screen asks', async () => {
  const phone = '+15550108102';
  const { page } = await openThread(phone, 'Is the garage open today?');
  // The screen stays behind: neither events nor readings of the thread reach it, only what it sends goes through.
  await page.route('**/api/conversations/*/messages?*', (route) => (route.request().method() === 'GET' ? route.abort() : route.continue()));
  await postSms(office.world.sms, { from: phone, text: 'Never mind, I found another garage' });
  await until('the second message', async () => (await desk.find(phone)).items[0]?.preview.includes('another garage'));
  await page.keyboard.press('r');
  await page.keyboard.type('Yes, until six.');
  const refusal = page.waitForResponse((response) => response.request().method() === 'POST' && response.url().includes('/messages'));
  await page.keyboard.press('Control+Enter');
  expect((await refusal).status()).toBe(409);
  await page.unroute('**/api/conversations/*/messages?*');
  const guard = page.getByRole('dialog', { name: 'Something came in while you wrote' });
  await guard.getByText('I found another garage').waitFor();
  expect(await office.world.outbox(phone)).toEqual([]);
  await page.context().close();
});

test('a reply that was written without network waits, says so, and goes out once', async () => {
  const phone = '+15550108103';
  const { page, item } = await openThread(phone, 'Which papers do you need?');
  await page.context().setOffline(true);
  await page.getByText('No connection.').waitFor();
  await page.keyboard.press('r');
  await page.keyboard.type('The police report and two photos.');
  await page.keyboard.press('Control+Enter');
  await page.getByText('1 reply is waiting').waitFor();
  await page.getByText('The police report and two photos.').waitFor();
  await page.reload().catch(() => undefined); // without network there is no page: what was written must survive that
  await page.context().setOffline(false);
  await page.goto(`/inbox/all/${item.id}`);
  await message(page, 'The police report and two photos.').waitFor();
  await until('the answer', async () => (await office.world.outbox(phone))[0]);
  await page.context().setOffline(true);
  await page.context().setOffline(false);
  await page.waitForTimeout(1_500);
  expect((await office.world.outbox(phone)).map((one) => one.text)).toEqual(['The police report and two photos.']);
  expect((await desk.thread(item.id)).items.filter((one) => one.direction === 'outbound')).toHaveLength(1);
  await page.context().close();
});
