import type { Claim, Conversation, ConversationItem } from '@claimline/protocol';
import type { ConsoleClient } from '../world/console-client';
import { until } from '../world/until';
import { Keyboard, Office } from './office';

jest.setTimeout(60_000);

let office: Office;
let desk: ConsoleClient;

beforeAll(async () => {
  office = await Office.open();
  desk = await office.world.signIn('supervisor');
}, 90_000);
afterAll(() => office?.close());

test('seven strokes from a plate to stage, next step and last words, without scrolling', async () => {
  const claim = await desk.get<Claim>('/api/claims/CLM-2026-000101');
  expect(claim.plate).toContain('DEMO12');
  const page = await office.seat();
  await page.goto('/inbox/todo');
  await page.locator('[data-conversation]').first().waitFor();
  const hand = new Keyboard(page);
  await hand.press('/');
  await page.waitForURL('**/search');
  await hand.type('demo12');
  const preview = page.getByRole('complementary', { name: 'Preview' });
  await preview.getByText(claim.number).first().waitFor();
  const last = (await desk.get<{ items: { type: string; params: { preview?: string } }[] }>(`/api/claims/${claim.number}/timeline`)).items.find(
    (entry) => entry.type === 'message' && entry.params.preview,
  );
  const stage = preview.locator('[aria-current="step"]');
  const nextStep = preview.getByText(claim.nextStep!);
  const words = preview.locator('blockquote').getByText(last!.params.preview!.slice(0, 30));
  for (const thing of [stage, nextStep, words]) {
    await thing.waitFor({ state: 'attached' });
    const box = (await thing.boundingBox())!;
    expect(box.y).toBeGreaterThan(0);
    expect(box.y + box.height).toBeLessThanOrEqual(900);
  }
  expect(hand.strokes).toBeLessThanOrEqual(7);
  await page.context().close();
});

test('a suggested claim is one click away, and one more takes it back', async () => {
  const { items } = await desk.get<{ items: ConversationItem[] }>('/api/conversations?view=all&limit=200');
  const loose = items.filter((one) => one.claim === null && one.status === 'open');
  const details = await Promise.all(loose.map((one) => desk.conversation(one.id)));
  const asked = details.find((one) => one.suggestedClaims.length > 0)!;
  const number = asked.suggestedClaims[0]!.number;
  const claimOf = async (): Promise<Conversation['claim']> => (await desk.conversation(asked.id)).claim;

  const page = await office.seat({ role: 'supervisor' });
  await page.goto(`/inbox/all/${asked.id}`);
  await page.getByRole('button', { name: `Link to ${number}` }).click();
  await page.getByText(`Now on ${number}`).waitFor();
  await until('the claim', async () => (await claimOf())?.number === number);
  await page.getByRole('region', { name: 'Conversation' }).getByText(number).first().waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: `Link to ${number}` }).waitFor();
  await until('no claim', async () => (await claimOf()) === null);
  await page.context().close();
});
