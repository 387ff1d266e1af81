import type { ConsoleClient } from '../world/console-client';
import { ClaimCore, newClaim } from '../world/claim-core';
import { postSms } from '../world/twilio-sender';
import { until } from '../world/until';
import { World } from '../world/world';

let world: World;
let desk: ConsoleClient;
let administrator: ConsoleClient;

beforeAll(async () => {
  world = await World.open();
  [desk, administrator] = await Promise.all([world.signIn('supervisor'), world.signIn('administrator')]);
}, 240_000);
afterAll(() => world?.close());

const NOTICES = 300;
const BATCH = 60;
const phoneOf = (index: number): string => `+1555060${String(1000 + index)}`;

/** How often each phone of the storm has been told something. */
async function told(): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { to, channel } of await world.sandbox.outbox(undefined, 10_000))
    if (channel === 'twilio-sms' && to.startsWith('+1555060')) counts.set(to, (counts.get(to) ?? 0) + 1);
  return counts;
}
const received = async (): Promise<number> => (await world.sandbox.health()).received;
const pace = async (sendsPerSecond: number | null): Promise<void> => {
  const answered = await administrator.call('PATCH', `/api/inboxes/${world.inbox('twilio-sms').id}`, { sendsPerSecond });
  expect(answered.status).toBe(200);
};

test('a storm of notices waits its turn behind a person’s answer, and in the end everybody was told, once', async () => {
  const customer = '+15550602999';
  await postSms(world.sms, { from: customer, text: 'Is anybody there?' });
  const { id } = await until('the conversation', async () => (await desk.find(customer)).items[0]);
  // As slow as some real lines are.
  await pace(2);

  const core = new ClaimCore(world.manifest.claimEvents);
  const batches = Array.from({ length: NOTICES / BATCH }, (_, b) =>
    Array.from({ length: BATCH }, (_, i) => newClaim(`STORM-${b * BATCH + i}`, { phone: phoneOf(b * BATCH + i) })),
  );
  const answers = await Promise.all(batches.map((claims) => core.postBatch(claims.map((data) => ({ id: data.claimNumber, data })))));
  expect(answers.flatMap(({ body }) => body).filter(({ outcome }) => outcome !== 'applied')).toEqual([]);
  await until('the stream to run', async () => (await received()) > 3);

  await desk.reply(id, 'Yes, we are here');
  await world.sandbox.waitFor(customer, ({ text }) => text === 'Yes, we are here');
  // At two a second the stream lasts two and a half minutes: an answer behind it would find everybody told.
  expect((await told()).size).toBeLessThan(NOTICES / 2);

  await pace(null);
  await until('everybody to be told', async () => (await received()) > NOTICES, 180);
  expect([...(await told()).values()].filter((count) => count !== 1)).toEqual([]);
}, 240_000);
