import { newId } from '@claimline/database';
import type { ClockOccasion } from './choose-clocks';
import { after, Stage, TEN } from './testing/stage';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

const place = (conversationId = newId(TEN), claimId: string | null = null) => ({ conversationId, claimId, brand: stage.brand });
const wrote: ClockOccasion = { at: TEN, work: 'async', waits: true, answeredBefore: false, statesLoss: false, region: null, line: null };
const happened = (where: ReturnType<typeof place>, change: Partial<ClockOccasion> = {}) =>
  stage.in((tx) => stage.clocks.happened(tx, where, { ...wrote, ...change }, { message: 'm' }));
const answered = (where: ReturnType<typeof place>, at: Date, by: 'person' | 'machine' = 'person') =>
  stage.in((tx) =>
    stage.clocks.answered(tx, where, { at, messageId: 'a', by, written: true, noted: false, acknowledges: by === 'machine' }),
  );
const clocks = async (where: { conversationId: string }) =>
  await stage.sql<any>('SELECT * FROM clocks WHERE conversation_id = $1 ORDER BY policy', [where.conversationId]);
const due = (at: Date) => stage.clocks.due(stage.database, at);

describe('clocks in the database', () => {
  it('start with the first message, once, by the calendar of the brand, and say what the inbox sorts by', async () => {
    const where = place();
    await happened(where);
    await happened(where, { at: after(5) });
    const rows = await clocks(where);
    expect(rows).toMatchObject([
      { policy: 'first_response.async', state: 'running', deadline: after(15), warn_at: after(12), started_by: { message: 'm' } },
    ]);
    expect(await stage.clocks.nextDue(stage.database, where.conversationId)).toEqual({ at: after(15), kind: 'first_response.async' });
    expect(await stage.events(where.conversationId)).toEqual(['clock.started']);
  });

  it('started twice at once are one', async () => {
    const where = place();
    await Promise.all(Array.from({ length: 10 }, () => happened(where)));
    expect(await clocks(where)).toHaveLength(1);
  });

  it('are met by a person; a machine meets only the receipt', async () => {
    const where = place();
    await happened(where, { statesLoss: true });
    await answered(where, after(1), 'machine');
    expect((await clocks(where)).map(({ policy, state }) => `${policy} ${state}`)).toEqual([
      'ack.default met',
      'ack.strictest met',
      'first_response.async running',
    ]);
    await answered(where, after(2));
    expect((await clocks(where)).map(({ state }) => state)).toEqual(['met', 'met', 'met']);
    expect(await stage.clocks.nextDue(stage.database, where.conversationId)).toBeNull();
    expect(await stage.events(where.conversationId)).toEqual([
      'clock.started',
      'clock.started',
      'clock.started',
      'clock.met',
      'clock.met',
      'clock.met',
    ]);
  });

  it('start again after the answer, with twice the time', async () => {
    const where = place();
    await happened(where);
    await answered(where, after(2));
    await happened(where, { at: after(10), answeredBefore: true });
    expect(await stage.clocks.nextDue(stage.database, where.conversationId)).toEqual({ at: after(40), kind: 'next_response.async' });
  });

  it('count the law of the region from the message that told the loss, also when the region is known only later', async () => {
    const where = place();
    await happened(where, { statesLoss: true });
    await happened(where, { at: after(3 * 24 * 60), waits: false, statesLoss: true, region: 'US-FL', line: 'property' });
    expect((await clocks(where)).find(({ policy }) => policy === 'ack.US-FL.property')).toMatchObject({ started_at: TEN });
  });

  it('warn and breach once each, when they are looked at', async () => {
    const where = place();
    await happened(where);
    const [{ id }] = await clocks(where);
    const isDue = async (at: Date) => (await due(at)).some((clock) => clock.id === id);
    expect(await isDue(after(11))).toBe(false);
    expect(await isDue(after(12))).toBe(true);
    await stage.in((tx) => stage.clocks.look(tx, id, after(12)));
    expect(await isDue(after(15))).toBe(false);
    expect(await isDue(after(15.1))).toBe(true);
    await stage.in((tx) => stage.clocks.look(tx, id, after(15.1)));
    expect(await isDue(after(1000))).toBe(false);
    expect(await stage.events(where.conversationId)).toEqual(['clock.started', 'clock.warned', 'clock.breached']);
    expect(await stage.clocks.nextDue(stage.database, where.conversationId)).toEqual({ at: after(15), kind: 'first_response.async' });
  });

  it('that wait for an answer end with the conversation; the receipt is still owed', async () => {
    const where = place();
    await happened(where, { statesLoss: true });
    await stage.in((tx) => stage.clocks.resolved(tx, where.conversationId, after(3)));
    expect((await clocks(where)).map(({ policy, state }) => `${policy} ${state}`)).toEqual([
      'ack.default running',
      'ack.strictest running',
      'first_response.async canceled',
    ]);
  });

  it('pause with evidence and are not due meanwhile', async () => {
    const where = place();
    await happened(where);
    const [{ id }] = await clocks(where);
    await stage.in((tx) => stage.clocks.pause(tx, id, after(5), 'message:1'));
    expect(await stage.clocks.nextDue(stage.database, where.conversationId)).toBeNull();
    await stage.in((tx) => stage.clocks.look(tx, id, after(100)));
    const resumed = await stage.in((tx) => stage.clocks.resume(tx, id, after(65), 'message:2'));
    expect(resumed).toMatchObject({ state: 'running', deadline: after(75) });
    expect((await clocks(where))[0].pauses).toMatchObject([{ evidence: 'message:1', resumedBy: 'message:2' }]);
    await stage.in((tx) => stage.clocks.extend(tx, id, after(70), after(90)));
    expect(await stage.events(where.conversationId)).toEqual(['clock.started', 'clock.paused', 'clock.resumed', 'clock.extended']);
  });

  it('keep the holidays with which they started', async () => {
    const where = place();
    await happened(where, { work: 'email' });
    const calendar = await stage.calendars.forBrand(stage.database, stage.brand, TEN);
    await stage.calendars.put(stage.database, stage.brand.id, { ...calendar, holidays: ['2026-11-17'] }, TEN);
    const [{ id, deadline }] = await clocks(where);
    await stage.in(async (tx) => {
      await stage.clocks.pause(tx, id, after(10), 'x');
      await stage.clocks.resume(tx, id, after(20), 'y');
    });
    expect((await clocks(where))[0].deadline).toEqual(new Date(deadline.getTime() + 600_000));
    expect((await stage.calendars.forBrand(stage.database, stage.brand, TEN)).holidays).toEqual(['2026-11-17']);
    const later = place();
    await happened(later, { work: 'email' });
    expect((await clocks(later))[0].deadline).toEqual(new Date('2026-11-18T05:00:00Z'));
  });

  it('are found by index, not by reading all of them', async () => {
    await stage.sql(
      `INSERT INTO clocks (id, policy, policy_terms, started_at, deadline, warn_at, state, ended_at)
      SELECT gen_random_uuid(), 'x', '{}', $1, $1, $1, 'met', $1 FROM generate_series(1, 20000)`,
      [TEN],
    );
    await stage.sql('ANALYZE clocks');
    const plan = await stage.sql<{ 'QUERY PLAN': string }>(
      `EXPLAIN SELECT id FROM clocks WHERE state = 'running' AND ended_at IS NULL AND deadline < '2030-01-01' ORDER BY deadline LIMIT 200`,
    );
    expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toMatch(/Index (Only )?Scan using clocks_due/);
  });
});

describe('tasks', () => {
  const create = (change: object = {}) => stage.in((tx) => stage.tasks.create(tx, { kind: 'callback', due: after(60), ...change }, TEN));

  it('of one occasion are one, also when told at once', async () => {
    const [first, ...others] = await Promise.all(Array.from({ length: 5 }, () => create({ key: 'missed-call:1' })));
    expect(others.map(({ id }) => id)).toEqual(Array.from({ length: 4 }, () => first!.id));
  });

  it('count among the deadlines of their conversation', async () => {
    const conversationId = newId(TEN);
    const task = await create({ conversationId });
    expect(await stage.clocks.nextDue(stage.database, conversationId)).toEqual({ at: after(60), kind: 'task.callback' });
    await stage.in((tx) => stage.tasks.cancel(tx, task.id, { outcome: 'reached', by: null, at: after(1) }));
    expect(await stage.clocks.nextDue(stage.database, conversationId)).toBeNull();
    expect(await stage.events(conversationId)).toEqual(['task.created', 'task.closed']);
  });

  it('are done once, with an outcome, and made again for another day where that is wished', async () => {
    const owner = newId(TEN);
    await stage.sql(`INSERT INTO accounts (id, email, name, password_hash, role, created_at) VALUES ($1, 'a@b', 'x', '', 'adjuster', $2)`, [
      owner,
      TEN,
    ]);
    const task = await create({ params: { call: 1 } });
    const end = { outcome: 'no-answer', note: 'rang twice', next: after(600), by: owner, at: after(5) };
    const done = await stage.in((tx) => stage.tasks.complete(tx, task.id, end));
    expect(done).toMatchObject({
      task: { state: 'done', outcome: 'no-answer' },
      next: { kind: 'callback', dueAt: after(600), ownerId: owner, params: { call: 1 }, state: 'open' },
    });
    expect(await stage.in((tx) => stage.tasks.complete(tx, task.id, end))).toBeUndefined();
  });

  it('have one owner', async () => {
    const [owner] = await stage.sql<{ id: string }>('SELECT id FROM accounts LIMIT 1');
    const task = await create();
    expect(await stage.in((tx) => stage.tasks.own(tx, task.id, owner!.id, after(1)))).toMatchObject({ ownerId: owner!.id });
    expect(await stage.in((tx) => stage.tasks.own(tx, task.id, null, after(2)))).toMatchObject({ ownerId: null });
  });

  it('that have settled themselves are taken back', async () => {
    const conversationId = newId(TEN);
    await create({ conversationId });
    await create({ conversationId, kind: 'follow-up' });
    await stage.in((tx) => stage.tasks.settle(tx, { conversationId, kind: 'callback' }, 'customer-called', after(1)));
    expect(await stage.sql('SELECT kind, state FROM tasks WHERE conversation_id = $1 ORDER BY kind', [conversationId])).toEqual([
      { kind: 'callback', state: 'canceled' },
      { kind: 'follow-up', state: 'open' },
    ]);
  });
});
