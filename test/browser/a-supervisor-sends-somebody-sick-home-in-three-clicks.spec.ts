import type { AbsencePreview, Team } from '@claimline/protocol';
import type { Locator } from 'playwright-core';
import type { ConsoleClient } from '../world/console-client';
import { postSms } from '../world/twilio-sender';
import { until } from '../world/until';
import { Office } from './office';

jest.setTimeout(240_000);

let office: Office;
let boss: ConsoleClient;

beforeAll(async () => {
  office = await Office.open();
  boss = await office.world.signIn('supervisor');
}, 240_000);
afterAll(() => office?.close());

/** Clicks and counts. */
class Hand {
  clicks = 0;

  async click(what: Locator): Promise<void> {
    this.clicks += 1;
    await what.click();
  }
}

test('somebody calls in sick: three clicks with a preview move everything, one takes it back', async () => {
  const team = await boss.get<Team>('/api/team');
  const sick = [...team.people].filter(({ role, absence }) => role === 'adjuster' && !absence).sort((a, b) => b.open - a.open)[0]!;
  const preview = await boss.call<AbsencePreview>('POST', '/api/absences/preview', {
    account: sick.id,
    starts: new Date().toISOString(),
    ends: new Date(Date.now() + 86_400_000).toISOString(),
    delegate: null,
  });
  expect(preview.body.open.count).toBeGreaterThan(0);
  const page = await office.seat({ role: 'supervisor' });
  await page.goto('/');
  await page.waitForURL('**/team');
  await page.getByRole('heading', { name: 'Team' }).waitFor();
  const hand = new Hand();
  await hand.click(page.getByRole('button', { name: `${sick.name} calls in sick` }));
  const dialog = page.getByRole('dialog');
  await dialog.getByText(`${preview.body.open.count} open`).waitFor();
  await hand.click(dialog.getByText('3 days'));
  await hand.click(dialog.getByRole('button', { name: 'Move everything' }));
  await page.getByText(`${sick.name} is absent, the work has moved`).waitFor();
  expect(hand.clicks).toBeLessThanOrEqual(4);
  const rowOf = async (): Promise<Team['people'][number]> => (await boss.get<Team>('/api/team')).people.find(({ id }) => id === sick.id)!;
  expect(await rowOf()).toMatchObject({ open: 0, tasks: 0, absence: { delegate: { id: expect.any(String) } } });
  await page.getByRole('button', { name: `${sick.name} is back` }).waitFor();

  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText(`The work of ${sick.name} is where it was`).waitFor();
  expect((await rowOf()).open).toBeGreaterThanOrEqual(sick.open);
  await page.getByRole('button', { name: `${sick.name} calls in sick` }).waitFor();
  await page.context().close();
});

test('a deadline that passes is on the supervisor’s screen by itself, and is taken over in place', async () => {
  const page = await office.seat({ role: 'supervisor' });
  await page.goto('/team');
  await page.getByRole('heading', { name: 'Breaches next' }).waitFor();
  const phone = '+15550108201';
  await postSms(office.world.sms, { from: phone, text: 'When is my car ready?' });
  const { id, contact } = await until('the conversation', async () => (await boss.find(phone)).items[0]);
  const { nextDue } = await until('its deadline', async () => {
    const one = await boss.conversation(id);
    return one.nextDue && one;
  });
  await office.world.shiftClock(Date.parse(nextDue!.at) - Date.now() + 1_000);
  const row = page.getByRole('listitem').filter({ hasText: contact.name });
  await row.and(page.locator('[data-breached]')).waitFor();
  await row.getByRole('button', { name: `Take over ${contact.name}` }).click();
  await until('it to be the supervisor’s', async () => (await boss.conversation(id)).assignee?.id === boss.me.id);
  await page.context().close();
});
