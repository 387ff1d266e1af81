import { randomUUID } from 'node:crypto';
import { readGenericPlan, type PlanReading } from '@claimline/database/testing';
import { openGround, type Ground } from '../testing/ground';
import { DeliverySweeps, OVERDUE } from './delivery-sweeps.repository';
import { CLAIM, CLAIM_FREELY } from './deliveries.repository';
import type { DeliveryRow } from './delivery';

let ground: Ground;
beforeAll(async () => (ground = await openGround()));
afterAll(() => ground.close());

const ids = (rows: readonly DeliveryRow[]): string[] => rows.map((row) => row.id);
const settle = (row: DeliveryRow, verdict: Parameters<Ground['deliveries']['settle']>[2]) =>
  ground.database.transaction((tx) => ground.deliveries.settle(tx, row, verdict, ground.clock.now()));

test('a person’s answer leaves before a notice, a notice before a broadcast', async () => {
  const inboxId = await ground.inbox();
  const broadcast = await ground.delivery({ inboxId, purpose: 'broadcast' });
  const notice = await ground.delivery({ inboxId, purpose: 'notice' });
  const reply = await ground.delivery({ inboxId });
  expect(ids(await ground.queue.take(inboxId, 8))).toEqual([reply.id, notice.id, broadcast.id]);
});

test('in one conversation the earlier goes first, and the later waits until it has left', async () => {
  const inboxId = await ground.inbox();
  const conversationId = await ground.conversation();
  const first = await ground.delivery({ inboxId, conversationId });
  const second = await ground.delivery({ inboxId, conversationId });
  const [taken] = await ground.queue.take(inboxId, 8);
  expect(taken!.id).toBe(first.id);
  expect(await ground.queue.take(inboxId, 8)).toEqual([]);
  await settle(taken!, { state: 'accepted', reason: null, externalId: 'SM1' });
  expect(ids(await ground.queue.take(inboxId, 8))).toEqual([second.id]);
});

test('a later one also waits while the earlier backs off, and for a minute while nobody knows', async () => {
  const inboxId = await ground.inbox();
  const conversationId = await ground.conversation();
  await ground.delivery({ inboxId, conversationId });
  const second = await ground.delivery({ inboxId, conversationId });
  const [first] = await ground.queue.take(inboxId, 8);
  await settle(first!, { state: 'due', reason: 'unreachable', dueAt: new Date(ground.clock.now().getTime() + 5000) });
  expect(await ground.queue.take(inboxId, 8)).toEqual([]);
  ground.clock.pass(5000);
  const [again] = await ground.queue.take(inboxId, 8);
  expect([again!.id, again!.tries]).toEqual([first!.id, 2]);
  await settle(again!, { state: 'uncertain', reason: null });
  expect(await ground.queue.take(inboxId, 8)).toEqual([]);
  ground.clock.pass(61_000);
  expect(ids(await ground.queue.take(inboxId, 8))).toEqual([second.id]);
});

test('an answer does not wait behind a broadcast of the same conversation, nor behind what is held for the morning', async () => {
  const inboxId = await ground.inbox();
  const conversationId = await ground.conversation();
  await ground.delivery({ inboxId, conversationId, purpose: 'notice', dueAt: new Date(ground.clock.now().getTime() + 3_600_000) });
  await ground.delivery({ inboxId, conversationId, purpose: 'broadcast' });
  const reply = await ground.delivery({ inboxId, conversationId });
  const [first] = await ground.queue.take(inboxId, 1);
  expect(first!.id).toBe(reply.id);
});

test('other recipients and other conversations do not wait', async () => {
  const inboxId = await ground.inbox();
  const conversationId = await ground.conversation();
  const here = await ground.delivery({ inboxId, conversationId });
  const copy = await ground.delivery({ inboxId, conversationId, to: { value: '+15550101002', addressId: null } });
  const there = await ground.delivery({ inboxId });
  expect(ids(await ground.queue.take(inboxId, 8))).toEqual([here.id, copy.id, there.id]);
});

test('many senders at once: everything is taken exactly once', async () => {
  const inboxId = await ground.inbox();
  const made = await Promise.all(Array.from({ length: 40 }, () => ground.delivery({ inboxId })));
  const taken = (await Promise.all(Array.from({ length: 10 }, () => ground.queue.take(inboxId, 8)))).flat();
  expect(ids(taken).sort()).toEqual(ids(made).sort());
});

test('a stopped inbox lets nothing leave, and everything when it is mended', async () => {
  const inboxId = await ground.inbox();
  const delivery = await ground.delivery({ inboxId });
  await ground.database.transaction((tx) => ground.inboxes.stop(tx, inboxId, 'authToken: refused', 1));
  expect(await ground.queue.waiting()).not.toContain(inboxId);
  expect(await ground.queue.take(inboxId, 8)).toEqual([]);
  await ground.database.transaction((tx) => ground.inboxes.change(tx, inboxId, { state: 'active' }));
  expect(await ground.queue.waiting()).toContain(inboxId);
  expect(ids(await ground.queue.take(inboxId, 8))).toEqual([delivery.id]);
});

test('two replicas together keep the rate of a line', async () => {
  const inboxId = await ground.inbox({ sendsPerSecond: 2 });
  await Promise.all(Array.from({ length: 30 }, () => ground.delivery({ inboxId })));
  const second = async (): Promise<number> => (await Promise.all([1, 2, 3, 4].map(() => ground.queue.take(inboxId, 8)))).flat().length;
  expect(await second()).toBe(4);
  ground.clock.pass(1000);
  expect(await second()).toBe(2);
  ground.clock.pass(1000);
  expect(await second()).toBe(2);
});

test('only whoever claimed it settles it, and only once', async () => {
  const inboxId = await ground.inbox();
  await ground.delivery({ inboxId });
  const [taken] = await ground.queue.take(inboxId, 1);
  expect(await settle({ ...taken!, lease_holder: randomUUID() }, { state: 'accepted', reason: null })).toBeUndefined();
  expect((await settle(taken!, { state: 'due', reason: 'unreachable', dueAt: ground.clock.now() }))!.state).toBe('due');
  expect(await settle(taken!, { state: 'accepted', reason: null })).toBeUndefined();
});

test('a sender that comes back after its lease: taken is believed, but nothing is due again', async () => {
  const inboxId = await ground.inbox();
  const lost = async (): Promise<DeliveryRow> => {
    await ground.delivery({ inboxId });
    const [taken] = await ground.queue.take(inboxId, 1);
    await ground.database.transaction((tx) =>
      ground.deliveries.move(tx, taken!.id, { state: 'uncertain', reason: null }, ground.clock.now()),
    );
    return taken!;
  };
  expect((await settle(await lost(), { state: 'accepted', reason: null, externalId: 'SM-late' }))!.state).toBe('accepted');
  expect(await settle(await lost(), { state: 'due', reason: 'unreachable', dueAt: ground.clock.now() })).toMatchObject({
    state: 'failed',
    reason: 'unreachable',
  });
});

test('a try that asked nothing of the vendor does not count', async () => {
  const inboxId = await ground.inbox();
  await ground.delivery({ inboxId });
  const [taken] = await ground.queue.take(inboxId, 1);
  const held = await settle(taken!, {
    state: 'held',
    reason: 'quiet-hours',
    dueAt: new Date(ground.clock.now().getTime() + 1000),
    isFree: true,
  });
  expect(held).toMatchObject({ state: 'held', reason: 'quiet-hours', tries: 0, first_tried_at: null });
});

test('a further attempt is a row of its own, with no id of the vendor’s', async () => {
  const inboxId = await ground.inbox();
  const first = await ground.delivery({ inboxId });
  const [taken] = await ground.queue.take(inboxId, 1);
  await settle(taken!, { state: 'failed', reason: 'rejected', externalId: 'SM-old' });
  const again = await ground.delivery({
    inboxId,
    conversationId: first.conversation_id,
    messageId: first.message_id,
    fallbackOf: first.id,
  });
  expect(again).toMatchObject({ attempt: 2, state: 'due', external_id: null, fallback_of: first.id });
  expect(await ground.state(first.id)).toMatchObject({ attempt: 1, state: 'failed', external_id: 'SM-old' });
});

test('of a line with a rate or with trouble nothing is taken freely', async () => {
  const free = (inboxId: string) => {
    const now = ground.clock.now();
    return ground.deliveries.claimFreely(ground.database, { inboxId, limit: 8, holder: randomUUID(), leaseUntil: now, now });
  };
  const run = (inboxId: string, text: string) => ground.database.query({ name: '', text, values: [inboxId] });
  const inboxId = await ground.inbox();
  const delivery = await ground.delivery({ inboxId });
  for (const [trouble, mend] of [
    ['UPDATE inboxes SET sends_per_second = 2 WHERE id = $1', 'UPDATE inboxes SET sends_per_second = NULL WHERE id = $1'],
    [`UPDATE inboxes SET state = 'stopped' WHERE id = $1`, `UPDATE inboxes SET state = 'active' WHERE id = $1`],
    ['INSERT INTO inbox_circuits (inbox_id, failures) VALUES ($1, 1)', 'DELETE FROM inbox_circuits WHERE inbox_id = $1'],
    ['INSERT INTO inbox_circuits (inbox_id, open_until) VALUES ($1, now())', 'DELETE FROM inbox_circuits WHERE inbox_id = $1'],
    ['INSERT INTO inbox_circuits (inbox_id, probing) VALUES ($1, true)', 'DELETE FROM inbox_circuits WHERE inbox_id = $1'],
  ] as const) {
    await run(inboxId, trouble);
    expect([trouble, await free(inboxId)]).toEqual([trouble, undefined]);
    expect((await ground.state(delivery.id)).state).toBe('due');
    await run(inboxId, mend);
  }
  expect(ids((await free(inboxId))!)).toEqual([delivery.id]);
  expect(await free(inboxId)).toEqual([]);
});

test('what has waited for an earlier one of its conversation is told to senders when that is settled', async () => {
  const inboxId = await ground.inbox();
  const conversationId = await ground.conversation();
  await ground.delivery({ inboxId, conversationId });
  await ground.delivery({ inboxId, conversationId });
  const alone = await ground.delivery({ inboxId });
  const taken = await ground.queue.take(inboxId, 8);
  const waits = async (row: DeliveryRow) => (await settle(row, { state: 'accepted', reason: null }))!.is_waited_for;
  expect(await waits(taken.find(({ id }) => id === alone.id)!)).toBe(false);
  expect(await waits(taken.find(({ id }) => id !== alone.id)!)).toBe(true);
});

test('one that somebody else has moved since it was looked at stays where it is', async () => {
  const inboxId = await ground.inbox();
  const { id } = await ground.delivery({ inboxId });
  const move = (from: DeliveryRow['state'], state: DeliveryRow['state']) =>
    ground.database.transaction((tx) =>
      ground.deliveries.moveAll(tx, [{ id, from, verdict: { state, reason: null } }], ground.clock.now()),
    );
  expect(await move('sent', 'delivered')).toEqual([]);
  expect(await move('due', 'canceled')).toMatchObject([{ id, state: 'canceled' }]);
});

test('what waits can be taken back, what is leaving cannot', async () => {
  const inboxId = await ground.inbox();
  const delivery = await ground.delivery({ inboxId });
  const [taken] = await ground.queue.take(inboxId, 1);
  expect(
    await ground.database.transaction((tx) => ground.deliveries.cancel(tx, delivery.message_id, 'canceled-by-person', ground.clock.now())),
  ).toEqual([]);
  await settle(taken!, { state: 'due', reason: 'unreachable', dueAt: ground.clock.now() });
  const canceled = await ground.database.transaction((tx) =>
    ground.deliveries.cancel(tx, delivery.message_id, 'canceled-by-person', ground.clock.now()),
  );
  expect(canceled).toMatchObject([{ id: delivery.id, state: 'canceled', reason: 'canceled-by-person' }]);
});

test('taking the next stays on its indexes among a hundred thousand that have left', async () => {
  const inboxId = await ground.inbox();
  const model = await ground.delivery({ inboxId });
  await ground.database.query({
    name: 'many',
    text: `INSERT INTO deliveries (id, message_id, conversation_id, inbox_id, channel, to_value, attempt, purpose, priority, state, due_at, created_at, changed_at)
           SELECT gen_random_uuid(), message_id, gen_random_uuid(), inbox_id, channel, '+1555' || n, n + 1, purpose, priority, CASE WHEN n % 50 = 0 THEN 'due' ELSE 'delivered' END, due_at, created_at, changed_at
           FROM deliveries, generate_series(1, 100000) AS n WHERE id = $1`,
    values: [model.id],
  });
  await ground.database.query({ name: 'analyze', text: 'ANALYZE deliveries', values: [] });
  for (const [name, text] of Object.entries({ CLAIM, CLAIM_FREELY })) {
    const lines = await ground.database.query<{ 'QUERY PLAN': string }>({
      name: `explain-${name}`,
      text: `EXPLAIN ${text}`,
      values: [inboxId, ground.clock.now(), 8, ground.clock.now(), randomUUID()],
    });
    const plan = lines.map((line) => line['QUERY PLAN']).join('\n');
    expect(plan).toContain('deliveries_due');
    expect(plan).toContain('deliveries_order');
    expect(plan).not.toContain('Seq Scan on deliveries');
  }
});

test.each(Object.entries({ CLAIM, CLAIM_FREELY }))(
  'a queue that came after PostgreSQL last looked is not read for each delivery in it: %s',
  async (name, text) => {
    const inboxId = await ground.inbox();
    const model = await ground.delivery({ inboxId });
    const run = (sql: string, values: readonly unknown[] = []): Promise<unknown> => ground.database.query({ name: '', text: sql, values });
    const fill = (count: number, state: string): Promise<unknown> =>
      run(
        `INSERT INTO deliveries (id, message_id, conversation_id, inbox_id, channel, to_value, attempt, purpose, priority, state, due_at, created_at, changed_at)
         SELECT gen_random_uuid(), message_id, gen_random_uuid(), inbox_id, channel, $3 || gen_random_uuid(), n + 1, purpose, priority, $3, due_at, created_at, changed_at
         FROM deliveries, generate_series(1, $2::int) AS n WHERE id = $1`,
        [model.id, count, state],
      );
    const read = async (): Promise<PlanReading> => {
      const now = ground.clock.now();
      return await readGenericPlan(ground.database, { name, text, values: [inboxId, now, 8, now, randomUUID()] });
    };
    await run(`DELETE FROM deliveries WHERE id <> $1`, [model.id]);
    await run(`UPDATE deliveries SET state = 'delivered'`);
    await run('ANALYZE deliveries');
    await fill(2_000, 'due');
    // A table that was small: each is looked at once, with what goes before it.
    expect((await read()).rowsRead).toBeLessThan(3 * 2_000);

    await run(`UPDATE deliveries SET state = 'delivered'`);
    await fill(10_000, 'delivered');
    await run('ANALYZE deliveries');
    await fill(2_000, 'due');
    const { rowsSorted, rowsRead } = await read();
    expect(rowsSorted).toBe(0);
    expect(rowsRead).toBeLessThan(100);
  },
);

test('what time does to deliveries is found by small indexes, and among twenty thousand more only what is overdue is read', async () => {
  const inboxId = await ground.inbox();
  const model = await ground.delivery({ inboxId, expiresAt: new Date(ground.clock.now().getTime() + 1000) });
  await ground.database.query({
    name: 'many-waiting',
    text: `INSERT INTO deliveries (id, message_id, conversation_id, inbox_id, channel, to_value, attempt, purpose, priority, state, due_at, created_at, changed_at)
           SELECT gen_random_uuid(), message_id, gen_random_uuid(), inbox_id, channel, '+1666' || n, n + 1, purpose, priority, CASE WHEN n % 2 = 0 THEN 'due' ELSE 'delivered' END, due_at, created_at, changed_at
           FROM deliveries, generate_series(1, 20000) AS n WHERE id = $1`,
    values: [model.id],
  });
  await ground.database.query({ name: 'analyze', text: 'ANALYZE deliveries', values: [] });
  const later = new Date(ground.clock.now().getTime() + 2000);
  const lines = await ground.database.query<{ 'QUERY PLAN': string }>({
    name: 'explain-overdue',
    text: `EXPLAIN ${OVERDUE}`,
    values: [ground.clock.now(), ground.clock.now(), later],
  });
  const plan = lines.map((line) => line['QUERY PLAN']).join('\n');
  expect(plan).toContain('deliveries_expiring');
  expect(plan).not.toContain('Seq Scan on deliveries');
  const overdue = await new DeliverySweeps().overdue(ground.database, { stoppedSince: later, unreachableSince: later, now: later });
  expect(overdue).toMatchObject([{ id: model.id, why: 'expired' }]);
});
