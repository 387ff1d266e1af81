import type { Claim, Conversation, ConversationItem } from '@claimline/protocol';
import type { ConsoleClient } from '../world/console-client';
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

interface Known {
  readonly claim: Claim;
  readonly words: string;
}

/** A claim of the demo with everything that a caller asks for: a plate, what comes next, and something that was said. */
async function claimWithPlate(): Promise<Known> {
  for (const number of office.world.manifest.customers.flatMap((customer) => customer.claims)) {
    const claim = await desk.get<Claim>(`/api/claims/${number}`);
    if (!claim.plate || !claim.nextStep) continue;
    const { items } = await desk.get<{ items: { type: string; params: { preview?: string } }[] }>(`/api/claims/${number}/timeline`);
    const last = items.find((entry) => entry.type === 'message' && entry.params.preview);
    if (last) return { claim, words: last.params.preview! };
  }
  throw new Error('the demo has no such claim');
}

test('seven strokes from a plate to stage, next step and last words, without scrolling', async () => {
  const { claim, words } = await claimWithPlate();
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
    preview.locator('blockquote').getByText(words.split('\n')[0]!.slice(0, 30)),
  ];
  for (const thing of asked) {
    await thing.waitFor({ state: 'attached' });
    const box = (await thing.boundingBox())!;
    expect(box.y).toBeGreaterThan(0);
    expect(box.y + box.height).toBeLessThanOrEqual(900);
  }
  expect(hand.strokes).toBeLessThanOrEqual(7);
  await page.context().close();
});

test('a suggested claim is one click away, and one more takes it back', async () => {
  const { items } = await desk.get<{ items: ConversationItem[] }>('/api/conversations?view=all&limit=100');
  const loose = items.filter((one) => one.claim === null && one.status === 'open');
  const details = await Promise.all(loose.map((one) => desk.conversation(one.id)));
  const free = (one: Conversation): string | undefined =>
    one.suggestedClaims.find(({ number }) => !one.others.some((other) => other.claim === number && other.status !== 'resolved'))?.number;
  const asked = details.find((one) => free(one) !== undefined)!;
  const number = free(asked)!;
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
