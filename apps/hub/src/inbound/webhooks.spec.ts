import { createHash } from 'node:crypto';
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
