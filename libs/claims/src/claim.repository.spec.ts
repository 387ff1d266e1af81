import { Database } from '@claimline/database';
import { openTestDatabase, type TestDatabase } from '@claimline/database/testing';
import { ClaimEventRepository } from './claim-event.repository';
import { ClaimRepository } from './claim.repository';
import { ClaimSearchRepository } from './claim-search.repository';
import { ClaimImport } from './import';
import type { ClaimIntake } from './intake';
import type { ClaimChange } from './change';
import { claimMirror, incoming, insertAccount, insertBrand, openIntake, StandingClock, StoredSurroundings } from './testing/builders';

let test: TestDatabase;
let database: Database;
let brandId: string;
const clock = new StandingClock();
const surroundings = new StoredSurroundings();
let intake: ClaimIntake;
const claims = new ClaimRepository();

beforeAll(async () => {
  test = await openTestDatabase();
  database = await Database.open({ url: test.url });
  intake = openIntake(database, clock, surroundings);
  brandId = await insertBrand(database);
  await insertAccount(database, 'adj-12');
});
afterAll(async () => {
  await database.close();
  await test.close();
});

const takeAll = (events: readonly [id: string, change: Partial<ClaimChange>][]) =>
  database.transaction((tx) =>
    intake.take(
      tx,
      events.map(([id, change]) => incoming(id, change)),
    ),
  );
const take = async (id: string, change: Partial<ClaimChange>) => (await takeAll([[id, change]]))[0]!;
const outbox = async (number: string) =>
  await database.query<{ type: string; payload: any }>({
    name: 'spec-outbox',
    text: `SELECT type, payload FROM outbox WHERE payload->>'claimNumber' = $1 ORDER BY n`,
    values: [number],
  });
let counter = 0;
const fresh = () => `CLM-TEST-${String((counter += 1)).padStart(6, '0')}`;

describe('claim events', () => {
  it('become a claim with parties and exposures, and one event for the others', async () => {
    const claimNumber = fresh();
    const result = await take('a1', {
      claimNumber,
      version: 1,
      stage: '报案',
      handler: { externalId: 'adj-12', name: 'Li Na' },
      jurisdiction: 'CN',
      lineOfBusiness: 'motor',
      parties: [
        { externalId: 'p1', role: 'policyholder', name: '李伟', phone: '+8613800138000', representedBy: 'law' },
        { externalId: 'law', role: 'attorney', name: 'Law Firm' },
      ],
      exposures: [{ externalId: 'e1', kind: 'collision', party: 'p1' }],
    });
    expect(result).toMatchObject({
      outcome: 'applied',
      brandId,
      parties: [{ externalId: 'p1', phone: '+8613800138000' }, { externalId: 'law' }],
    });
    const claim = await claims.findByNumber(database, claimNumber);
    expect(claim).toMatchObject({
      stage: 'reported',
      handlerName: 'Li Na',
      version: 1,
      parties: [{ externalId: 'p1', representedBy: 'law' }, { externalId: 'law' }],
      exposures: [{ externalId: 'e1', party: 'p1', stage: 'reported' }],
    });
    expect(claim!.handlerId).not.toBeNull();
    expect(await outbox(claimNumber)).toEqual([
      {
        type: 'claim.changed',
        payload: expect.objectContaining({
          claimId: claim!.id,
          stage: 'reported',
          previousStage: null,
          stageChanged: true,
          handlerChanged: true,
          handlerReplaced: false,
        }),
      },
    ]);
  });

  it('five times the same, all at once, have one effect', async () => {
    const claimNumber = fresh();
    await take('b1', { claimNumber, version: 1, stage: 'reported' });
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => take('b2', { claimNumber, version: 2, stage: 'acknowledged' })));
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['applied', 'duplicate', 'duplicate', 'duplicate', 'duplicate']);
    expect(await outbox(claimNumber)).toHaveLength(2);
  });

  it('two first events of one claim at once make one claim, and the newer version wins', async () => {
    for (let round = 0; round < 10; round++) {
      const claimNumber = fresh();
      const outcomes = await Promise.all([
        take(`c1-${round}`, { claimNumber, version: 1, stage: 'reported' }),
        take(`c2-${round}`, { claimNumber, version: 2, stage: 'acknowledged' }),
      ]);
      expect(outcomes.map(({ outcome }) => outcome)).toContain('applied');
      expect(await claims.findByNumber(database, claimNumber)).toMatchObject({ version: 2, stage: 'acknowledged' });
    }
  });

  it('that come together are decided one after the other, and each has an answer of its own', async () => {
    const [one, other] = [fresh(), fresh()];
    await take('t0', { claimNumber: other, version: 1, stage: 'reported' });
    const exposures = [{ externalId: 'e1', kind: 'collision', party: 'p1' }];
    const parties = [{ externalId: 'p1', role: 'policyholder', name: '李伟' }];
    const results = await takeAll([
      ['t1', { claimNumber: one, version: 1, stage: 'reported', parties, exposures }],
      ['t2', { claimNumber: other, version: 2, stage: 'payment', subStatus: 'issued' }],
      ['t3', { claimNumber: one, version: 2, stage: 'acknowledged', exposure: { externalId: 'e1' } }],
      ['t1', { claimNumber: one, version: 1, stage: 'reported', parties, exposures }],
      ['t0', { claimNumber: other, version: 1, stage: 'reported' }],
      ['t4', { claimNumber: one, version: 1, stage: 'reported' }],
    ]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['applied', 'anomaly', 'applied', 'duplicate', 'duplicate', 'stale']);
    const claim = await claims.findByNumber(database, one);
    expect(claim).toMatchObject({ version: 2, stage: 'reported', exposures: [{ externalId: 'e1', stage: 'acknowledged' }] });
    expect(await claims.findByNumber(database, other)).toMatchObject({ version: 1, stage: 'reported' });
    expect((await outbox(one)).map(({ type, payload }) => [type, payload.version ?? payload.outcome])).toEqual([
      ['claim.changed', 1],
      ['claim.changed', 2],
      ['claim.event-refused', 'stale'],
    ]);
    const kept = await new ClaimEventRepository().find(database, results[2]!.claimEventId!);
    expect(kept).toMatchObject({
      claimId: claim!.id,
      exposureId: claim!.exposures[0]!.id,
      stage: 'acknowledged',
      previousStage: 'reported',
    });
  });

  it('that are one by name are one, also when they name two claims and come at the same time', async () => {
    const [one, other] = [fresh(), fresh()];
    const outcomes = await Promise.all([
      take('twin', { claimNumber: one, version: 1, stage: 'reported' }),
      take('twin', { claimNumber: other, version: 1, stage: 'reported' }),
    ]);
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['applied', 'duplicate']);
    expect((await Promise.all([one, other].map((number) => claims.findByNumber(database, number)))).filter(Boolean)).toHaveLength(1);
  });

  it('that are older are kept, and change and tell nothing', async () => {
    const claimNumber = fresh();
    await take('d1', { claimNumber, version: 7, stage: 'assessment' });
    expect((await take('d2', { claimNumber, version: 6, stage: 'investigation' })).outcome).toBe('stale');
    expect(await claims.findByNumber(database, claimNumber)).toMatchObject({ version: 7, stage: 'assessment' });
    expect((await outbox(claimNumber)).map(({ type }) => type)).toEqual(['claim.changed', 'claim.event-refused']);
  });

  it('with an unknown stage wait until it is mapped, and then count', async () => {
    const claimNumber = fresh();
    await take('e1', { claimNumber, version: 1, stage: 'reported' });
    const refused = await take('e2', { claimNumber, version: 2, stage: '某阶段' });
    expect(refused).toMatchObject({ outcome: 'unknown-stage', detail: '某阶段' });
    expect(await new ClaimEventRepository().waitingForMapping(database, 10)).toContain(refused.claimEventId);
    surroundings.codes = { 某阶段: { stage: 'acknowledged' } };
    const again = await database.transaction((tx) => intake.reconsider(tx, refused.claimEventId!, null));
    expect(again).toMatchObject({ outcome: 'applied' });
    expect(await claims.findByNumber(database, claimNumber)).toMatchObject({ stage: 'acknowledged', version: 2 });
  });

  it('over a forbidden edge wait for a person; two who confirm at once do it once', async () => {
    const claimNumber = fresh();
    await take('f1', { claimNumber, version: 1, stage: 'reported' });
    const refused = await take('f2', { claimNumber, version: 2, stage: 'payment', subStatus: 'issued' });
    expect(refused).toMatchObject({ outcome: 'anomaly', detail: 'reported → payment/issued' });
    expect(await claims.findByNumber(database, claimNumber)).toMatchObject({ stage: 'reported', version: 1 });
    const person = '01935000-0000-7000-8000-00000000000a';
    const both = await Promise.all([1, 2].map(() => database.transaction((tx) => intake.reconsider(tx, refused.claimEventId!, person))));
    expect(both.filter(Boolean)).toHaveLength(1);
    expect(await claims.findByNumber(database, claimNumber)).toMatchObject({ stage: 'payment', subStatus: 'issued' });
  });

  it('confirmed too late, after a newer version, change nothing', async () => {
    const claimNumber = fresh();
    await take('g1', { claimNumber, version: 1, stage: 'reported' });
    const refused = await take('g2', { claimNumber, version: 2, stage: 'payment' });
    await take('g3', { claimNumber, version: 3, stage: 'acknowledged' });
    const late = await database.transaction((tx) => intake.reconsider(tx, refused.claimEventId!, '01935000-0000-7000-8000-00000000000a'));
    expect(late).toMatchObject({ outcome: 'stale' });
    expect(await claims.findByNumber(database, claimNumber)).toMatchObject({ stage: 'acknowledged', version: 3 });
  });

  it('hold no name and no address outside of the seal', async () => {
    const claimNumber = fresh();
    await take('h1', {
      claimNumber,
      version: 1,
      stage: 'reported',
      parties: [{ externalId: 'p', role: 'policyholder', name: 'Unusual Name', phone: '+15550104477' }],
    });
    const rows = await database.query({
      name: 'spec-plain',
      text: `SELECT (to_jsonb(claim_events) - 'sealed')::text AS plain FROM claim_events WHERE claim_number = $1`,
      values: [claimNumber],
    });
    expect(JSON.stringify(rows)).not.toMatch(/Unusual|5550104477/);
    expect(JSON.stringify(await outbox(claimNumber))).not.toMatch(/Unusual|5550104477/);
  });
});

describe('claims', () => {
  it('go to an account that comes later', async () => {
    const claimNumber = fresh();
    await take('i1', { claimNumber, version: 1, stage: 'reported', handler: { externalId: 'adj-late' } });
    const accountId = await insertAccount(database, 'adj-late');
    expect(await database.transaction((tx) => claims.bindHandler(tx, 'adj-late', accountId))).toEqual([claimNumber]);
    expect(await claims.findByNumber(database, claimNumber)).toMatchObject({ handlerId: accountId });
  });

  it('are found by number, policy, plate and names, and only by those who may', async () => {
    const search = new ClaimSearchRepository();
    const find = async (text: string, over: object = {}) =>
      (await search.find(database, { text, brandIds: [], groups: [], limit: 10, ...over })).items.map(({ number }) => number);
    const [open, walled] = [fresh(), fresh()];
    const parties = [{ externalId: 'p', role: 'policyholder', name: '欧阳明月' }];
    await take('j1', { claimNumber: open, version: 1, stage: 'reported', plate: '浙B·88K21', policyNumber: 'PZ-9931-00477', parties });
    await take('j2', { claimNumber: walled, version: 1, stage: 'reported', parties, flags: ['litigation'] });
    for (const text of ['明月', '欧阳', '88K21', '浙B88K21', '00477', open.toLowerCase()]) expect(await find(text)).toEqual([open]);
    expect(await find('明月', { groups: ['litigation'] })).toEqual([walled, open].sort().reverse());
    expect(await find('明月', { brandIds: ['01935000-0000-7000-8000-0000000000ff'] })).toEqual([]);
    expect(await find('月明')).toEqual([]);
    expect(await find('?!')).toEqual([]);
  });

  it('are listed newest first, page by page, none twice', async () => {
    const search = new ClaimSearchRepository();
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await search.find(database, { brandIds: [], groups: [], limit: 3, after });
      seen.push(...page.items.map(({ number }) => number));
      after = page.next ?? undefined;
    } while (after);
    expect(new Set(seen).size).toBe(seen.length);
    const [{ count }] = (await database.query<{ count: string }>({
      name: 'spec-count',
      text: `SELECT count(*) FROM claims WHERE NOT flags && '{litigation}'`,
      values: [],
    })) as [{ count: string }];
    expect(seen).toHaveLength(Number(count));
  });
});

describe('an import', () => {
  const lines = (count: number, version: number) =>
    Array.from({ length: count }, (_, i) => ({
      line: i + 1,
      change: {
        claimNumber: `IMP-${String(i).padStart(6, '0')}`,
        version,
        stage: '查勘',
        plate: `沪C${String(i).padStart(5, '0')}`,
        parties: [{ externalId: `cust-${i}`, role: 'policyholder', name: `王${i}`, phone: `+86139${String(i).padStart(8, '0')}` }],
        exposures: [{ externalId: 'own', kind: 'collision', party: `cust-${i}` }],
      },
    }));
  const load = new ClaimImport(claims, surroundings, clock);
  const all = async (rows: ReturnType<typeof lines>) => {
    const results = [];
    for (let i = 0; i < rows.length; i += 250) results.push(await database.transaction((tx) => load.load(tx, rows.slice(i, i + 250))));
    return results;
  };

  it('of five thousand claims tells nobody, and twice changes nothing', async () => {
    const first = await all(lines(5000, 1));
    expect(first.reduce((sum, { applied }) => sum + applied, 0)).toBe(5000);
    const second = await all(lines(5000, 1));
    expect(second.reduce((sum, { unchanged }) => sum + unchanged, 0)).toBe(5000);
    expect(await outbox('IMP-000007')).toEqual([]);
    expect(await claims.findByNumber(database, 'IMP-004999')).toMatchObject({
      stage: 'investigation',
      exposures: [{ party: 'cust-4999' }],
    });
  }, 90_000);

  it('finds them by an index, as it finds them by words', async () => {
    await database.query({ name: 'spec-analyze', text: 'ANALYZE claims', values: [] });
    // Five thousand rows are few enough to be read through; what counts is that the index can serve.
    const explain = (where: string) =>
      database.transaction(async (tx) => {
        await tx.query({ name: 'spec-no-scan', text: 'SET LOCAL enable_seqscan = off', values: [] });
        return JSON.stringify(
          await tx.query({ name: `spec-explain-${where.length}`, text: `EXPLAIN SELECT id FROM claims WHERE ${where}`, values: [] }),
        );
      });
    expect(await explain(`words @@ '''c04999'':*'::tsquery`)).toContain('claims_words');
    expect(await explain(`number = 'IMP-004999'`)).toContain('claims_number_key');
  });

  it('names line and field of what is wrong and takes the rest; later lines of a claim win', async () => {
    const result = await database.transaction((tx) =>
      load.load(tx, [
        { line: 1, change: { claimNumber: 'IMP-X', version: 1, stage: 'reported' } },
        { line: 2, change: { claimNumber: 'IMP-Y', version: 1, stage: 'nonsense' } },
        { line: 3, change: { claimNumber: 'IMP-X', version: 2, stage: 'documents' } },
      ]),
    );
    expect(result).toMatchObject({ applied: 2, unchanged: 0, errors: [{ line: 2, field: 'stage', problem: 'nonsense' }] });
    expect(await claims.findByNumber(database, 'IMP-X')).toMatchObject({ stage: 'documents', version: 2 });
  });
});

it('reads back what it saved', async () => {
  const mirror = claimMirror({
    id: null,
    brandId,
    number: fresh(),
    coHandlerIds: ['01935000-0000-7000-8000-0000000000c1'],
    flags: ['total_loss'],
    facts: { a: 'b' },
  });
  const [saved] = await database.transaction((tx) => claims.save(tx, [mirror], clock.now()));
  expect(await claims.findById(database, saved!.id!)).toEqual({ ...mirror, id: saved!.id });
});
