import { createHash } from 'node:crypto';
import { tel, type InboundEvent } from '@claimline/messages';
import { DoorTraffic } from './door-traffic';
import { InboundDesk } from './inbound-desk';
import { OpenInboxes } from './open-inboxes';
import { openOutsideHub, type OutsideHub } from './testing/outside-hub';

let hub: OutsideHub;
beforeAll(async () => {
  hub = await openOutsideHub();
});
afterAll(() => hub.close());

test('a challenge is answered with what came, and never guessed into a page', async () => {
  const { webhookUrl, secrets } = await hub.wechat.connect();
  const said = { timestamp: String(Math.floor(hub.clock.now().getTime() / 1000)), nonce: '424242', echostr: '<script>alert(1)</script>' };
  const signature = createHash('sha1').update([secrets['token']!, said.timestamp, said.nonce].sort().join('')).digest('hex');
  const answer = await fetch(`${webhookUrl}?${new URLSearchParams({ ...said, signature }).toString()}`);
  expect([answer.status, await answer.text()]).toEqual([200, said.echostr]);
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
});

test('who writes is traffic at the door; receipts of what we send ourselves are none, or they would slow down their own cause', async () => {
  const inbox = (await hub.app.get(OpenInboxes).find(hub.line.inboxId))!;
  const noted = jest.spyOn(hub.app.get(DoorTraffic), 'note');
  const bring = (event: InboundEvent) =>
    hub.app
      .get(InboundDesk)
      .take(inbox, { events: [event] }, { door: 'webhook', body: Buffer.from(event.key), receivedAt: hub.clock.now() });
  const base = { to: inbox.address, occurredAt: hub.clock.now() };
  await bring({ ...base, kind: 'delivery', key: 'r-1', externalId: 'SM-unknown', state: 'delivered' });
  expect(noted).not.toHaveBeenCalled();
  await bring({ ...base, kind: 'message', key: 'm-1', from: tel('+15550103001'), text: 'Anybody there?', media: [] });
  expect(noted).toHaveBeenCalledTimes(1);
  noted.mockRestore();
});
