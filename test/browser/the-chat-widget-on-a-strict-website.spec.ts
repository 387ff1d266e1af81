import AxeBuilder from '@axe-core/playwright';
import type { Inbox } from '@claimline/protocol';
import type { Browser, BrowserContext, Page, WebSocketRoute } from 'playwright-core';
import sharp from 'sharp';
import type { ConsoleClient } from '../world/console-client';
import { until } from '../world/until';
import { Website } from '../world/website';
import { World } from '../world/world';
import { launchBrowser } from './browser';

let world: World;
let site: Website;
let desk: ConsoleClient;
let browser: Browser;
const contexts: BrowserContext[] = [];
/** What the pages complained about, the policy's violations among them. */
const complaints: string[] = [];

beforeAll(async () => {
  world = await World.open();
  const inbox = world.inbox('web-chat');
  site = await Website.open(world.hub.url, inbox.id);
  desk = await world.signIn('supervisor');
  await allowWebsite();
  browser = await launchBrowser();
}, 240_000);
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
  await world?.close();
});

async function allowWebsite(): Promise<void> {
  const inbox = world.inbox('web-chat');
  const administrator = await world.signIn('administrator');
  const { items } = await administrator.get<{ items: Inbox[] }>('/api/inboxes');
  const { config } = items.find(({ id }) => id === inbox.id)!;
  const { status } = await administrator.call('PATCH', `/api/inboxes/${inbox.id}`, {
    config: { ...config, allowedOrigins: [site.origin] },
  });
  expect(status).toBe(200);
}

/** Opens the website, as a new visitor unless a context is given. */
async function visit(context?: BrowserContext, wishes: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const own = context ?? (await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 800 }, ...wishes }));
  if (!context) contexts.push(own);
  const page = await own.newPage();
  page.setDefaultTimeout(45_000);
  page.on('console', (message) => {
    if (message.type() === 'error' && !/WebSocket|ERR_CONNECTION|favicon/.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(site.origin);
  return page;
}

const openChat = async (page: Page): Promise<void> => page.getByRole('button', { name: 'Chat with us' }).click();
const field = (page: Page) => page.getByRole('textbox', { name: 'Write a message …' });
const said = (page: Page, text: string) => page.locator('.message', { hasText: text });

async function write(page: Page, text: string): Promise<void> {
  await field(page).fill(text);
  await field(page).press('Enter');
}

const conversationOf = async (words: string): Promise<string> =>
  (await until(`a conversation with "${words}"`, async () => (await desk.find(words)).items[0])).id;
const texts = async (id: string): Promise<string[]> => (await desk.thread(id)).items.map(({ text }) => text);

test('it greets, is answered by name, shows what was read, and breaks no rule of the page', async () => {
  const page = await visit();
  await openChat(page);
  await page.getByText('Ask us about your claim').waitFor();
  expect(await field(page).evaluate((element) => (element.getRootNode() as ShadowRoot).activeElement === element)).toBe(true);
  await write(page, 'marker strict-one: is my estimate there?');
  await said(page, 'strict-one').locator('.tick.sent').waitFor();
  const id = await conversationOf('strict-one');
  await desk.call('POST', `/api/conversations/${id}/read`, { position: 1 });
  await said(page, 'strict-one').locator('.tick.read').waitFor();
  await desk.reply(id, 'It came this morning. See https://example.org/e?a=1.');
  await said(page, 'It came this morning').locator('.author', { hasText: desk.me.name }).waitFor();
  expect(await page.getByRole('link', { name: 'https://example.org/e?a=1' }).getAttribute('rel')).toContain('noopener');
  await until('the read mark', async () => (await desk.thread(id)).items.at(-1)?.delivery?.state === 'read');
  expect(complaints).toEqual([]);
}, 240_000);

test('markup stays words', async () => {
  const page = await visit();
  await openChat(page);
  await write(page, '<img src=x onerror="document.title=1"><b>bold</b> marker-markup');
  await said(page, '<b>bold</b>').waitFor();
  expect(await page.locator('.bubble b, .bubble img').count()).toBe(0);
}, 240_000);

test('the thread is there on the next page and in the next tab, and an answer that came meanwhile is counted on the button', async () => {
  const page = await visit();
  await openChat(page);
  await write(page, 'marker strict-two');
  const id = await conversationOf('strict-two');
  await page.goto('about:blank');
  await desk.reply(id, 'while you were away');
  const next = await visit(page.context());
  await next.getByRole('button', { name: 'Chat with us, 1 new' }).click();
  await said(next, 'while you were away').waitFor();
  expect(await next.locator('.message').allInnerTexts()).toEqual([
    expect.stringContaining('strict-two'),
    expect.stringContaining('while you were away'),
  ]);
}, 240_000);

test('when the network carries one way only, nothing is lost and nothing comes twice', async () => {
  let isDeaf = false;
  const page = await visit();
  await page.routeWebSocket(/socket\.io/, (socket: WebSocketRoute) => {
    const hub = socket.connectToServer();
    socket.onMessage((frame) => hub.send(frame));
    hub.onMessage((frame) => {
      if (!isDeaf) socket.send(frame);
    });
  });
  await page.reload();
  await openChat(page);
  await write(page, 'marker strict-three');
  await said(page, 'strict-three').locator('.tick.sent').waitFor();
  const id = await conversationOf('strict-three');
  isDeaf = true;
  await write(page, 'can you hear me?');
  await until('the hub to hear', async () => (await texts(id)).includes('can you hear me?'));
  await desk.reply(id, 'yes, loud and clear');
  expect(await said(page, 'can you hear me?').locator('.tick.waiting').count()).toBe(1);
  isDeaf = false;
  await said(page, 'yes, loud and clear').waitFor();
  await said(page, 'can you hear me?').locator('.tick:not(.waiting)').waitFor();
  expect(await texts(id)).toEqual(['marker strict-three', 'can you hear me?', 'yes, loud and clear']);
  expect(await page.locator('.message').count()).toBe(3);
}, 240_000);

test('a photo is shown small, and the adjuster has it', async () => {
  const photo = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#7a3b2e' } })
    .png()
    .toBuffer();
  const page = await visit();
  await openChat(page);
  await page.locator('input[type=file]').first().setInputFiles({ name: 'bumper.png', mimeType: 'image/png', buffer: photo });
  await write(page, 'marker strict-photo');
  const picture = page.getByRole('img', { name: 'bumper.png' });
  await picture.waitFor();
  expect(await picture.evaluate((canvas: HTMLCanvasElement) => [...canvas.getContext('2d')!.getImageData(9, 9, 1, 1).data])).toEqual([
    122, 59, 46, 255,
  ]);
  const id = await conversationOf('strict-photo');
  expect((await desk.thread(id)).items[0]!.attachments).toEqual([expect.objectContaining({ name: 'bumper.png', state: 'stored' })]);
  expect(complaints).toEqual([]);
}, 240_000);

test('somebody who leaves before the answer is asked once, and the adjuster can go on by mail', async () => {
  const page = await visit();
  await openChat(page);
  await write(page, 'marker strict-leave');
  await said(page, 'strict-leave').locator('.tick').waitFor();
  await page.getByRole('button', { name: 'Close the chat' }).click();
  await page.getByLabel('Email address or mobile number').fill('not an address');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Please enter an email address').waitFor();
  await page.getByLabel('Email address or mobile number').fill('Leaver@example.org');
  await page.getByRole('button', { name: 'Save' }).click();
  await said(page, 'Please continue by email: Leaver@example.org').locator('.tick.sent').waitFor();
  await page.getByRole('button', { name: 'Close the chat' }).click();
  expect(await page.locator('.panel').isVisible()).toBe(false);
  const id = await conversationOf('strict-leave');
  const { status } = await desk.reply(id, 'We go on by mail.', { channel: 'email' });
  expect(status).toBe(201);
  const [mail] = await until('the mail', async () => {
    const mails = await world.outbox('leaver@example.org');
    return mails.length > 0 ? mails : undefined;
  });
  expect(mail!.text).toContain('We go on by mail.');
}, 240_000);

test('by keyboard alone, and clean for assistive technology, in light and dark', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await visit(undefined, { colorScheme, reducedMotion: 'reduce' });
    await page.getByRole('button', { name: 'Chat with us' }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await field(page).waitFor();
    await page.keyboard.type(`marker strict-keys-${colorScheme}`);
    await page.keyboard.press('Enter');
    await said(page, `strict-keys-${colorScheme}`).locator('.tick.sent').waitFor();
    const id = await conversationOf(`strict-keys-${colorScheme}`);
    await desk.reply(id, 'read me aloud');
    await said(page, 'read me aloud').first().waitFor();
    const { violations } = await new AxeBuilder({ page }).include('claimline-chat').analyze();
    expect(violations.map(({ id: rule, nodes }) => [rule, nodes.map(({ html }) => html)])).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await page.locator('.panel').isVisible()).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.className)).toBe('launch');
  }
}, 240_000);

test('on a phone it fills the screen, in Chinese where the tag says so', async () => {
  site.tag = ' data-language="zh-CN"';
  const page = await visit(undefined, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  site.tag = '';
  await page.getByRole('button', { name: '在线咨询' }).click();
  await page.getByText('您好！您可以在这里咨询理赔进度').waitFor();
  // It slides in: what counts is where it comes to rest.
  await until('the panel to fill the screen', async () => {
    const box = await page.locator('.panel').boundingBox();
    return box && [box.x, box.y, box.width, box.height].map(Math.round).join() === '0,0,390,844';
  });
  expect(await page.getByRole('button', { name: '拍照' }).isVisible()).toBe(true);
  const sizes = await page
    .locator('.panel button:visible')
    .evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().height));
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(40);
}, 240_000);

test('a page that the chat does not list shows no chat', async () => {
  const stranger = await Website.open(world.hub.url, world.inbox('web-chat').id);
  try {
    const context = await browser.newContext({ locale: 'en-US' });
    contexts.push(context);
    const page = await context.newPage();
    await page.goto(stranger.origin);
    await openChat(page);
    await page.getByText('The chat is not available on this page.').waitFor();
  } finally {
    await stranger.close();
  }
}, 240_000);

// Last: the hub that comes back has the demo's own settings for the chat again.
test('what was written while the hub was down is kept over a reload and sent once when it is back', async () => {
  const page = await visit();
  await openChat(page);
  await write(page, 'marker strict-crash');
  await said(page, 'strict-crash').locator('.tick.sent').waitFor();
  await world.hub.kill();
  await page.getByText('No connection.').waitFor();
  await write(page, 'written into the dark');
  await said(page, 'written into the dark').locator('.tick.waiting').waitFor();
  await world.hub.start();
  world.manifest = await world.hub.manifest();
  desk = await world.signIn('supervisor');
  await allowWebsite();
  await page.reload();
  await page.getByRole('button', { name: /Chat with us/ }).click();
  await said(page, 'written into the dark').locator('.tick.sent').waitFor();
  const id = await conversationOf('strict-crash');
  expect(await texts(id)).toEqual(['marker strict-crash', 'written into the dark']);
}, 240_000);
