import AxeBuilder from '@axe-core/playwright';
import type { FrameLocator, Page } from 'playwright-core';
import { until } from '../world/until';
import { Office } from './office';

jest.setTimeout(240_000);

let office: Office;
let page: Page;
let desk: FrameLocator;

beforeAll(async () => {
  office = await Office.open();
  page = await office.window();
  await page.goto('/demo');
  desk = page.frameLocator('iframe');
  await desk.locator('[data-conversation]').first().waitFor();
}, 240_000);
afterAll(() => office?.close());

const press = (name: string | RegExp): Promise<void> => page.getByRole('button', { name }).click();
const step = (n: number): Promise<void> => page.getByText(`Step ${n} of 7`).waitFor();
const beckoning = (): Promise<string[]> =>
  page.locator('[data-next="true"]').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? one.textContent ?? ''));

test('a voice message is on the adjuster’s list at once, with its words, its labels and a running clock', async () => {
  expect(await beckoning()).toEqual(['Send voice message']);
  await press('Send voice message');
  const row = desk.locator('[data-conversation]', { hasText: '我在延安路被追尾了' });
  await row.waitFor();
  await row.getByText('New loss').waitFor();
  await row.getByText(/\d+m left/).waitFor();
  await row.click();
  await desk.getByText('“我在延安路被追尾了，人没事”').waitFor();
  await desk.getByText('Speaks Chinese').waitFor();
  await step(2);
});

test('the adjuster registers the report in a prefilled form, the claim core makes a claim of it, and the phone buzzes', async () => {
  expect(await beckoning()).toEqual(['Register the report']);
  await press('Register the report');
  await desk.getByRole('heading', { name: /^Report of/ }).waitFor();
  await desk.getByText('Policy ··8812 matches this customer’s phone').waitFor();
  await desk.getByRole('button', { name: 'Choose policy ··8812' }).click();
  await desk.getByText(/^Chosen: /).waitFor();
  await desk.getByRole('button', { name: 'Register', exact: true }).click();
  await desk.getByText(/This report is now claim/).waitFor();
  await page.getByText(/^Told \d+\.\d s after the change$/).waitFor();
  await press(/^SMS/);
  await page
    .getByRole('log')
    .getByText(/您的报案已/)
    .waitFor();
  await desk.getByRole('link', { name: 'Conversation' }).click();
  await desk.getByText('“我在延安路被追尾了，人没事”').first().waitFor();
  await step(3);
});

test('the adjuster asks in words, the customer sends four photographs, and all four are in the thread', async () => {
  const reply = desk.getByRole('textbox', { name: 'Reply', exact: true });
  await reply.fill('请拍四张现场照片。');
  await desk.getByRole('button', { name: /^Send WeChat/ }).click();
  await press(/^WeChat/);
  await page.getByRole('log').getByText('请拍四张现场照片。').waitFor();
  await press('Send four photos');
  await until('four photographs in the thread', async () => (await desk.locator('[data-message] img').count()) >= 4);
  await step(4);
});

test('the next stage is told before anybody asks', async () => {
  await press('Next stage');
  await press(/^SMS/);
  await page
    .getByRole('log')
    .getByText(/由理赔员张蕾负责/)
    .waitFor();
  await step(5);
});

test('who says stop in their own words hears it once, and the next stage comes by mail', async () => {
  expect(await beckoning()).toEqual(['Send']);
  await press('Send');
  await page
    .getByRole('log')
    .getByText(/已停止/)
    .waitFor();
  await step(6);
  const { phone } = office.world.manifest.customers[0]!;
  const before = (await office.world.outbox(phone!)).length;
  await press('Next stage');
  await press(/^Mail/);
  await page.getByRole('log').getByText(/查勘/).first().waitFor();
  expect((await office.world.outbox(phone!)).length).toBe(before);
  await step(7);
});

test('why: the claim’s story stands in the console', async () => {
  await press('Why?');
  await desk
    .getByText(/CLM-2026-8/)
    .first()
    .waitFor();
  expect(await beckoning()).toEqual([]);
});

test('three more deliveries of one webhook make no second message', async () => {
  await press('Resend the webhook three times');
  await page.getByText(/three more times \(200, 200, 200\)/).waitFor();
  const supervisor = await office.world.signIn('supervisor');
  const { items } = await supervisor.find('请问定损什么时候能完成');
  const thread = await supervisor.get<{ items: { text: string }[] }>(`/api/conversations/${items[0]!.id}/messages`);
  expect(thread.items.filter(({ text }) => text.includes('请问定损什么时候能完成'))).toHaveLength(1);
});

test('a cut network is said, and what came meanwhile is there when it is back', async () => {
  await page
    .locator('iframe')
    .evaluate((frame) =>
      (frame as unknown as { contentWindow: { location: { assign(to: string): void } } }).contentWindow.location.assign('/'),
    );
  const row = desk.locator('[data-conversation]', { hasText: '请问定损什么时候能完成' });
  await row.click();
  await press('Cut the network');
  await desk.getByText(/No connection/).waitFor();
  await desk.getByText('我又补拍了一张，等下发您').last().waitFor();
});

test('the hotline answers in both languages first', async () => {
  await press('Ring the hotline');
  const heard = page.getByRole('list', { name: 'What you hear' });
  await heard.getByText(/For English press 1/).waitFor();
  await heard.getByText(/中文请按 2/).waitFor();
  await press('2');
  await until('more words', async () => (await heard.getByRole('listitem').count()) > 2);
  await press('Hang up');
  await page.getByText('Call ended').waitFor();
});

test('the page speaks both languages, fits a phone, and has nothing that keeps somebody out', async () => {
  const { violations } = await new AxeBuilder({ page }).exclude('iframe').withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`)).toEqual([]);
  await press('中文');
  await page.getByRole('button', { name: '下一阶段' }).waitFor();
  await desk.getByText('待办').first().waitFor();
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  await page.getByRole('button', { name: '工作台' }).click();
  // On a phone the open thread is a page of its own.
  await desk.locator('[data-message]').last().waitFor();
});
