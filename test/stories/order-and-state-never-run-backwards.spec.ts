import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import type { ConsoleClient } from '../world/console-client';
import { postSms } from '../world/twilio-sender';
import { until } from '../world/until';
import { World } from '../world/world';

let world: World;
let desk: ConsoleClient;

beforeAll(async () => {
  world = await World.open();
  desk = await world.signIn('supervisor');
}, 240_000);
afterAll(() => world?.close());

async function report(sid: string, status: string, to: string): Promise<number> {
  const url = `${world.sms.webhook}/status`;
  const fields = { MessageSid: sid, MessageStatus: status, AccountSid: world.sms.accountSid, From: world.sms.address, To: to };
  const signature = getExpectedTwilioSignature(world.sms.secret, url, fields);
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature },
    body: new URLSearchParams(fields).toString(),
  });
  return response.status;
}

test('receipts that come late or out of order never take a delivery back', async () => {
  const phone = '+15550303001';
  await postSms(world.sms, { from: phone, text: 'where is my estimate?' });
  const { id } = await until('the conversation', async () => (await desk.find(phone)).items[0]);
  await desk.reply(id, 'On its way.');
  const received = await until('the answer', async () => (await world.outbox(phone))[0]);
  await until('delivered', async () => (await desk.thread(id)).items.at(-1)?.delivery?.state === 'delivered');
  for (const status of ['queued', 'sent', 'failed', 'sending']) expect(await report(received.id, status, phone)).toBe(200);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect((await desk.thread(id)).items.at(-1)?.delivery?.state).toBe('delivered');
});

test('an older version of a claim changes nothing and tells nobody', async () => {
  const { claimEvents, customers } = world.manifest;
  const claim = customers.find((customer) => customer.claims.length > 0)!.claims[0]!;
  const { version, stage } = await desk.get<{ version: number; stage: string }>(`/api/claims/${claim}`);
  const post = (id: string, data: object): Promise<Response> =>
    fetch(claimEvents.url, {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents+json', authorization: `Bearer ${claimEvents.apiKey}` },
      body: JSON.stringify({
        specversion: '1.0',
        id,
        source: '/claimcore/story',
        type: 'claims.claim.status_changed.v1',
        subject: claim,
        time: new Date().toISOString(),
        data,
      }),
    });
  const answer = await post('late-1', { claimNumber: claim, version: version - 1, stage: 'closed' });
  expect(answer.status).toBeLessThan(300);
  expect((await desk.get<{ stage: string }>(`/api/claims/${claim}`)).stage).toBe(stage);
  const again = await post('late-1', { claimNumber: claim, version: version - 1, stage: 'closed' });
  expect(again.status).toBe(200);
});
