import type { LoggedEvent } from '@claimline/database';
import { SendingQueue, type DeliveryRow } from '@claimline/delivery';
import { HandOverDelivery } from '../flows/hand-over-delivery';
import { RetryDelivery } from '../flows/retry-delivery';
import { changed } from '../flows/settle-delivery';
import { SendDelivery } from './send-delivery';
import { openDeliveryHub, type DeliveryHub } from './testing/delivery-hub';

let hub: DeliveryHub;
let n = 0;
beforeAll(async () => (hub = await openDeliveryHub()));
afterAll(() => hub.close());
beforeEach(() => hub.twilio.misbehave(null));

const logged = (event: { type: string; conversationId: string | null; payload: object }): LoggedEvent => ({
  position: ++n,
  id: `01970000-0000-7000-8000-${String(n).padStart(12, '0')}`,
  at: hub.clock.now(),
  ...event,
  payload: event.payload as Record<string, unknown>,
});
const tell = (row: DeliveryRow) =>
  hub.database.transaction((tx) => hub.app.get(HandOverDelivery).onDeliveryChanged(tx, logged(changed(row))));
const tasks = (conversationId: string) =>
  hub.database.query<{ kind: string; state: string; reason: string }>({
    name: 'tasks',
    text: 'SELECT kind, state, reason FROM tasks WHERE conversation_id = $1 ORDER BY created_at, id',
    values: [conversationId],
  });

async function leave(): Promise<DeliveryRow> {
  const [claimed] = await hub.app.get(SendingQueue).take(hub.inboxId, 1);
  await hub.app.get(SendDelivery).send(claimed!);
  return hub.state(claimed!.id);
}

test('an answer that did not arrive is on somebody’s list once, until another attempt has left', async () => {
  hub.twilio.misbehave({ how: 'refuse', times: 1 });
  const delivery = await hub.send({ text: 'refused' });
  const failed = await leave();
  await tell(failed);
  await tell(failed);
  expect(await tasks(delivery.conversation_id)).toEqual(
    [{ kind: 'send-another-way', state: 'open', reason: 'not-capable' }].map((task) => ({ ...task, reason: failed.reason })),
  );
  await hub.database.transaction((tx) => hub.app.get(RetryDelivery).retry(tx, failed.id, hub.clock.now()));
  await tell(await leave());
  expect((await tasks(delivery.conversation_id)).map(({ state }) => state)).toEqual(['canceled']);
});

test('news of a first attempt that goes as planned asks nothing; late news, and any after trouble, do', async () => {
  const row = await hub.send({ text: 'as planned' });
  const asks = async (state: DeliveryRow['state'], was?: DeliveryRow['state'], over: Partial<DeliveryRow> = {}): Promise<boolean> => {
    let asked = false;
    const query = () => ((asked = true), Promise.resolve([]));
    const event = logged(changed({ ...row, ...over, state }, was));
    await hub.app.get(HandOverDelivery).onDeliveryChanged({ query } as never, event);
    return asked;
  };
  for (const [state, was] of [
    ['accepted', 'sending'],
    ['sent', 'accepted'],
    ['delivered', 'sent'],
    ['read', 'delivered'],
  ] as const)
    expect([state, await asks(state, was)]).toEqual([state, false]);
  for (const was of ['uncertain', 'failed', undefined] as const) expect([was, await asks('delivered', was)]).toEqual([was, true]);
  expect(await asks('accepted', 'sending', { attempt: 2 })).toBe(true);
  expect(await asks('accepted', 'sending', { fallback_of: row.id })).toBe(true);
});

test('a notice that fails is its plan’s to follow, one of which nobody knows is a person’s', async () => {
  const delivery = await hub.send({ text: 'notice', purpose: 'notice' });
  await tell({ ...delivery, state: 'failed', reason: 'rejected' });
  await tell({ ...delivery, state: 'uncertain', reason: null });
  expect(await tasks(delivery.conversation_id)).toEqual([]);
  await tell({ ...delivery, state: 'uncertain', reason: 'uncertain' });
  expect(await tasks(delivery.conversation_id)).toEqual([{ kind: 'uncertain-send', state: 'open', reason: 'uncertain' }]);
  await tell({ ...delivery, state: 'delivered', reason: null });
  expect((await tasks(delivery.conversation_id)).map(({ state }) => state)).toEqual(['canceled']);
});

test('an inbox that stopped by itself is a task, one that somebody stopped is not', async () => {
  const stopped = (reason: string) =>
    hub.database.transaction((tx) =>
      hub.app
        .get(HandOverDelivery)
        .onInboxStopped(tx, logged({ type: 'inbox.stopped', conversationId: null, payload: { inboxId: hub.inboxId, reason } })),
    );
  await stopped('stopped-by-person');
  await stopped('misconfigured');
  expect(
    await hub.database.query({ name: 'inbox-tasks', text: `SELECT reason FROM tasks WHERE kind = 'inbox-stopped'`, values: [] }),
  ).toEqual([{ reason: 'misconfigured' }]);
});
