import { DEFAULT_ROUTING_POLICY } from './policy';
import { after, NOON, onLeave } from './testing/department';
import { Stage } from './testing/stage';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(async () => {
  expect(await stage.miscounted()).toEqual([]);
  await stage.close();
});

const later = (seconds: number, cause: 'arrived' | 'capacity' | 'timer' = 'arrived') => ({ cause, now: after(seconds) });
const item = async (conversationId: string) =>
  (await stage.sql<any>('SELECT * FROM work_items WHERE conversation_id = $1 ORDER BY id DESC', [conversationId]))[0];
const due = async (seconds = 0) =>
  (await stage.watch.placeable(stage.database, after(seconds))).map(({ conversationId, cause }) => `${cause} ${conversationId}`);

describe('fifty contacts at once and twenty adjusters', () => {
  it('are each given to exactly one of them, nobody beyond their capacity, and the load is spread', async () => {
    const adjusters = await Promise.all(Array.from({ length: 20 }, () => stage.adjuster({ capacity: 30 })));
    const conversations = await Promise.all(Array.from({ length: 50 }, () => stage.conversation()));
    const routed = await Promise.all(conversations.map((id) => stage.route(stage.facts(id))));
    expect(routed.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 50 }, () => 'reserved'));
    const loads = await Promise.all(adjusters.map((id) => stage.load(id)));
    expect(Math.max(...loads)).toBe(30);
    expect(Math.min(...loads)).toBe(20);
    expect(loads.reduce((sum, load) => sum + load, 0)).toBe(500);
    expect(await stage.sql(`SELECT 1 FROM work_items WHERE state <> 'reserved'`)).toEqual([]);
  });

  it('that are too many wait in the queue, and not one unit too much is taken', async () => {
    const adjusters = await Promise.all(Array.from({ length: 5 }, () => stage.adjuster({ capacity: 25 })));
    const conversations = await Promise.all(Array.from({ length: 50 }, () => stage.conversation()));
    const routed = await Promise.all(conversations.map((id) => stage.route(stage.facts(id))));
    expect(routed.filter(({ outcome }) => outcome === 'reserved')).toHaveLength(10);
    expect(routed.filter(({ outcome }) => outcome === 'queued')).toHaveLength(40);
    for (const id of adjusters) expect(await stage.load(id)).toBe(20);
  });

  it('offered to the same conversation at once are one reservation', async () => {
    await Promise.all(Array.from({ length: 20 }, () => stage.adjuster()));
    const [conversation] = await Promise.all([stage.conversation()]);
    const facts = stage.facts(conversation);
    const work = await stage.in((tx) => stage.router.enqueue(tx, facts, NOON));
    const people = await stage.adjusters.department(stage.database);
    const reserve = (accountId: string) =>
      stage.in((tx) =>
        stage.work.reserve(tx, { itemId: work.id, among: [{ accountId, seen: null }], now: NOON, interrupts: [], standIn: null }),
      );
    const won = await Promise.all(Array.from({ length: 50 }, (_, n) => reserve(people[n % 20]!.id)));
    expect(won.filter(Boolean)).toHaveLength(1);
  });
});

describe('one more message of somebody who waits', () => {
  const row = async (id: string): Promise<{ version: string; needs: { language: string } }> =>
    (
      await stage.sql<{ version: string; needs: { language: string } }>(
        'SELECT xmin::text AS version, needs FROM work_items WHERE conversation_id = $1',
        [id],
      )
    )[0]!;

  it('changes nothing of their place; one that changes what they need does', async () => {
    const conversation = await stage.conversation();
    const facts = stage.facts(conversation);
    expect(await stage.route(facts)).toEqual({ outcome: 'queued', assignment: null });
    const first = await row(conversation);
    expect(await stage.route(facts, later(5))).toEqual({ outcome: 'queued', assignment: null });
    expect((await row(conversation)).version).toBe(first.version);
    const language = first.needs.language === 'zh-CN' ? 'en' : 'zh-CN';
    await stage.route({ ...facts, needs: { ...facts.needs, language } }, later(10));
    expect((await row(conversation)).needs.language).toBe(language);
  });

  it('is still offered to whoever has come meanwhile', async () => {
    const conversation = await stage.conversation();
    await stage.route(stage.facts(conversation));
    const id = await stage.adjuster();
    await stage.route(stage.facts(conversation), later(5));
    expect(await due(6)).toEqual([`capacity ${conversation}`]);
    expect(await stage.route(stage.facts(conversation), later(6, 'capacity'))).toEqual({
      outcome: 'reserved',
      assignment: { assigneeId: id },
    });
  });
});

describe('a reservation', () => {
  it('fails when the adjuster has just gone, or was given something else meanwhile', async () => {
    const id = await stage.adjuster();
    const work = await stage.in(async (tx) => stage.router.enqueue(tx, stage.facts(await stage.conversation()), NOON));
    const reserve = (seen: number | null) =>
      stage.in((tx) =>
        stage.work.reserve(tx, { itemId: work.id, among: [{ accountId: id, seen }], now: NOON, interrupts: [], standIn: null }),
      );
    expect(await reserve(10)).toBeUndefined();
    await stage.in((tx) => stage.presences.leave(tx, [id], 'hub', NOON));
    expect(await reserve(0)).toBeUndefined();
  });

  it('is told and explained', async () => {
    const conversation = await stage.conversation();
    const away = await stage.adjuster({}, false);
    const id = await stage.adjuster();
    expect(await stage.route(stage.facts(conversation))).toEqual({ outcome: 'reserved', assignment: { assigneeId: id } });
    expect(await stage.events(conversation)).toEqual(['work.reserved']);
    const [decision] = await stage.decisions.of(stage.database, conversation, 10);
    expect(decision).toMatchObject({ cause: 'arrived', ring: 'skills', chosenId: id, at: NOON });
    expect(decision!.trace.reasons.map(({ code }) => code)).toEqual(['skills', 'speaks', 'knows-line', 'only-one-free']);
    expect(decision!.trace.excluded).toEqual([{ id: away, code: 'offline' }]);
    expect(decision!.trace.candidates).toMatchObject([{ id, ring: 'skills', skill: 1, load: 0 }]);
  });
});

describe('a conversation that nobody can take', () => {
  it('waits, and is given to whoever comes online first', async () => {
    const conversation = await stage.conversation();
    const id = await stage.adjuster({}, false);
    expect(await stage.route(stage.facts(conversation))).toEqual({ outcome: 'queued', assignment: null });
    expect(await stage.events(conversation)).toEqual(['work.queued']);
    expect(await due(5)).toEqual([]);
    await stage.in((tx) => stage.presences.beat(tx, [id], 'hub', after(10)));
    expect(await due(10)).toEqual([`presence ${conversation}`]);
    expect(await stage.route(stage.facts(conversation), later(10, 'capacity'))).toMatchObject({ assignment: { assigneeId: id } });
    expect(await due(11)).toEqual([]);
  });

  it('is given to the next ring when its time has come', async () => {
    const [owner, other] = [await stage.adjuster({}, false), await stage.adjuster()];
    const conversation = await stage.conversation();
    await stage.route(stage.facts(conversation, { ownerId: owner }));
    expect(await due(899)).toEqual([]);
    expect(await due(900)).toEqual([`timer ${conversation}`]);
    expect(await stage.route(stage.facts(conversation, { ownerId: owner }), later(900, 'timer'))).toMatchObject({
      assignment: { assigneeId: other },
    });
  });

  it('does not hide those behind it', async () => {
    const id = await stage.adjuster({ capacity: 0 });
    const impossible = await stage.conversation();
    await stage.route(stage.facts(impossible, { jurisdiction: 'US-CA' }));
    const possible = await stage.conversation();
    await stage.route({ ...stage.facts(possible), waitingSince: after(1) }, later(1));
    await stage.adjusters.put(stage.database, id, { capacity: 10 });
    expect(await due(2)).toEqual([`capacity ${possible}`]);
  });

  it('has its turn by priority and age, and no more are offered than there is room for', async () => {
    const id = await stage.adjuster({ capacity: 0 });
    const [old, young, injured] = [await stage.conversation(), await stage.conversation(), await stage.conversation()];
    await stage.route({ ...stage.facts(young), waitingSince: after(60) }, later(60));
    await stage.route(stage.facts(old));
    await stage.route({ ...stage.facts(injured), waitingSince: after(120), labels: ['injury'] }, later(120));
    await stage.adjusters.put(stage.database, id, { capacity: 25 });
    expect(await due(180)).toEqual([`capacity ${injured}`, `capacity ${old}`]);
  });
});

describe('the customer goes quiet', () => {
  it('for a quarter of an hour: the units return, the conversation stays, and the answer after three days comes back to the same person', async () => {
    const [first, second] = [await stage.adjuster(), await stage.adjuster()];
    const conversation = await stage.conversation();
    const { assignment } = await stage.route(stage.facts(conversation));
    const [mine, other] = assignment!.assigneeId === first ? [first, second] : [second, first];
    await stage.in((tx) => stage.router.answered(tx, conversation, after(60)));
    expect(await stage.watch.quiet(stage.database, after(60 + 899))).toEqual([]);
    expect(await stage.watch.quiet(stage.database, after(60 + 900))).toEqual([conversation]);
    await stage.in((tx) => stage.router.release(tx, conversation, 'quiet', after(960)));
    expect(await stage.load(mine)).toBe(0);
    expect((await item(conversation)).account_id).toBe(mine);

    const days = 3 * 86_400;
    expect(await stage.route(stage.facts(conversation, { assigneeId: mine }), later(days))).toEqual({ outcome: 'kept', assignment: null });
    expect(await stage.load(mine)).toBe(10);
    expect(await stage.load(other)).toBe(0);
    expect(await stage.events(conversation)).toEqual(['work.reserved', 'work.released']);
  });

  it('after a mail: the units return with the answer', async () => {
    const id = await stage.adjuster();
    const conversation = await stage.conversation();
    await stage.route(stage.facts(conversation, {}, 'email'));
    expect(await stage.load(id)).toBe(10);
    await stage.in((tx) => stage.router.answered(tx, conversation, after(60)));
    expect(await stage.load(id)).toBe(0);
  });

  it('and writes again when its adjuster is full: it stays theirs, and takes its units when there is room', async () => {
    const id = await stage.adjuster({ capacity: 10 });
    const [first, second] = [await stage.conversation(), await stage.conversation()];
    await stage.route(stage.facts(first, {}, 'email'));
    await stage.in((tx) => stage.router.answered(tx, first, after(1)));
    await stage.route(stage.facts(second));
    expect(await stage.route(stage.facts(first, { assigneeId: id }, 'email'), later(5))).toMatchObject({ outcome: 'kept' });
    expect(await stage.load(id)).toBe(10);
    expect(await stage.watch.starved(stage.database)).toEqual([]);
    await stage.in((tx) => stage.router.finish(tx, second, 'resolved', after(6)));
    expect(await stage.watch.starved(stage.database)).toEqual([first]);
    await stage.in((tx) => stage.router.hold(tx, first, after(7)));
    expect(await stage.load(id)).toBe(10);
  });
});

describe('an adjuster who leaves', () => {
  it('on a dated absence: whoever waits for them goes to the delegate, and comes back at once if so wished', async () => {
    const [owner, deputy] = [await stage.adjuster(), await stage.adjuster()];
    const conversation = await stage.conversation();
    const facts = stage.facts(conversation, { ownerId: owner });
    expect(await stage.route(facts)).toMatchObject({ assignment: { assigneeId: owner } });
    stage.absences.push(onLeave(owner, deputy, { returns: 'immediately', starts: after(60), ends: after(3600) }));
    expect(await stage.watch.stranded(stage.database, after(59))).toEqual([]);
    expect(await stage.watch.stranded(stage.database, after(60))).toEqual([{ conversationId: conversation, cause: 'absence' }]);
    const leaving = await stage.route(stage.facts(conversation, { ownerId: owner, assigneeId: owner }), {
      cause: 'absence',
      now: after(60),
    });
    expect(leaving).toEqual({ outcome: 'reserved', assignment: { assigneeId: deputy } });
    expect([await stage.load(owner), await stage.load(deputy)]).toEqual([0, 10]);
    expect(await stage.watch.returning(stage.database, after(3599))).toEqual([]);
    expect(await stage.watch.returning(stage.database, after(3600))).toEqual([{ conversationId: conversation, cause: 'returned' }]);
    const back = await stage.route(stage.facts(conversation, { ownerId: owner, assigneeId: deputy }), {
      cause: 'returned',
      now: after(3600),
    });
    expect(back).toEqual({ outcome: 'reserved', assignment: { assigneeId: owner } });
  });

  it('and comes back at night is not sent the work before they are there', async () => {
    const [owner, deputy] = [await stage.adjuster({}, false), await stage.adjuster()];
    const conversation = await stage.conversation();
    stage.absences.push(onLeave(owner, deputy, { returns: 'immediately', ends: after(60) }));
    await stage.route(stage.facts(conversation, { ownerId: owner }));
    expect(await stage.watch.returning(stage.database, after(61))).toEqual([]);
    expect(
      await stage.route(stage.facts(conversation, { ownerId: owner, assigneeId: deputy }), { cause: 'returned', now: after(61) }),
    ).toMatchObject({ outcome: 'kept' });
    await stage.in((tx) => stage.presences.beat(tx, [owner], 'hub', after(62)));
    expect(await stage.watch.returning(stage.database, after(63))).toHaveLength(1);
  });

  it('with "on close": the delegate goes on until the end, then the owner has it again', async () => {
    const [owner, deputy] = [await stage.adjuster(), await stage.adjuster()];
    const conversation = await stage.conversation();
    stage.absences.push(onLeave(owner, deputy, { ends: after(60) }));
    await stage.route(stage.facts(conversation, { ownerId: owner }));
    expect(await stage.watch.returning(stage.database, after(61))).toEqual([]);
    expect(await stage.route(stage.facts(conversation, { ownerId: owner, assigneeId: deputy }), later(61))).toMatchObject({
      outcome: 'kept',
    });
    await stage.in((tx) => stage.router.finish(tx, conversation, 'resolved', after(62)));
    expect(await stage.route(stage.facts(conversation, { ownerId: owner }), later(63))).toMatchObject({
      assignment: { assigneeId: owner },
    });
  });

  it('without a word: their waiting customers are offered to others after a while, at once and not after another while', async () => {
    const gone = await stage.adjuster();
    const conversation = await stage.conversation();
    await stage.route(stage.facts(conversation));
    const other = await stage.adjuster();
    await stage.in((tx) => stage.presences.leave(tx, [gone], 'hub', after(100)));
    expect(await stage.watch.stranded(stage.database, after(999))).toEqual([]);
    expect(await stage.watch.stranded(stage.database, after(1000))).toEqual([{ conversationId: conversation, cause: 'stranded' }]);
    const moved = await stage.route(stage.facts(conversation, { assigneeId: gone }), { cause: 'stranded', now: after(1000) });
    expect(moved).toMatchObject({ assignment: { assigneeId: other } });
  });

  it('is not somebody who was not there when a person gave it to them: it waits for them', async () => {
    const [absent, actor] = [await stage.adjuster({}, false), await stage.adjuster()];
    const conversation = await stage.conversation();
    await stage.in((tx) => stage.router.assign(tx, stage.facts(conversation), { accountId: absent, actorId: actor, now: NOON }));
    expect(await stage.watch.stranded(stage.database, after(100_000))).toEqual([]);
  });

  it('who has answered everything keeps what is theirs', async () => {
    const gone = await stage.adjuster();
    const conversation = await stage.conversation();
    await stage.route(stage.facts(conversation));
    await stage.in((tx) => stage.router.answered(tx, conversation, after(50)));
    await stage.in((tx) => stage.presences.leave(tx, [gone], 'hub', after(100)));
    expect(await stage.watch.stranded(stage.database, after(1_000_000))).toEqual([]);
  });

  it('and is written to meanwhile is waited for: the conversation stays theirs until somebody else takes it', async () => {
    const gone = await stage.adjuster();
    const conversation = await stage.conversation();
    await stage.route(stage.facts(conversation));
    await stage.in((tx) => stage.router.answered(tx, conversation, after(50)));
    await stage.in((tx) => stage.presences.leave(tx, [gone], 'hub', after(100)));
    await stage.adjuster();
    expect(await stage.route(stage.facts(conversation, { assigneeId: gone }), later(200))).toEqual({ outcome: 'queued', assignment: null });
    expect(await item(conversation)).toMatchObject({ state: 'waiting', next_ring_at: after(1100) });
  });
});

describe('a changed handler', () => {
  it('gets the conversation at once; who had it keeps it only until then', async () => {
    const [old, fresh] = [await stage.adjuster(), await stage.adjuster()];
    const conversation = await stage.conversation();
    await stage.route(stage.facts(conversation, { ownerId: old }));
    const moved = await stage.route(stage.facts(conversation, { ownerId: fresh, assigneeId: old }), {
      cause: 'handler-changed',
      now: after(1),
    });
    expect(moved).toEqual({ outcome: 'reserved', assignment: { assigneeId: fresh } });
  });

  it('is waited for while they are not there; meanwhile it stays where it was', async () => {
    const [old, fresh] = [await stage.adjuster(), await stage.adjuster({}, false)];
    const conversation = await stage.conversation();
    await stage.route(stage.facts(conversation, { ownerId: old }));
    const facts = stage.facts(conversation, { ownerId: fresh, assigneeId: old });
    expect(await stage.route(facts, { cause: 'handler-changed', now: after(1) })).toEqual({ outcome: 'queued', assignment: null });
    await stage.in((tx) => stage.presences.beat(tx, [fresh], 'hub', after(5)));
    const { needs } = await item(conversation);
    expect(await stage.route({ ...facts, needs }, later(5, 'capacity'))).toEqual({
      outcome: 'reserved',
      assignment: { assigneeId: fresh },
    });
  });

  it('who was only now found gets it if they are there, else it stays with whoever has it', async () => {
    const [holder, owner] = [await stage.adjuster(), await stage.adjuster({}, false)];
    const conversation = await stage.conversation();
    expect(await stage.route(stage.facts(conversation))).toMatchObject({ assignment: { assigneeId: holder } });
    const linked = stage.facts(conversation, { ownerId: owner, assigneeId: holder });
    expect(await stage.route(linked, { cause: 'linked', now: after(1) })).toEqual({ outcome: 'kept', assignment: null });
    await stage.in((tx) => stage.presences.beat(tx, [owner], 'hub', after(2)));
    expect(await stage.route(linked, { cause: 'linked', now: after(3) })).toEqual({
      outcome: 'reserved',
      assignment: { assigneeId: owner },
    });
  });

  it('who has it already keeps it', async () => {
    const owner = await stage.adjuster();
    const conversation = await stage.conversation();
    await stage.route(stage.facts(conversation));
    const kept = await stage.route(stage.facts(conversation, { ownerId: owner, assigneeId: owner }), {
      cause: 'handler-changed',
      now: after(1),
    });
    expect(kept).toEqual({ outcome: 'kept', assignment: null });
  });

  it('a wall that has been put up takes it away from whoever is outside, even if nobody is inside', async () => {
    await stage.adjuster();
    const conversation = await stage.conversation();
    const { assignment } = await stage.route(stage.facts(conversation));
    const walled = stage.facts(conversation, { restrictedTo: 'siu', assigneeId: assignment!.assigneeId });
    expect(await stage.route(walled, later(1))).toEqual({ outcome: 'queued', assignment: { assigneeId: null } });
  });
});

describe('a wall around what has been answered', () => {
  it('takes it away from whoever is outside, and leaves it with whoever is inside', async () => {
    const [outside, inside] = [await stage.adjuster(), await stage.adjuster({ groups: ['siu'] })];
    for (const [id, assignment] of [
      [outside, { assigneeId: null }],
      [inside, null],
    ] as const) {
      const conversation = await stage.conversation();
      const facts = { ...stage.facts(conversation, { assigneeId: id, restrictedTo: 'siu' }), awaitingReply: false };
      expect(await stage.route(facts, later(1))).toEqual({ outcome: 'unrouted', assignment });
    }
  });
});

describe('a person', () => {
  it('may overfill a colleague who is offline; what goes makes room only below the capacity', async () => {
    const id = await stage.adjuster({ capacity: 10 }, false);
    const conversations = [await stage.conversation(), await stage.conversation()];
    for (const conversation of conversations) {
      expect(
        await stage.in((tx) => stage.router.assign(tx, stage.facts(conversation), { accountId: id, actorId: id, now: NOON })),
      ).toBeNull();
    }
    expect(await stage.load(id)).toBe(20);
    expect(await stage.decisions.of(stage.database, conversations[0]!, 1)).toMatchObject([
      { ring: 'by-hand', cause: 'person', chosenId: id },
    ]);
    await stage.in((tx) => stage.router.finish(tx, conversations[0]!, 'resolved', after(1)));
    expect((await stage.sql<any>('SELECT used, over_capacity FROM adjusters WHERE account_id = $1', [id]))[0]).toEqual({
      used: 10,
      over_capacity: 0,
    });
  });

  it('may not overrule a hard constraint or a leave', async () => {
    const [id, away] = [await stage.adjuster(), await stage.adjuster()];
    stage.absences.push(onLeave(away));
    const conversation = await stage.conversation();
    const assign = (accountId: string, needs = {}) =>
      stage.in((tx) => stage.router.assign(tx, stage.facts(conversation, needs), { accountId, actorId: id, now: NOON }));
    expect(await assign(id, { restrictedTo: 'siu' })).toEqual({ refused: 'restricted' });
    expect(await assign(id, { jurisdiction: 'US-CA' })).toEqual({ refused: 'licence-missing' });
    expect(await assign(away)).toEqual({ refused: 'absent' });
    expect(await item(conversation)).toBeUndefined();
  });

  it('moves it from one to the other with its units', async () => {
    const [a, b] = [await stage.adjuster(), await stage.adjuster({}, false)];
    const conversation = await stage.conversation();
    await stage.route(stage.facts(conversation));
    await stage.in((tx) =>
      stage.router.assign(tx, stage.facts(conversation, { assigneeId: a }), { accountId: b, actorId: a, now: after(1) }),
    );
    expect([await stage.load(a), await stage.load(b)]).toEqual([0, 10]);
  });

  it("moves what nobody waits for without taking anybody's units", async () => {
    const [a, b] = [await stage.adjuster(), await stage.adjuster({}, false)];
    const conversation = await stage.conversation();
    await stage.route(stage.facts(conversation));
    await stage.in((tx) => stage.router.answered(tx, conversation, after(1)));
    const answered = { ...stage.facts(conversation, { assigneeId: a }), awaitingReply: false };
    await stage.in((tx) => stage.router.assign(tx, answered, { accountId: b, actorId: a, now: after(2) }));
    expect([await stage.load(a), await stage.load(b)]).toEqual([0, 0]);
    expect(await item(conversation)).toMatchObject({ state: 'reserved', account_id: b });
  });

  it('who gives it back does not get it again', async () => {
    const [a, b] = [await stage.adjuster(), await stage.adjuster()];
    const conversation = await stage.conversation();
    const { assignment } = await stage.route(stage.facts(conversation, { ownerId: a }));
    expect(assignment).toEqual({ assigneeId: a });
    const back = await stage.in((tx) => stage.router.reassign(tx, stage.facts(conversation, { ownerId: a, assigneeId: a }), after(1)));
    expect(back).toEqual({ outcome: 'reserved', assignment: { assigneeId: b } });
    expect((await item(conversation)).needs.declined).toEqual([a]);
  });
});

describe('what is not routed', () => {
  it.each([
    ['an automatic mail', { labels: ['automatic'] }],
    ['what has to be filed first', { toFile: true }],
    ['what nobody waits for', { awaitingReply: false }],
    ['what sleeps', { status: 'snoozed' as const }],
  ])('%s', async (_name, change) => {
    await stage.adjuster();
    const conversation = await stage.conversation();
    expect(await stage.route({ ...stage.facts(conversation), ...change })).toEqual({ outcome: 'unrouted', assignment: null });
    expect(await item(conversation)).toBeUndefined();
  });
});

describe('the end', () => {
  it('frees the adjuster, and the next word starts a new item', async () => {
    const id = await stage.adjuster();
    const conversation = await stage.conversation();
    await stage.route(stage.facts(conversation));
    await stage.in((tx) => stage.router.finish(tx, conversation, 'snoozed', after(5)));
    expect(await stage.load(id)).toBe(0);
    expect(await stage.events(conversation)).toEqual(['work.reserved', 'work.released']);
    await stage.route(stage.facts(conversation, { assigneeId: id }), later(10));
    expect(await stage.sql('SELECT state FROM work_items WHERE conversation_id = $1 ORDER BY id', [conversation])).toEqual([
      { state: 'done' },
      { state: 'reserved' },
    ]);
  });
});

describe('an interrupting call', () => {
  it('parks the mail of its adjuster, and gives it back when it ends', async () => {
    const ringing = await Stage.open({ ...DEFAULT_ROUTING_POLICY, interrupts: { voice: ['email'] } });
    try {
      const id = await ringing.adjuster();
      const [mail, call] = [await ringing.conversation(), await ringing.conversation()];
      await ringing.route(ringing.facts(mail, {}, 'email'));
      expect(await ringing.route(ringing.facts(call, {}, 'voice'))).toMatchObject({ assignment: { assigneeId: id } });
      expect(await ringing.load(id)).toBe(100);
      expect(await ringing.miscounted()).toEqual([]);
      await ringing.in((tx) => ringing.router.finish(tx, call, 'resolved', after(60)));
      expect(await ringing.load(id)).toBe(10);
      expect(await ringing.miscounted()).toEqual([]);
    } finally {
      await ringing.close();
    }
  });
});
