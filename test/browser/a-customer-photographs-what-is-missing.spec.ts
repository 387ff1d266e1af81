import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { ClaimDocuments } from '@claimline/protocol';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { ClaimCore, newClaim } from '../world/claim-core';
import { until } from '../world/until';
import { Keyboard, Office } from './office';

jest.setTimeout(240_000);

const NUMBER = 'CLM-2026-770101';
const PHONE = '+15550177101';

let office: Office;
let desk: Page;
let phone: Page;
let folder: string;

const photograph = (grey: number): Promise<Buffer> =>
  sharp({ create: { width: 640, height: 480, channels: 3, background: { r: grey, g: grey, b: grey } } })
    .jpeg()
    .toBuffer();
const barriers = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`);
};
const link = async (): Promise<string | undefined> =>
  (await office.world.outbox(PHONE)).map(({ text }) => /\/portal\/documents\/[\w-]+/.exec(text)?.[0]).find(Boolean);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'claimline-film-'));
  office = await Office.open();
  const core = new ClaimCore(office.world.manifest.claimEvents);
  await core.post(newClaim(NUMBER, { phone: PHONE }, { jurisdiction: 'US-VA' }));
  desk = await office.seat({ role: 'supervisor' });
  phone = await office.window({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
}, 240_000);
afterAll(async () => {
  await office?.close();
  await rm(folder, { recursive: true, force: true });
});

test('two keys ask for everything that is missing, in one message', async () => {
  await desk.goto(`/claims/${NUMBER}`);
  await desk.getByText('Documents 0 of 6').waitFor();
  const keys = new Keyboard(desk);
  await keys.press('d');
  await desk.getByRole('button', { name: 'Send one message' }).waitFor();
  await until('the button has the focus', () =>
    desk.getByRole('button', { name: 'Send one message' }).evaluate((one) => one === one.ownerDocument.activeElement),
  );
  await keys.press('Enter');
  await desk.getByText('6 documents asked for').waitFor();
  expect(keys.strokes).toBe(2);
  await until('the link on the phone', link, 40);
});

test('on a phone the page says what is wanted, takes a photograph and shows that it is here', async () => {
  await phone.goto((await link())!);
  const photos = phone.locator('section', { has: phone.getByRole('heading', { name: 'Photos of the damage' }) });
  await photos.getByText('Wanted').waitFor();
  expect(await phone.evaluate('document.documentElement.scrollWidth')).toBe(390);
  expect(await barriers(phone)).toEqual([]);
  const choosing = phone.waitForEvent('filechooser');
  await photos.getByRole('button', { name: /^Take a photo/ }).click();
  await (await choosing).setFiles({ name: 'bumper.jpg', mimeType: 'image/jpeg', buffer: await photograph(90) });
  await photos.getByText('Being checked').waitFor();
  await photos.getByText(/bumper\.jpg/).waitFor();
  await phone.getByText('1 of 6 here').waitFor();
});

test('a file that is too large is refused with words before it is sent', async () => {
  const film = path.join(folder, 'film.pdf');
  await writeFile(film, Buffer.alloc(21 * 1024 * 1024));
  const form = phone.locator('section', { has: phone.getByRole('heading', { name: 'Claim form' }) });
  const choosing = phone.waitForEvent('filechooser');
  await form.getByRole('button', { name: /^Choose files/ }).click();
  await (await choosing).setFiles(film);
  await form
    .getByRole('alert')
    .getByText(/larger than 20 MB/)
    .waitFor();
  await form.getByRole('button', { name: 'Leave it out' }).click();
});

test('a file on a bad network waits and is sent by itself', async () => {
  const form = phone.locator('section', { has: phone.getByRole('heading', { name: 'Claim form' }) });
  await phone.context().setOffline(true);
  const choosing = phone.waitForEvent('filechooser');
  await form.getByRole('button', { name: /^Choose files/ }).click();
  await (await choosing).setFiles({ name: 'form.jpg', mimeType: 'image/jpeg', buffer: await photograph(200) });
  await form.getByText(/no connection/).waitFor();
  await phone.context().setOffline(false);
  await form.getByText('Being checked').waitFor();
});

test('the adjuster sees the picture, accepts it with one click, and takes it back with one', async () => {
  await desk.getByText('Documents 2 of 6').waitFor();
  const row = desk.locator('[data-document="damage-photos"]');
  await row.locator('img').waitFor();
  await row.getByRole('button', { name: 'Accept: Photos of the damage' }).click();
  await row.getByText('Accepted').waitFor();
  await desk.getByRole('button', { name: 'Undo' }).last().click();
  await row.getByText('To check').waitFor();
  await row.getByRole('button', { name: 'Reject: Photos of the damage' }).click();
  await desk.getByRole('menuitem', { name: 'Blurred' }).click();
  await row.getByText('Blurred').waitFor();
  const { items } = await (await office.world.signIn('supervisor')).get<ClaimDocuments>(`/api/claims/${NUMBER}/documents`);
  expect(items.find(({ code }) => code === 'damage-photos')).toMatchObject({ state: 'rejected', reason: 'blurred' });
});

test('the customer reads why, in Chinese too', async () => {
  await phone.reload();
  await phone.getByText(/It was blurred/).waitFor();
  await phone.getByRole('button', { name: '中文' }).click();
  await phone.getByText('图像不清晰').waitFor();
  await phone.getByRole('heading', { name: '损失照片' }).waitFor();
  expect(await barriers(phone)).toEqual([]);
});
