import { Contacts } from '@claimline/conversations';
import { Deliveries, Inboxes, SendingQueue, type DeliveryRow } from '@claimline/delivery';
import { SweepDeliveries } from '../flows/sweep-deliveries';
import { SettleDelivery } from '../flows/settle-delivery';
import { RecordDelivery } from '../flows/record-delivery';
import { AskUncertain } from './ask-uncertain';
import { InboxRegistry } from './inbox-registry';
import { SendDelivery } from './send-delivery';
import { Sender } from './sender';
import { openDeliveryHub, until, type DeliveryHub } from './testing/delivery-hub';

let hub: DeliveryHub;
beforeAll(async () => (hub = await openDeliveryHub()));
afterAll(() => hub.close());
beforeEach(async () => {
  hub.twilio.misbehave(null);
  Object.assign(hub.around, { consent: 'unknown', quietUntil: null });
  await hub.database.query({ name: 'heal', text: 'DELETE FROM inbox_circuits', values: [] });
});

const received = (text: string): number => hub.phone.filter((entry) => entry.text === text).length;
const take = async (delivery: DeliveryRow): Promise<DeliveryRow> =>
  (await hub.app.get(SendingQueue).take(hub.inboxId, 8)).find((row) => row.id === delivery.id)!;
const sendOne = async (delivery: DeliveryRow): Promise<DeliveryRow> => {
  await hub.app.get(SendDelivery).send(await take(delivery));
  return hub.state(delivery.id);
};

/** Runs the sender while `work` runs. */
async function sending(work: () => Promise<void>): Promise<void> {
  const stop = new AbortController();
  const running = hub.app.get(Sender).run(stop.signal);
  await work().finally(() => stop.abort());
  await running;
}

test('an answer leaves at once, and its receipts move it forward to delivered', async () => {
  await sending(async () => {
    const delivery = await hub.send({ text: 'leaves at once' });
    await until(async () => (await hub.state(delivery.id)).state === 'delivered');
    expect(received('leaves at once')).toBe(1);
    expect(await hub.told(delivery.id)).toEqual(['accepted', 'sent', 'delivered']);
  });
});

test('fifty answers to fifty people all arrive, each once', async () => {
  await sending(async () => {
    const made = await Promise.all(Array.from({ length: 50 }, (_, n) => hub.send({ text: `one of fifty ${n}` })));
    await until(async () => (await Promise.all(made.map(({ id }) => hub.state(id)))).every((row) => row.state === 'delivered'), 20_000);
    for (let n = 0; n < 50; n++) expect(received(`one of fifty ${n}`)).toBe(1);
  });
});

test('two replicas share the work: nothing is left behind, nothing is said twice', async () => {
  await sending(() =>
    sending(async () => {
      const made = await Promise.all(Array.from({ length: 30 }, (_, n) => hub.send({ text: `shared work ${n}` })));
      await until(async () => (await Promise.all(made.map(({ id }) => hub.state(id)))).every((row) => row.state === 'delivered'), 20_000);
    }),
  );
  for (let n = 0; n < 30; n++) expect(received(`shared work ${n}`)).toBe(1);
});

test('two answers to one person arrive in order, also when the first has to be tried again', async () => {
  hub.twilio.misbehave({ how: 'answer-429', times: 1 });
  await sending(async () => {
    await hub.send({ text: 'in order: first', phone: '+15550401001' });
    const second = await hub.send({ text: 'in order: second', phone: '+15550401001' });
    await until(
      async () =>
        (
          await hub.database.query({
            name: 'backing-off',
            text: `SELECT 1 FROM deliveries WHERE state = 'due' AND reason = 'rate-limited'`,
            values: [],
          })
        ).length > 0,
    );
    hub.clock.pass(10_000);
    await until(async () => (await hub.state(second.id)).state === 'delivered');
  });
  const order = hub.phone.filter(({ text }) => text.startsWith('in order')).map(({ text }) => text);
  expect(order).toEqual(['in order: first', 'in order: second']);
});

test('a person’s opt-out stops a message where it leaves, with a reason', async () => {
  hub.around.consent = 'opted-out';
  const delivery = await sendOne(await hub.send({ text: 'not after stop' }));
  expect(delivery).toMatchObject({ state: 'suppressed', reason: 'opted-out' });
  expect(received('not after stop')).toBe(0);
});

test('a notice waits for the morning and leaves then', async () => {
  hub.around.quietUntil = new Date(hub.clock.now().getTime() + 8 * 3_600_000);
  const held = await sendOne(await hub.send({ text: 'good morning', purpose: 'notice' }));
  expect(held).toMatchObject({ state: 'held', reason: 'quiet-hours', tries: 0 });
  await hub.app.get(SweepDeliveries).sweep(hub.clock.now());
  expect((await hub.state(held.id)).state).toBe('held');
  hub.clock.pass(8 * 3_600_000);
  await hub.app.get(SweepDeliveries).sweep(hub.clock.now());
  expect(await sendOne(held)).toMatchObject({ state: 'accepted', tries: 1 });
});

test('what the vendor surely did not take is tried again', async () => {
  hub.twilio.misbehave({ how: 'answer-429', times: 1 });
  const delivery = await hub.send({ text: 'second try' });
  const waiting = await sendOne(delivery);
  expect(waiting).toMatchObject({ state: 'due', reason: 'rate-limited', tries: 1 });
  expect(waiting.due_at.getTime()).toBeGreaterThan(hub.clock.now().getTime());
  hub.clock.pass(10_000);
  expect(await sendOne(delivery)).toMatchObject({ state: 'accepted', tries: 2 });
  expect(received('second try')).toBe(1);
});

test('an answer that was lost on the way is asked for, never sent again', async () => {
  hub.twilio.misbehave({ how: 'accept-then-die', times: 1 });
  const delivery = await hub.send({ text: 'said once' });
  // Receipts would settle it, too: the vendor is to be asked here.
  const uncertain = await sendOne(delivery);
  if (uncertain.state === 'uncertain') {
    hub.clock.pass(6000);
    await hub.app.get(AskUncertain).step();
  }
  const settled = await hub.state(delivery.id);
  expect(['accepted', 'sent', 'delivered']).toContain(settled.state);
  expect(settled.external_id).toMatch(/^SM/);
  expect(received('said once')).toBe(1);
});

test('a receipt that carries our own id settles what nobody could be asked about', async () => {
  hub.twilio.misbehave({ how: 'accept-then-die', times: 1 });
  const delivery = await hub.send({ text: 'settled by receipt' });
  await sendOne(delivery);
  await until(async () => (await hub.state(delivery.id)).state === 'delivered');
  expect(received('settled by receipt')).toBe(1);
});

test('the same words to the same person twice: the lost one is not taken for the one before, and goes to a person', async () => {
  const first = await sendOne(await hub.send({ text: 'the very same', phone: '+15550402001' }));
  await until(async () => (await hub.state(first.id)).state === 'delivered');
  const second = await hub.send({ text: 'the very same', phone: '+15550402001' });
  const claimed = await take(second);
  await hub.app.get(SweepDeliveries).sweep(hub.clock.pass(121_000));
  expect((await hub.state(claimed.id)).state).toBe('uncertain');
  // Twilio knows only the first, and the hub looks from the first try on: from the same second here, so that it does find it.
  await hub.database.query({
    name: 'tried-early',
    text: 'UPDATE deliveries SET first_tried_at = $2 WHERE id = $1',
    values: [second.id, first.first_tried_at],
  });
  await hub.app.get(AskUncertain).step();
  expect(await hub.state(second.id)).toMatchObject({ state: 'uncertain', reason: null, external_id: null });
  hub.clock.pass(11 * 60_000);
  await hub.app.get(AskUncertain).step();
  expect(await hub.state(second.id)).toMatchObject({ state: 'uncertain', reason: 'uncertain', external_id: null });
  expect((await hub.state(first.id)).state).toBe('delivered');
});

test('a sender that is killed in the middle: uncertain, asked about, given to a person, never sent again', async () => {
  const delivery = await hub.send({ text: 'killed in the middle' });
  const claimed = await take(delivery);
  expect(claimed.state).toBe('sending');
  await hub.app.get(SweepDeliveries).sweep(hub.clock.pass(60_000));
  expect((await hub.state(delivery.id)).state).toBe('sending');
  await hub.app.get(SweepDeliveries).sweep(hub.clock.pass(61_000));
  expect((await hub.state(delivery.id)).state).toBe('uncertain');
  for (let n = 0; n < 3; n++) {
    await hub.app.get(AskUncertain).step();
    hub.clock.pass(200_000);
  }
  expect(await hub.state(delivery.id)).toMatchObject({ state: 'failed', reason: 'unreachable', tries: 1 });
  expect(received('killed in the middle')).toBe(0);
  expect(await hub.told(delivery.id)).toEqual(['uncertain', 'failed unreachable']);
});

test('a receipt that comes before our own commit of the vendor’s id is not lost', async () => {
  const claimed = await take(await hub.send({ text: 'early receipt' }));
  const inbox = (await hub.app.get(InboxRegistry).find(hub.inboxId))!;
  const at = hub.clock.now();
  const receipt = (state: 'sent' | 'delivered') => ({
    inbox,
    event: { kind: 'delivery' as const, key: `SM-early:${state}`, to: inbox.address, externalId: 'SM-early', state },
    rawId: claimed.id,
    receivedAt: at,
  });
  const settle = () =>
    hub.database.transaction((tx) =>
      hub.app.get(SettleDelivery).settle(tx, claimed, { verdict: { state: 'accepted', reason: null, externalId: 'SM-early' } }, at),
    );
  const record = (state: 'sent' | 'delivered') =>
    hub.database.transaction((tx) => hub.app.get(RecordDelivery).onDelivery(tx, receipt(state)));
  await record('delivered');
  await settle();
  await record('sent');
  expect((await hub.state(claimed.id)).state).toBe('delivered');
});

test('receipts and our own commit at the same moment, many times: the last word is always delivered', async () => {
  const inbox = (await hub.app.get(InboxRegistry).find(hub.inboxId))!;
  const claimed = await Promise.all(Array.from({ length: 8 }, (_, n) => hub.send({ text: `crossing ${n}` }))).then(() =>
    hub.app.get(SendingQueue).take(hub.inboxId, 8),
  );
  const at = hub.clock.now();
  await Promise.all(
    claimed.flatMap((row) => {
      const externalId = `SM-cross-${row.id}`;
      const report = (state: 'sent' | 'delivered') =>
        hub.database.transaction((tx) =>
          hub.app.get(RecordDelivery).onDelivery(tx, {
            inbox,
            event: { kind: 'delivery', key: `${externalId}:${state}`, to: inbox.address, externalId, state },
            rawId: row.id,
            receivedAt: at,
          }),
        );
      return [
        report('sent'),
        hub.database.transaction((tx) =>
          hub.app.get(SettleDelivery).settle(tx, row, { verdict: { state: 'accepted', reason: null, externalId } }, at),
        ),
        report('delivered'),
      ];
    }),
  );
  for (const row of claimed) expect((await hub.state(row.id)).state).toBe('delivered');
});

test('a receipt that comes twice changes nothing the second time', async () => {
  const sent = await sendOne(await hub.send({ text: 'receipt twice' }));
  const inbox = (await hub.app.get(InboxRegistry).find(hub.inboxId))!;
  const event = {
    inbox,
    event: { kind: 'delivery' as const, key: 'twice', to: inbox.address, externalId: sent.external_id!, state: 'delivered' as const },
    rawId: sent.id,
    receivedAt: hub.clock.now(),
  };
  const outcomes = [];
  for (let n = 0; n < 2; n++) outcomes.push(await hub.database.transaction((tx) => hub.app.get(RecordDelivery).onDelivery(tx, event)));
  expect(outcomes.map(({ duplicate }) => duplicate)).toEqual([false, true]);
});

test('a read receipt marks everything up to there, and nothing after it', async () => {
  const inbox = (await hub.app.get(InboxRegistry).find(hub.inboxId))!;
  const [first, second] = [
    await sendOne(await hub.send({ text: 'to be read', phone: '+15550404001' })),
    await sendOne(await hub.send({ text: 'not yet read', phone: '+15550404001' })),
  ];
  const read = {
    kind: 'read' as const,
    key: 'read-1',
    to: inbox.address,
    from: { scheme: 'tel' as const, scope: '', value: '+15550404001' },
    externalId: first.external_id!,
  };
  await hub.database.transaction((tx) =>
    hub.app.get(RecordDelivery).onRead(tx, { inbox, event: read, rawId: first.id, receivedAt: hub.clock.now() }),
  );
  expect((await hub.state(first.id)).state).toBe('read');
  expect((await hub.state(second.id)).state).not.toBe('read');
});

test('a bounce that names no mail of ours is for a person', async () => {
  const inbox = (await hub.app.get(InboxRegistry).find(hub.inboxId))!;
  await hub.database.query({
    name: 'none-open',
    text: `UPDATE deliveries SET state = 'failed' WHERE state IN ('sending', 'uncertain')`,
    values: [],
  });
  const bounce = { kind: 'bounce' as const, key: 'forged', to: inbox.address, externalId: '<forged@elsewhere.test>', permanent: true };
  await expect(
    hub.database.transaction((tx) =>
      hub.app.get(RecordDelivery).onBounce(tx, { inbox, event: bounce, rawId: hub.inboxId, receivedAt: hub.clock.now() }),
    ),
  ).rejects.toThrow('names no mail of ours');
});

test('a carrier that blocks somebody tells the ledger, now and by a later report', async () => {
  hub.twilio.misbehave({ how: 'opted-out', times: 1 });
  const delivery = await sendOne(await hub.send({ text: 'to somebody who said stop' }));
  expect(delivery).toMatchObject({ state: 'suppressed', reason: 'opted-out', vendor_code: '21610' });
  expect(hub.around.optedOut.at(-1)).toMatchObject({ addressId: delivery.address_id, channel: 'twilio-sms', evidence: delivery.id });
});

test('a dead number is not written to again', async () => {
  hub.twilio.misbehave({ how: 'undeliverable', times: 1 });
  const first = await sendOne(await hub.send({ text: 'to a dead number', phone: '+15550403001' }));
  await until(async () => (await hub.state(first.id)).state === 'undeliverable');
  await hub.database.transaction((tx) => hub.app.get(Contacts).markUnusable(tx, first.address_id!, '30005'));
  expect(await sendOne(await hub.send({ text: 'again', phone: '+15550403001' }))).toMatchObject({
    state: 'undeliverable',
    reason: 'address-unusable',
  });
});

test('wrong credentials stop the inbox, and what waits leaves when they are mended', async () => {
  hub.twilio.misbehave({ how: 'unauthorized', times: 1 });
  const delivery = await hub.send({ text: 'waits for the administrator' });
  expect(await sendOne(delivery)).toMatchObject({ state: 'due', reason: 'inbox-stopped', tries: 0 });
  const inboxes = hub.app.get(Inboxes);
  expect((await inboxes.find(hub.database, hub.inboxId))!.state).toBe('stopped');
  expect(await hub.app.get(SendingQueue).take(hub.inboxId, 8)).toEqual([]);
  await hub.database.transaction((tx) => inboxes.change(tx, hub.inboxId, { state: 'active' }));
  hub.clock.pass(60_000);
  expect((await sendOne(delivery)).state).toBe('accepted');
});

test('behind a line that stays down nobody waits for ever', async () => {
  const delivery = await hub.send({ text: 'too late' });
  const inboxes = hub.app.get(Inboxes);
  await hub.database.transaction((tx) => inboxes.change(tx, hub.inboxId, { state: 'stopped' }));
  await hub.app.get(SweepDeliveries).sweep(hub.clock.pass(14 * 60_000));
  expect((await hub.state(delivery.id)).state).toBe('due');
  await hub.app.get(SweepDeliveries).sweep(hub.clock.pass(2 * 60_000));
  expect(await hub.state(delivery.id)).toMatchObject({ state: 'failed', reason: 'inbox-stopped' });
  await hub.database.transaction((tx) => inboxes.change(tx, hub.inboxId, { state: 'active' }));
  expect(await hub.app.get(Deliveries).find(hub.database, delivery.id)).toMatchObject({ state: 'failed' });
});
