import { Database, Wakeups } from '@claimline/database';
import { Inboxes } from '@claimline/delivery';
import { ChannelOpener } from './channel-opener';
import { InboxRegistry } from './inbox-registry';
import { openDeliveryHub, type DeliveryHub } from './testing/delivery-hub';

let hub: DeliveryHub;
beforeAll(async () => (hub = await openDeliveryHub()), 60_000);
afterAll(() => hub?.close());

test('two webhooks at once right after the start both find their inbox: nobody is told that there is none', async () => {
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const [inboxes, opener, wakeups] = [hub.app.get(Inboxes), hub.app.get(ChannelOpener), hub.app.get(Wakeups)];
  const registry = new InboxRegistry(hub.app.get(Database), inboxes, opener, wakeups, silent);
  const found = await Promise.all([registry.find(hub.inboxId), registry.find(hub.inboxId)]);
  expect(found.map((inbox) => inbox?.id)).toEqual([hub.inboxId, hub.inboxId]);
  await registry.close();
});
