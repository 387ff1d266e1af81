import { newId } from '@claimline/database';
import { MessageContent } from '../delivery/message-content';
import { openDeliveryHub, type DeliveryHub } from '../delivery/testing/delivery-hub';

let hub: DeliveryHub;
beforeAll(async () => (hub = await openDeliveryHub()));
afterAll(() => hub.close());

const run = (text: string, values: unknown[]) => hub.database.query({ name: '', text, values });
const load = async (deliveryId: string) => (await hub.app.get(MessageContent).load([deliveryId])).get(deliveryId)!;

test('a message leaves with its files in their places', async () => {
  const { id, message_id: messageId } = await hub.send();
  expect((await load(id)).files).toEqual([]);
  const ids = [newId(hub.clock.now()), newId(hub.clock.now())];
  for (const [place, attachmentId] of [
    [1, ids[0]],
    [0, ids[1]],
  ] as const)
    await run(
      `INSERT INTO attachments (id, message_id, place, name, content_type, size, state, created_at) VALUES ($1, $2, $3, $4, 'image/png', $5, 'pending', now())`,
      [attachmentId, messageId, place, `${place}.png`, place === 0 ? null : 7_000_000_000],
    );
  expect((await load(id)).files).toEqual([
    { attachmentId: ids[1], fileId: null, name: '0.png', contentType: 'image/png', size: 0, state: 'pending' },
    { attachmentId: ids[0], fileId: null, name: '1.png', contentType: 'image/png', size: 7_000_000_000, state: 'pending' },
  ]);
});

test('it refers to the last ten of its own thread, oldest first', async () => {
  const phone = '+15550490001';
  const rows = [];
  for (let n = 0; n < 12; n++) rows.push(await hub.send({ phone }));
  const other = await hub.send();
  for (const [n, row] of [...rows, other].entries())
    await run('INSERT INTO message_references (reference, inbox_id, message_id, conversation_id) VALUES ($1, $2, $3, $4)', [
      ...[`<${n}@mail.test>`, hub.inboxId, row.message_id, row.conversation_id],
    ]);
  expect((await load(rows[3]!.id)).references).toEqual(Array.from({ length: 10 }, (_, n) => `<${n + 2}@mail.test>`));
  expect((await load(other.id)).references).toEqual(['<12@mail.test>']);
});
