import { SIMULATORS, SimulatorServer, type OutboxEntry, type SimulatedLine, type Simulator } from '@claimline/channels/simulators';
import { Contacts, Conversations, Threads } from '@claimline/conversations';
import { newId } from '@claimline/database';
import { Deliveries, Inboxes, SendingQueue, type DeliveryRow } from '@claimline/delivery';
import { email } from '@claimline/messages';
import { MessageContent } from './message-content';
import { SendDelivery } from './send-delivery';
import { Streams } from './streams';
import { AT, openDeliveryHub, until, type DeliveryHub } from './testing/delivery-hub';

const BOX = 'claims@demo.test';

let hub: DeliveryHub;
let world: SimulatorServer;
let mail: Simulator;
let line: SimulatedLine;
const sent: OutboxEntry[] = [];

beforeAll(async () => {
  hub = await openDeliveryHub();
  world = await SimulatorServer.start({
    kinds: { email: SIMULATORS['email']! },
    received: (entry) => sent.push(entry),
    now: () => hub.clock.now(),
    keepAlive: false,
  });
  mail = world.simulators.get('email')!;
  const settings = (mail as unknown as { newImapLine(address: string): Pick<SimulatedLine, 'config' | 'secrets'> }).newImapLine(BOX);
  const inbox = await hub.database.transaction((tx) =>
    hub.app.get(Inboxes).make(tx, { kind: 'email', name: 'Mail', address: BOX, region: 'US', brandId: hub.brandId, ...settings, at: AT }),
  );
  line = { inboxId: inbox!.id, kind: 'email', address: BOX, webhookUrl: '', ...settings };
  await mail.connect(line);
}, 60_000);
afterAll(async () => {
  await world.close();
  await hub.close();
});

async function streaming(work: () => Promise<void>): Promise<void> {
  const stop = new AbortController();
  const running = hub.app.get(Streams).run(stop.signal);
  await work().finally(() => stop.abort());
  await running;
}

const stored = async (text: string): Promise<number> =>
  (await hub.database.query({ name: 'stored', text: 'SELECT 1 FROM messages WHERE text LIKE $1', values: [`${text}%`] })).length;

async function writeTo(address: string): Promise<DeliveryRow> {
  const at = hub.clock.pass(1);
  await hub.database.transaction(async (tx) => {
    const sender = await hub.app.get(Contacts).senderOf(tx, email(address), at);
    const { id } = await hub.app.get(Conversations).openFor(tx, {
      contactId: sender.contactId,
      brandId: hub.brandId,
      teamId: null,
      channel: 'email',
      inboxId: line.inboxId,
      addressId: sender.addressId,
      at,
    });
    const messageId = newId(at);
    await hub.app.get(Threads).append(tx, {
      id: messageId,
      conversationId: id,
      direction: 'outbound',
      kind: 'text',
      channel: 'email',
      inboxId: line.inboxId,
      to: [address],
      cc: [],
      text: `Dear ${address}`,
      occurredAt: at,
      receivedAt: at,
    });
    await hub.app.get(Deliveries).enqueue(tx, {
      messageId,
      conversationId: id,
      inboxId: line.inboxId,
      channel: 'email',
      to: { value: address, addressId: sender.addressId },
      purpose: 'reply',
      at,
    });
  });
  const [claimed] = await hub.app.get(SendingQueue).take(line.inboxId, 1);
  await hub.app.get(SendDelivery).send(claimed!);
  return hub.state(claimed!.id);
}

test('a mailbox is read as long as the hub runs, also after its settings changed', async () => {
  await streaming(async () => {
    await mail.act(line, { do: 'message', from: email('li@example.test'), text: 'first mail' });
    await until(async () => (await stored('first mail')) === 1, 20_000);
    await hub.database.transaction((tx) => hub.app.get(Inboxes).change(tx, line.inboxId, { name: 'Renamed' }));
    await mail.act(line, { do: 'message', from: email('li@example.test'), text: 'second mail' });
    await until(async () => (await stored('second mail')) === 1, 25_000);
    expect(await stored('first mail')).toBe(1);
  });
}, 60_000);

test('a mail leaves with a subject and our reply token; its answer comes back into the same conversation', async () => {
  const delivery = await writeTo('wang@example.test');
  expect(delivery.state).toBe('accepted');
  const [entry] = sent.filter(({ to }) => to === 'wang@example.test');
  expect(entry).toMatchObject({ subject: 'Demo', text: expect.stringContaining('Dear wang@example.test') });
  const { references } = (await hub.app.get(MessageContent).load([delivery.id])).get(delivery.id)!;
  expect(references).toHaveLength(1);
  await streaming(async () => {
    await mail.act(line, { do: 'message', from: email('wang@example.test'), text: 'thank you for the mail', inReplyTo: references[0] });
    await until(async () => (await stored('thank you for the mail')) === 1, 20_000);
  });
  const [answer] = await hub.database.query<{ conversation_id: string }>({
    name: 'answer',
    text: `SELECT conversation_id FROM messages WHERE text LIKE 'thank you for the mail%'`,
    values: [],
  });
  expect(answer!.conversation_id).toBe(delivery.conversation_id);
}, 60_000);

test('a mail that comes back marks what was sent and the address', async () => {
  mail.misbehave({ how: 'undeliverable', to: 'gone@example.test', times: 1 });
  const delivery = await writeTo('gone@example.test');
  await streaming(() => until(async () => (await hub.state(delivery.id)).state === 'undeliverable', 20_000));
  expect(await hub.state(delivery.id)).toMatchObject({ reason: 'bounced', vendor_code: expect.stringMatching(/^5\./) });
  mail.misbehave(null);
  expect(await writeTo('gone@example.test')).toMatchObject({ state: 'undeliverable', reason: 'address-unusable' });
}, 60_000);
