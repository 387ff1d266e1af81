import AxeBuilder from '@axe-core/playwright';
import type { ConversationItem } from '@claimline/protocol';
import type { Page } from 'playwright-core';
import type { ConsoleClient } from '../world/console-client';
import { Office } from './office';

jest.setTimeout(240_000);

let office: Office;
let desk: ConsoleClient;
let threads: readonly ConversationItem[];

beforeAll(async () => {
  office = await Office.open();
  desk = await office.world.signIn('supervisor');
  threads = (await desk.get<{ items: ConversationItem[] }>('/api/conversations?view=all&limit=100')).items;
}, 240_000);
afterAll(() => office?.close());

const brightness = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const [red = 0, green = 0, blue = 0] = getComputedStyle(document.body).backgroundColor.match(/\d+/g)!.map(Number);
    return (red + green + blue) / 3;
  });

test('the language is changed in one menu, at once and for the next time', async () => {
  const page = await office.seat({ role: 'administrator' });
  await page.goto('/inbox/todo');
  const menu = page.getByRole('button', { name: /^Account of/ });
  await menu.click();
  await page.getByRole('menuitem', { name: '简体中文' }).click();
  await page.getByRole('navigation').getByLabel('设置').waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
  await page.reload();
  await page.getByRole('navigation').getByLabel('设置').waitFor();
  await page.context().close();
});

test('dark follows the system, and a switch', async () => {
  const page = await office.seat({ screen: { colorScheme: 'dark' } });
  await page.goto('/inbox/todo');
  await page.locator('[data-conversation]').first().waitFor();
  expect(await brightness(page)).toBeLessThan(60);
  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Light' }).click();
  expect(await brightness(page)).toBeGreaterThan(230);
  await page.context().close();
});

test('on a phone one reads, answers and comes back, and nothing is wider than the screen', async () => {
  const page = await office.seat({ screen: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } });
  const fits = async (): Promise<void> => {
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  };
  await page.goto('/inbox/todo');
  const first = page.locator('[data-conversation]').first();
  await first.waitFor();
  await fits();
  await first.tap();
  const reply = page.getByRole('textbox', { name: 'Reply', exact: true });
  await reply.waitFor();
  await fits();
  await reply.fill('I am with you at three.');
  const send = page.getByRole('button', { name: /^Send / });
  expect(await send.first().isEnabled()).toBe(true);
  const box = (await send.first().boundingBox())!;
  expect(box.x + box.width).toBeLessThanOrEqual(390);
  expect(box.y + box.height).toBeLessThanOrEqual(844);
  await page.getByRole('button', { name: 'Back to the list' }).first().tap();
  await first.waitFor();
  for (const place of ['/claims/CLM-2026-000101', '/tasks', '/customers', '/settings', '/quality', '/needs-look', '/search?q=demo12']) {
    await page.goto(place);
    await page.waitForLoadState('networkidle');
    await fits();
  }
  await page.context().close();
});

describe('WCAG A and AA', () => {
  const withClaim = (): ConversationItem => threads.find((one) => one.claim !== null && one.channel === 'email')!;
  const screens: readonly (readonly [name: string, path: () => string, there: string])[] = [
    ['the inbox', () => '/inbox/all', '[data-conversation]'],
    ['a thread', () => `/inbox/all/${withClaim().id}`, '[data-message]'],
    ['a claim', () => `/claims/${withClaim().claim!.number}`, 'ol li'],
    ['a customer', () => `/customers/${withClaim().contact.id}`, 'h3'],
    ['the wallboard', () => '/quality', 'h3'],
    ['the settings', () => '/settings/inboxes', 'h2'],
    ['templates', () => '/settings/templates', 'h2'],
    ['search', () => '/search?q=demo12', 'blockquote'],
  ];

  test.each(['light', 'dark'] as const)('every screen is free of violations in the %s', async (colorScheme) => {
    const page = await office.seat({ role: 'supervisor', screen: { colorScheme, reducedMotion: 'reduce' } });
    const found: string[] = [];
    for (const [name, path, there] of screens) {
      await page.goto(path());
      await page.locator(there).first().waitFor();
      await page.waitForLoadState('networkidle');
      const { violations } = await new AxeBuilder({ page })
        .options({ resultTypes: ['violations'] })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze();
      found.push(...violations.map((one) => `${name}: ${one.id} at ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`));
    }
    expect(found).toEqual([]);
    await page.context().close();
  });
});
