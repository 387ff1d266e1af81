import fc from 'fast-check';
import type { AbsenceFact, Adjuster } from './adjuster';
import { chooseAdjuster } from './choose-adjuster';
import { DEFAULT_ROUTING_POLICY } from './policy';
import type { WorkToPlace } from './needs';
import { after, anAdjuster, anItem, NOON, onLeave } from './testing/department';

const among = (adjusters: Adjuster[], absences: AbsenceFact[] = []) => ({ adjusters, absences });
const codes = (decision: { reasons: readonly { code: string }[] }): string[] => decision.reasons.map(({ code }) => code);

describe('the claim owner', () => {
  const item = anItem({ ownerId: 'owner', claimNumber: 'CLM-1' });

  it('gets the customer even if others are idle', () => {
    const decision = chooseAdjuster(item, among([anAdjuster('idle'), anAdjuster('owner', { used: 80, openItems: 30 })]), NOON);
    expect(decision).toMatchObject({
      chosen: 'owner',
      ring: 'claim-owner',
      reasons: [{ code: 'claim-owner', params: { claim: 'CLM-1' } }, { code: 'speaks' }, { code: 'knows-line' }, { code: 'only-one-free' }],
    });
  });

  it.each([
    ['chat', 20],
    ['voice', 25],
    ['async', 15 * 60],
    ['email', 4 * 3600],
  ] as const)('who is merely offline is waited for: %s %d s, then others are asked', (work, seconds) => {
    const department = among([anAdjuster('owner', { presence: 'offline' }), anAdjuster('other')]);
    const waiting = chooseAdjuster({ ...item, work }, department, after(seconds - 0.001));
    expect(waiting).toMatchObject({
      chosen: null,
      ring: 'queued',
      nextRingAt: after(seconds),
      reasons: [{ code: 'waits-for-person', params: { ring: 'claim-owner', account: 'owner' } }],
    });
    expect(chooseAdjuster({ ...item, work }, department, after(seconds)).chosen).toBe('other');
  });

  it('who is on leave is not waited for: the delegate gets it at once', () => {
    const decision = chooseAdjuster(
      item,
      among([anAdjuster('a'), anAdjuster('deputy', { used: 90 }), anAdjuster('owner')], [onLeave('owner', 'deputy')]),
      NOON,
    );
    expect(decision).toMatchObject({ chosen: 'deputy', ring: 'delegate' });
    expect(codes(decision)).toEqual(['delegate', 'absent', 'speaks', 'knows-line', 'only-one-free']);
    expect(decision.excluded).toEqual([{ id: 'owner', code: 'absent' }]);
  });

  it('on leave without a delegate leaves it to the skilled at once', () => {
    expect(chooseAdjuster(item, among([anAdjuster('a'), anAdjuster('owner')], [onLeave('owner')]), NOON)).toMatchObject({
      chosen: 'a',
      ring: 'skills',
    });
  });

  it('comes before co-handlers, and co-handlers before anybody else', () => {
    const shared = anItem({ ownerId: 'owner', coHandlerIds: ['co'] });
    const away = anAdjuster('owner', { presence: 'away' });
    expect(chooseAdjuster(shared, among([anAdjuster('a'), anAdjuster('co'), away]), after(900))).toMatchObject({
      chosen: 'co',
      ring: 'co-handler',
    });
  });
});

describe('delegates', () => {
  const item = anItem({ ownerId: 'a' });

  it('are followed three deep and no deeper', () => {
    const people = ['a', 'b', 'c', 'd', 'e'].map((id) => anAdjuster(id, { lines: {}, languages: {} }));
    const chain = [onLeave('a', 'b'), onLeave('b', 'c'), onLeave('c', 'd')];
    expect(chooseAdjuster(item, among(people, chain), NOON)).toMatchObject({ chosen: 'd', ring: 'delegate' });
    expect(chooseAdjuster(item, among(people, [...chain, onLeave('d', 'e')]), NOON).chosen).toBeNull();
  });

  it('in a circle are seen through, and the team gets it', () => {
    const decision = chooseAdjuster(
      item,
      among([anAdjuster('a'), anAdjuster('b'), anAdjuster('t')], [onLeave('a', 'b'), onLeave('b', 'a')]),
      NOON,
    );
    expect(decision).toMatchObject({ chosen: 't', ring: 'skills' });
    expect(codes(decision)).toContain('delegation-cycle');
  });

  it('must pass the hard constraints themselves', () => {
    const expired = anAdjuster('deputy', { licences: { CN: '2026-11-16' } });
    const decision = chooseAdjuster(
      anItem({ ownerId: 'a', jurisdiction: 'CN' }),
      among([anAdjuster('a'), expired], [onLeave('a', 'deputy')]),
      NOON,
    );
    expect(decision.chosen).toBeNull();
    expect(decision.excluded).toContainEqual({ id: 'deputy', code: 'licence-expired' });
  });

  it('are asked only while the absence lasts', () => {
    const leave = onLeave('a', 'deputy', { ends: NOON });
    expect(chooseAdjuster(item, among([anAdjuster('a'), anAdjuster('deputy')], [leave]), NOON).chosen).toBe('a');
  });
});

describe('who had it before', () => {
  it('keeps it while the customer goes on, ahead of the owner', () => {
    const item = anItem({ ownerId: 'owner', assigneeId: 'deputy' });
    expect(chooseAdjuster(item, among([anAdjuster('owner'), anAdjuster('deputy', { used: 90 })]), NOON)).toMatchObject({
      chosen: 'deputy',
      ring: 'assignee',
    });
  });

  it('gives it back at once where the absence said so', () => {
    const item = anItem({ ownerId: 'owner', assigneeId: 'deputy', standIn: { for: 'owner', returns: 'immediately' } });
    expect(chooseAdjuster(item, among([anAdjuster('owner'), anAdjuster('deputy')]), NOON).chosen).toBe('owner');
  });

  it('gets the customer for good where the absence said "never"', () => {
    const item = anItem({ ownerId: 'owner', lastHandler: { id: 'deputy', at: after(-3600).toISOString(), returns: 'never' } });
    expect(chooseAdjuster(item, among([anAdjuster('owner'), anAdjuster('deputy')]), NOON).chosen).toBe('deputy');
  });

  it.each([
    [72 * 3600, 'yesterday'],
    [72 * 3600 + 1, 'fresh'],
  ])('counts as the last handler for 72 hours (%d s: %s)', (age, chosen) => {
    const item = anItem({ lastHandler: { id: 'yesterday', at: after(-age).toISOString(), returns: null } });
    expect(chooseAdjuster(item, among([anAdjuster('fresh'), anAdjuster('yesterday', { used: 50 })]), NOON).chosen).toBe(chosen);
  });
});

describe('skills', () => {
  const item = anItem({ line: 'property' });
  const exact = anAdjuster('exact', { lines: { property: 4 }, used: 95 });
  const generalist = anAdjuster('generalist', { lines: { other: 3 } });

  it('hold out for somebody exact for sixty seconds, then a weaker one is asked, then a generalist', () => {
    const learner = anAdjuster('learner', { lines: { property: 1 } });
    const department = among([exact, generalist, learner]);
    expect(chooseAdjuster(item, department, after(59.999))).toMatchObject({
      chosen: null,
      nextRingAt: after(60),
      reasons: [{ code: 'waits-for-person', params: { ring: 'skills' } }],
    });
    expect(chooseAdjuster(item, department, after(60))).toMatchObject({ chosen: 'learner', ring: 'relaxed-skills' });
  });

  it('let the generalist take it at sixty seconds exactly where nobody weaker could come free', () => {
    const department = among([{ ...exact, lines: { property: 5 } }, generalist]);
    const policy = {
      ...DEFAULT_ROUTING_POLICY,
      relaxations: DEFAULT_ROUTING_POLICY.relaxations.filter(({ levelsDown, drop }) => levelsDown === 0 || drop.length > 0),
    };
    expect(chooseAdjuster(item, department, after(59.999), policy).chosen).toBeNull();
    expect(chooseAdjuster(item, department, after(60), policy)).toMatchObject({
      chosen: 'generalist',
      ring: 'relaxed-skills',
      reasons: [{ code: 'relaxed-skills' }, { code: 'speaks' }, { code: 'generalist' }, { code: 'only-one-free' }],
    });
  });

  it('cost no time where nobody has them at all', () => {
    expect(chooseAdjuster(item, among([generalist]), NOON).chosen).toBe('generalist');
  });

  it('let go of the language last, and say that a translation is needed', () => {
    const decision = chooseAdjuster(item, among([anAdjuster('english', { lines: { property: 5 }, languages: { en: 5 } })]), NOON);
    expect(decision).toMatchObject({ chosen: 'english', ring: 'line-pool' });
    expect(codes(decision)).toContain('translation-needed');
  });

  it('never let go of the language of a call', () => {
    const decision = chooseAdjuster(
      { ...item, work: 'voice', units: 100 },
      among([anAdjuster('english', { lines: { property: 5 }, languages: { en: 5 } })]),
      after(3600),
    );
    expect(decision).toMatchObject({ chosen: null, excluded: [{ id: 'english', code: 'language' }] });
  });

  it('take any Chinese for Traditional Chinese', () => {
    expect(
      chooseAdjuster(anItem({ language: 'zh-TW' }), among([anAdjuster('a', { languages: { en: 5 } }), anAdjuster('b')]), NOON),
    ).toMatchObject({ chosen: 'b', ring: 'skills' });
  });
});

describe('between equals', () => {
  it.each<[string, Partial<Adjuster>, Partial<Adjuster>, string]>([
    [
      'the better skilled',
      { languages: { 'zh-CN': 3 }, lines: { motor: 3 }, used: 50 },
      { languages: { 'zh-CN': 3 }, lines: { motor: 2 } },
      'best-skilled',
    ],
    ['the less loaded share of capacity', { used: 40, capacity: 200 }, { used: 30 }, 'lowest-load'],
    ['whoever has fewer open conversations', { openItems: 2 }, { openItems: 3 }, 'fewest-open'],
    ['whoever has been idle longest', { idleSince: after(-60) }, { idleSince: after(-30) }, 'longest-idle'],
    ['whoever never had work', { idleSince: null }, { idleSince: after(-86_400) }, 'longest-idle'],
  ])('%s wins', (_name, better, worse, why) => {
    const policy = {
      ...DEFAULT_ROUTING_POLICY,
      relaxations: DEFAULT_ROUTING_POLICY.relaxations.map((step) => ({ ...step, levelsDown: 2 })),
    };
    const decision = chooseAdjuster(anItem(), among([anAdjuster('a', worse), anAdjuster('b', better)]), NOON, policy);
    expect(decision.chosen).toBe('b');
    expect(codes(decision)).toContain(why);
  });

  it('the id decides in the end, so that two runs never differ', () => {
    expect(chooseAdjuster(anItem(), among([anAdjuster('b'), anAdjuster('a')]), NOON).chosen).toBe('a');
  });
});

describe('hard constraints', () => {
  it.each<[string, Partial<Adjuster>, Parameters<typeof anItem>, string]>([
    ['a restricted claim', {}, [{ restrictedTo: 'siu' }], 'restricted'],
    ['somebody who was complained about', {}, [{ recused: ['x'] }], 'recused'],
    ['somebody who gave it back', {}, [{ declined: ['x'] }], 'gave-back'],
    ['another brand', { brandIds: ['other'] }, [{}], 'brand'],
    ['a channel they may not use', { channels: ['email'] }, [{}], 'channel'],
    ['a region they hold no licence for', { licences: { 'US-NY': null } }, [{ jurisdiction: 'US-CA' }], 'licence-missing'],
    ['a licence that has run out', { licences: { 'US-CA': '2026-11-16' } }, [{ jurisdiction: 'US-CA' }], 'licence-expired'],
    [
      'a sum above their authority',
      { authority: { USD: '20000.00' } },
      [{ authority: { amount: '20000.01', currency: 'USD' } }],
      'authority',
    ],
    [
      'a sum in a currency they have no authority in',
      { authority: { USD: '20000' } },
      [{ authority: { amount: '1', currency: 'CNY' } }],
      'authority',
    ],
    ['a closed account', { active: false }, [{}], 'inactive'],
    ['no room', { used: 91 }, [{}], 'no-capacity'],
    ['somebody who is busy', { presence: 'busy' }, [{}], 'busy'],
  ])('%s excludes, even the owner, for ever, and the trace says so', (_name, adjuster, [needs], code) => {
    const decision = chooseAdjuster(anItem({ ...needs, ownerId: 'x' }), among([anAdjuster('x', adjuster)]), after(1_000_000));
    expect(decision).toMatchObject({ chosen: null, excluded: [{ id: 'x', code }] });
  });

  it('allow what is just within them', () => {
    const adjuster = anAdjuster('x', {
      groups: ['siu'],
      brandIds: ['brand'],
      channels: ['sms'],
      licences: { 'US-CA': '2026-11-17' },
      authority: { USD: '20000' },
      used: 90,
    });
    const needs = { restrictedTo: 'siu', jurisdiction: 'US-CA', authority: { amount: '20000.0000', currency: 'USD' } };
    expect(chooseAdjuster(anItem(needs), among([adjuster]), NOON).chosen).toBe('x');
  });

  it.each([
    ['2026-11-18T07:59:59Z', 'x'],
    ['2026-11-18T08:00:00Z', null],
  ])('a licence ends at midnight where the adjuster lives (%s)', (at, chosen) => {
    const adjuster = anAdjuster('x', { timeZone: 'America/Los_Angeles', licences: { 'US-CA': '2026-11-17' } });
    expect(chooseAdjuster(anItem({ jurisdiction: 'US-CA' }), among([adjuster]), new Date(at)).chosen).toBe(chosen);
  });

  it('a call pushes mail aside, but no chat, where the rules say so', () => {
    const policy = { ...DEFAULT_ROUTING_POLICY, interrupts: { voice: ['email' as const] } };
    const call = anItem({}, { work: 'voice', units: 100 });
    expect(chooseAdjuster(call, among([anAdjuster('mail', { used: 40, usedBy: { email: 40 } })]), NOON, policy).chosen).toBe('mail');
    expect(chooseAdjuster(call, among([anAdjuster('chat', { used: 25, usedBy: { chat: 25 } })]), NOON, policy).chosen).toBeNull();
    expect(chooseAdjuster(call, among([anAdjuster('mail', { used: 40, usedBy: { email: 40 } })]), NOON).chosen).toBeNull();
  });
});

describe('the queue', () => {
  it.each([
    ['nobody-qualified', anAdjuster('x', { brandIds: ['other'] })],
    ['nobody-online', anAdjuster('x', { presence: 'offline' })],
    ['everybody-full', anAdjuster('x', { used: 100 })],
  ])('says why nobody was chosen: %s', (code, adjuster) => {
    expect(codes(chooseAdjuster(anItem(), among([adjuster]), after(100_000)))).toEqual([code]);
  });
});

describe('whatever the department looks like', () => {
  const ids = ['a', 'b', 'c', 'd'];
  const id = fc.constantFrom(...ids);
  const adjusters = fc.tuple(...ids.map((name) => adjusterArbitrary(name)));
  const absences = fc.array(
    fc.record({
      accountId: id,
      delegateId: fc.option(id),
      starts: fc.constant(after(-3600)),
      ends: fc.constantFrom(after(-1), after(3600)),
      returns: fc.constant('on-close' as const),
    }),
    { maxLength: 4 },
  );
  const items = fc.record({
    work: fc.constantFrom('voice' as const, 'chat' as const, 'async' as const, 'email' as const),
    age: fc.integer({ min: 0, max: 20_000 }),
    ownerId: fc.option(id),
    assigneeId: fc.option(id),
    coHandlerIds: fc.subarray(ids),
    restrictedTo: fc.constantFrom(null, null, null, 'siu'),
    recused: fc.constantFrom([], [], ['a'], ['b', 'c']),
    jurisdiction: fc.constantFrom(null, null, 'US-CA', 'US-NY'),
    line: fc.option(fc.constantFrom('motor', 'property')),
    language: fc.option(fc.constantFrom('en', 'zh-CN')),
    channel: fc.constantFrom('sms', 'email'),
    amount: fc.constantFrom(null, null, null, '100', '50000'),
  });

  it('no assignment ever breaks a hard filter', () => {
    let assigned = 0;
    fc.assert(
      fc.property(adjusters, absences, items, (people, leaves, wish) => {
        const item = placed(wish);
        const { chosen } = chooseAdjuster(item, { adjusters: people, absences: leaves }, NOON);
        const adjuster = people.find((person) => person.id === chosen);
        if (adjuster) assigned++;
        return !adjuster || isAllowed(adjuster, item, leaves);
      }),
      { numRuns: 3000 },
    );
    expect(assigned).toBeGreaterThan(200);
  });

  it('nobody waits for ever while somebody who may take it is free and skilled', () => {
    fc.assert(
      fc.property(adjusters, absences, items, (people, leaves, wish) => {
        const item = { ...placed(wish), ringSince: after(-1_000_000) };
        const { chosen } = chooseAdjuster(item, { adjusters: people, absences: leaves }, NOON);
        const isLeft = people.some(
          (person) => isAllowed(person, item, leaves) && (item.needs.line === null || (person.lines[item.needs.line] ?? 0) > 0),
        );
        return chosen !== null || !isLeft;
      }),
      { numRuns: 2000 },
    );
  });

  it('the order in which adjusters are listed makes no difference', () => {
    fc.assert(
      fc.property(adjusters, absences, items, (people, leaves, wish) => {
        const there = chooseAdjuster(placed(wish), { adjusters: people, absences: leaves }, NOON);
        const back = chooseAdjuster(placed(wish), { adjusters: [...people].reverse(), absences: leaves }, NOON);
        return there.chosen === back.chosen && there.nextRingAt?.getTime() === back.nextRingAt?.getTime();
      }),
    );
  });

  function placed({
    work,
    age,
    amount,
    ...needs
  }: { work: WorkToPlace['work']; age: number; amount: string | null } & Record<string, any>): WorkToPlace {
    return anItem(
      { ...needs, authority: amount ? { amount, currency: 'USD' } : null },
      { work, units: work === 'voice' ? 100 : 25, ringSince: after(-age) },
    );
  }

  function adjusterArbitrary(name: string): fc.Arbitrary<Adjuster> {
    return fc
      .record({
        presence: fc.constantFrom('online' as const, 'online' as const, 'away' as const, 'offline' as const),
        used: fc.constantFrom(0, 50, 75, 76, 100),
        groups: fc.constantFrom([], ['siu']),
        brandIds: fc.constantFrom([], ['brand'], ['other']),
        channels: fc.constantFrom([], ['sms']),
        licences: fc.constantFrom<Record<string, string | null>[]>({}, { 'US-CA': null }, { 'US-CA': '2020-01-01' }, { US: '2030-01-01' }),
        authority: fc.constantFrom<Record<string, string>[]>({}, { USD: '1000' }),
        lines: fc.constantFrom<Record<string, number>[]>({}, { motor: 5 }, { property: 2 }),
        languages: fc.constantFrom<Record<string, number>[]>({}, { en: 4 }, { 'zh-CN': 2, en: 1 }),
      })
      .map((change) => anAdjuster(name, change));
  }

  // Written apart from the router's own rules, so that a mistake there is not repeated here.
  function isAllowed(person: Adjuster, { needs, work, units }: WorkToPlace, leaves: AbsenceFact[]): boolean {
    const licence = Object.entries(person.licences).filter(
      ([region]) => needs.jurisdiction === region || needs.jurisdiction?.startsWith(region + '-'),
    );
    const limit = needs.authority && person.authority[needs.authority.currency];
    const sharesLanguage =
      needs.language === null || Object.keys(person.languages).some((tag) => tag.slice(0, 2) === needs.language!.slice(0, 2));
    return (
      person.presence === 'online' &&
      person.used + units <= person.capacity &&
      !leaves.some((leave) => leave.accountId === person.id && leave.ends > NOON) &&
      (!needs.restrictedTo || person.groups.includes(needs.restrictedTo)) &&
      !needs.recused.includes(person.id) &&
      (person.brandIds.length === 0 || person.brandIds.includes(needs.brandId)) &&
      (person.channels.length === 0 || person.channels.includes(needs.channel)) &&
      (!needs.jurisdiction || licence.some(([, day]) => day === null || day >= '2026-11-17')) &&
      (!needs.authority || (limit !== undefined && Number(needs.authority.amount) <= Number(limit))) &&
      (work !== 'voice' || sharesLanguage)
    );
  }
});
