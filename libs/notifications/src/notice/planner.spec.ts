import fc from 'fast-check';
import { ELECTRONIC_CONSENT_FLAG, planNotice, type NoticePlan, type RecipientKnowledge } from './planner';
import { NOTICE_RULES, rulesFor, type NoticeRule } from './rules';
import type { NoticeClaim, NoticePerson, NoticeSituation } from './situation';
import { follow, type FollowedNotice } from './follow';
import { NO_PREFERENCES } from '../preference/preferences.repository';
import { change, claim, LINES, MAIL, NOW, person, situation, SMS, WECHAT } from '../testing/builders';
import { dayText, momentText, wordsOf } from './notice-words';

const ruleOf = (code: string): NoticeRule => NOTICE_RULES.find((rule) => rule.code === code)!;
const known = (over: Partial<RecipientKnowledge> = {}): RecipientKnowledge => ({ preferences: NO_PREFERENCES, consents: [], ...over });
const plan = (code: string, over: Partial<NoticeSituation> = {}, knows: RecipientKnowledge = known(), now = NOW): NoticePlan =>
  planNotice(ruleOf(code), situation(over), knows, { now, privacy: 'P1' });
const ways = (made: NoticePlan) => (made.told ? made.steps.map(({ channel, to }) => `${channel} ${to}`) : made.reason);
const people = (...changed: NoticePerson[]) => new Map([...situation().people, ...changed.map((one) => [one.contactId, one] as const)]);
const optedOut = (addressId: string, channel: string, purpose = 'service' as const) => ({
  addressId,
  channel,
  purpose,
  state: 'opted-out' as const,
  source: 'word',
  at: NOW,
});

describe('the rules', () => {
  it.each([
    [{ stage: 'reported' }, ['fnol_received']],
    [{ stage: 'acknowledged' }, ['handler_assigned']],
    [{ stage: 'acknowledged', handlerReplaced: true }, ['handler_assigned']],
    [{ stage: 'assessment', handlerReplaced: true }, ['progress_update', 'handler_changed']],
    [{ stage: 'assessment', stageChanged: false, handlerReplaced: true }, ['handler_changed']],
    [{ stage: 'assessment', stageChanged: false }, []],
    [{ stage: 'decided', subStatus: 'denied' }, ['decision_denied']],
    [{ stage: 'decided', subStatus: 'something_else' }, ['progress_update']],
    [{ stage: 'payment', subStatus: 'failed' }, ['payment_failed']],
    [{ stage: 'payment', subStatus: 'scheduled' }, ['payment_scheduled']],
    [{ stage: 'draft' }, []],
    [{ stage: 'closed', subStatus: 'denied' }, ['claim_closed']],
  ])('%j calls for %j', (over, codes) => expect(rulesFor(change(over)).map(({ code }) => code)).toEqual(codes));
});

describe('a notice', () => {
  it('goes to the policyholder by text, with mail to fall back on, never by a voice line', () => {
    expect(ways(plan('progress_update'))).toEqual(['twilio-sms +8613800138000', 'email c-holder@example.test']);
  });

  it('of an exposure goes to its party and to nobody else', () => {
    fc.assert(
      fc.property(fc.constantFrom(...NOTICE_RULES), fc.constantFrom('own', 'bumper'), (rule, exposureId) => {
        const made = planNotice(rule, situation({ change: change({ exposureId }) }), known(), { now: NOW, privacy: 'P1' });
        return (
          made.told &&
          made.party.id === (exposureId === 'own' ? 'holder' : 'third') &&
          made.steps.every(({ addressId }) => addressId.startsWith(exposureId === 'own' ? 'c-holder' : 'c-third'))
        );
      }),
    );
  });

  it.each<[string, Partial<NoticeClaim>, string]>([
    ['whoever alone claims something', { exposures: [{ id: 'bumper', partyId: 'third' }] }, 'third'],
    ['the owner, who claims among others', {}, 'holder'],
    [
      'nobody, when two strangers claim',
      {
        exposures: [
          { id: 'a', partyId: 'third' },
          { id: 'b', partyId: 'law' },
        ],
      },
      'ambiguous',
    ],
    ['nobody, when the exposure has no party', { exposures: [{ id: 'a', partyId: null }] }, 'no-party'],
  ])('about money of the claim as a whole goes to %s', (_, over, expected) => {
    const made = plan('payment_issued', { claim: claim(over) });
    expect(made.told ? made.party.id : made.reason).toBe(expected);
  });

  it('of a claim without an owner goes to the only other party, or to nobody', () => {
    const parties = claim().parties;
    expect(plan('progress_update', { claim: claim({ parties: parties.slice(1) }) })).toMatchObject({ told: true, party: { id: 'third' } });
    expect(plan('progress_update', { claim: claim({ parties: [parties[1]!, { ...parties[1]!, id: 'fourth' }] }) })).toMatchObject({
      reason: 'ambiguous',
    });
    expect(plan('progress_update', { claim: claim({ parties: [] }) })).toMatchObject({ reason: 'no-party' });
  });

  it('never reaches a represented party: the representative gets it, or nobody', () => {
    const represented = claim({
      parties: claim().parties.map((party) => (party.id === 'third' ? { ...party, representedBy: 'law' } : party)),
    });
    const about = change({ exposureId: 'bumper' });
    expect(plan('progress_update', { claim: represented, change: about })).toMatchObject({
      told: true,
      representing: 'third',
      person: { contactId: 'c-law' },
    });
    expect(
      plan('progress_update', { claim: represented, change: about, people: people(person('c-law', { addresses: [] })) }),
    ).toMatchObject({ told: false, reason: 'represented' });
    expect(plan('progress_update', { claim: represented })).toMatchObject({ person: { contactId: 'c-holder' }, representing: null });
  });

  it('stops at a death', () => {
    expect(plan('progress_update', { people: people(person('c-holder', { deceased: true })) })).toMatchObject({
      told: false,
      reason: 'deceased',
    });
  });

  it('is the same with and without special investigation', () => {
    expect(plan('progress_update', { claim: claim({ flags: ['siu'] }) })).toEqual(plan('progress_update'));
  });

  it('takes another channel after an opt-out and says so; the last opt-out silences it', () => {
    const noText = known({ consents: [optedOut('c-holder-tel', 'twilio-sms')] });
    expect(plan('progress_update', {}, noText)).toMatchObject({
      steps: [{ channel: 'email' }],
      skipped: [{ channel: 'twilio-sms', reason: 'opted-out' }],
    });
    const nothing = known({ consents: [...noText.consents, optedOut('c-holder-mail', 'email')] });
    expect(plan('progress_update', {}, nothing)).toMatchObject({ told: false, reason: 'opted-out' });
  });

  it('that may be muted is muted by its own purpose', () => {
    const muted = known({ consents: [optedOut('c-holder-tel', 'twilio-sms', 'informational' as never)] });
    expect(ways(plan('handler_changed', {}, muted))).toEqual(['email c-holder@example.test']);
    expect(ways(plan('progress_update', {}, muted))).toEqual(['twilio-sms +8613800138000', 'email c-holder@example.test']);
  });

  it('prefers what the customer prefers, then what the customer used last, then the rule', () => {
    const likesMail = known({ preferences: { ...NO_PREFERENCES, channels: ['email'] } });
    expect(ways(plan('progress_update', {}, likesMail))[0]).toContain('email');
    const mailed = people(person('c-holder', { lastChannel: 'email' }));
    expect(ways(plan('progress_update', { people: mailed }))[0]).toContain('email');
    expect(ways(plan('decision_denied'))[0]).toContain('email');
  });

  it('uses a window while it is open and no dead number', () => {
    const addresses = [...person('c-holder').addresses, { id: 'wx', scheme: 'wechat', scope: 'wx1', value: 'openid', unusable: null }];
    const wrote = (hours: number) =>
      people(person('c-holder', { addresses, lastChannel: 'wechat', lastInboundAt: new Date(NOW.getTime() - hours * 3_600_000) }));
    expect(ways(plan('progress_update', { people: wrote(1) }))[0]).toBe('wechat openid');
    expect(plan('progress_update', { people: wrote(49) })).toMatchObject({
      steps: [{ channel: 'twilio-sms' }, { channel: 'email' }],
      skipped: [{ channel: 'wechat', reason: 'window-closed' }],
    });
    expect(ways(plan('progress_update', { people: wrote(49), lines: [{ ...WECHAT, templateOutsideWindow: true }] }))).toEqual([
      'wechat openid',
    ]);
    const dead = addresses.map((address) => ({ ...address, unusable: address.scheme === 'tel' ? 'landline' : null }));
    expect(ways(plan('progress_update', { people: people(person('c-holder', { addresses: dead })) }))).toEqual([
      'email c-holder@example.test',
    ]);
    expect(ways(plan('progress_update', { people: wrote(1), lines: [{ ...WECHAT, scope: 'other app' }] }))).toBe('no-address');
  });

  it('that is private does not travel on a channel that is not', () => {
    expect(planNotice(ruleOf('progress_update'), situation(), known(), { now: NOW, privacy: 'P2' })).toMatchObject({
      steps: [{ channel: 'email' }],
      skipped: [{ channel: 'twilio-sms', reason: 'not-private-enough' }],
    });
    expect(planNotice(ruleOf('progress_update'), situation(), known(), { now: NOW, privacy: 'P3' })).toMatchObject({
      told: false,
      reason: 'not-private-enough',
    });
  });

  it('of the law goes by mail only with a recorded consent, where the claim is flagged so', () => {
    const flagged = { claim: claim({ flags: [ELECTRONIC_CONSENT_FLAG] }), lines: [MAIL] };
    expect(plan('decision_denied', flagged)).toMatchObject({ told: false, reason: 'no-consent' });
    const granted = known({ consents: [{ ...optedOut('c-holder-mail', 'email', 'electronic_notices' as never), state: 'granted' }] });
    expect(plan('decision_denied', flagged, granted)).toMatchObject({ told: true });
    expect(plan('decision_denied', { lines: [MAIL] })).toMatchObject({ told: true });
  });

  it('waits for the morning of the one who gets it', () => {
    const at = (iso: string) => new Date(iso);
    const held = (now: Date, over: Partial<NoticePerson> = {}, preferences = NO_PREFERENCES) => {
      const made = plan('progress_update', { people: people(person('c-holder', over)) }, known({ preferences }), now);
      return made.told ? (made.heldUntil?.toISOString() ?? null) : made.reason;
    };
    // 23:00 in Shanghai.
    expect(held(at('2026-11-22T15:00:00Z'))).toBe('2026-11-23T00:00:00.000Z');
    expect(held(at('2026-11-22T12:59:00Z'))).toBeNull();
    expect(held(at('2026-11-22T15:00:00Z'), { timeZone: 'America/New_York' })).toBeNull();
    expect(held(at('2026-11-22T15:00:00Z'), { timeZone: null })).toBe('2026-11-23T00:00:00.000Z');
    expect(held(at('2026-11-22T15:00:00Z'), {}, { ...NO_PREFERENCES, quiet: { anyHour: true, from: '21:00', to: '08:00' } })).toBeNull();
    expect(held(at('2026-11-22T05:00:00Z'), {}, { ...NO_PREFERENCES, quiet: { anyHour: false, from: '12:00', to: '14:00' } })).toBe(
      '2026-11-22T06:00:00.000Z',
    );
  });

  it('about a report is told at any hour to somebody who is talking to us', () => {
    const night = new Date('2026-11-22T15:00:00Z');
    const wrote = (minutes: number) =>
      people(person('c-holder', { lastChannel: 'twilio-sms', lastInboundAt: new Date(night.getTime() - minutes * 60_000) }));
    expect(plan('fnol_received', { people: wrote(4) }, known(), night)).toMatchObject({ live: true, heldUntil: null });
    expect(plan('fnol_received', { people: wrote(6) }, known(), night)).toMatchObject({
      live: false,
      heldUntil: new Date('2026-11-23T00:00:00Z'),
    });
    expect(plan('progress_update', { people: wrote(4) }, known(), night)).toMatchObject({
      live: false,
      heldUntil: new Date('2026-11-23T00:00:00Z'),
    });
  });

  it('always says why it took which way: every address on every written line is a step, a skip, or another number of a channel already taken', () => {
    fc.assert(
      fc.property(fc.subarray(['c-holder-tel', 'c-holder-mail']), fc.subarray(LINES), (refused, lines) => {
        const made = plan(
          'progress_update',
          { lines },
          known({ consents: refused.flatMap((id) => LINES.map(({ channel }) => optedOut(id, channel))) }),
        );
        const accounted = (made.told ? made.steps.length : 0) + made.skipped.length;
        return accounted === lines.filter(({ channel }) => ['twilio-sms', 'email'].includes(channel)).length;
      }),
    );
  });
});

describe('the words of a notice', () => {
  const words = (over: object = {}) => wordsOf({ ...situation(), person: person('c-holder'), language: 'zh-CN', privacy: 'P1', ...over });

  it('name stages, days and people as the language does', () => {
    expect(words()).toMatchObject({
      brand: '安和保险',
      salutation: '李先生',
      claimRef: '*000123',
      nextStep: '定损核赔中',
      promisedBy: '2026年12月5日（北京时间）',
      stageLabel: '查勘审核中',
      receivedAt: '2026年11月22日16:00（北京时间）',
    });
    expect(
      words({ language: 'en', privacy: 'P2', person: person('c', { name: 'Mei Chen', salutation: 'Ms', timeZone: 'America/New_York' }) }),
    ).toMatchObject({
      salutation: 'Dear Ms Chen',
      claimRef: 'CLM-2026-000123',
      promisedBy: '5 Dec 2026 (EST)',
      receivedAt: '22 Nov 2026, 03:00 EST',
    });
  });

  it('leave out what is in another language, no link of ours, or no date', () => {
    const facts = { portalUrl: 'http://evil.test/x', dueDate: 'soon', accountLast4: '6688', reserve: '99999', unheard: 'x' };
    const made = words({ claim: claim({ nextStep: 'call the garage', facts }) });
    expect(made).toMatchObject({ accountLast4: '6688' });
    for (const name of ['nextStep', 'portalUrl', 'dueDate', 'reserve', 'unheard']) expect(made).not.toHaveProperty(name);
    expect(dayText('2026-02-31', 'UTC', 'en')).toBeUndefined();
    expect(momentText(NOW, 'Europe/Berlin', 'zh-CN')).toBe('2026年11月22日09:00（GMT+1）');
  });
});

describe('news of a delivery', () => {
  const step = (line = SMS) => ({
    channel: line.channel,
    inboxId: line.inboxId,
    addressId: 'a',
    to: 't',
    purpose: 'service' as const,
    privacy: line.privacy,
    receipts: line.receipts,
  });
  const attempt = (deliveryId: string, at: number) => ({ deliveryId, step: at, state: 'due', reason: null, at: '' });
  const notice = (over: Partial<FollowedNotice> = {}): FollowedNotice => ({
    state: 'sending',
    plan: [step(SMS), step(MAIL)],
    step: 0,
    attempts: [attempt('d0', 0)],
    proof: null,
    ...over,
  });
  const onMail = notice({ step: 1, attempts: [attempt('d0', 0), attempt('d1', 1)] });
  const news = (deliveryId: string, state: string, reason: string | null = null) => ({ deliveryId, state: state as never, reason });

  it.each([
    ['a text that was sent proves nothing yet', notice(), news('d0', 'sent'), { then: 'wait' }],
    ['a text that was delivered is told', notice(), news('d0', 'delivered'), { then: 'told' }],
    ['a text that failed becomes a mail', notice(), news('d0', 'undeliverable', 'unreachable'), { then: 'fallback', step: 1 }],
    ['a text that the gate held back becomes a mail', notice(), news('d0', 'suppressed', 'opted-out'), { then: 'fallback', step: 1 }],
    ['an uncertain text is not said again', notice(), news('d0', 'uncertain'), { then: 'wait' }],
    [
      'one canceled by a person stays unsaid',
      notice(),
      news('d0', 'canceled', 'canceled-by-person'),
      { then: 'not-sent', reason: 'canceled-by-person', forPerson: false },
    ],
    [
      'without another way it goes to a person',
      notice({ plan: [step(SMS)] }),
      news('d0', 'failed', 'rejected'),
      { then: 'not-sent', reason: 'rejected', forPerson: true },
    ],
    ['a mail that was sent is told', onMail, news('d1', 'sent'), { then: 'told' }],
    [
      'after one fallback it goes to a person',
      { ...onMail, plan: [step(SMS), step(MAIL), step(WECHAT)] },
      news('d1', 'failed'),
      { then: 'not-sent', reason: 'failed', forPerson: true },
    ],
    ['a late failure of the text changes nothing', onMail, news('d0', 'failed'), { then: 'wait' }],
    ['a late receipt of the text is a proof', onMail, news('d0', 'delivered'), { then: 'told' }],
    [
      'a bounce takes back what the mail proved',
      { ...onMail, state: 'told' as const, proof: 'd1' },
      news('d1', 'undeliverable', 'bounced'),
      { then: 'not-sent', reason: 'bounced', forPerson: true },
    ],
    ['a second proof is none the more told', notice({ state: 'told', proof: 'd0' }), news('d0', 'read'), { then: 'wait' }],
    ['news of nothing of ours', notice(), news('dx', 'failed'), { then: 'wait' }],
    ['a failure after it was given up', notice({ state: 'not-sent' }), news('d0', 'failed'), { then: 'wait' }],
  ])('%s', (_, from, heard, expected) => expect(follow(from, heard)).toEqual(expected));

  it('never falls back twice, whatever comes in whatever order', () => {
    const states = ['accepted', 'sent', 'failed', 'undeliverable', 'suppressed', 'uncertain', 'delivered'];
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('d0', 'd1'), fc.constantFrom(...states)), { maxLength: 20 }), (heard) => {
        let fallbacks = 0;
        let at = notice({ plan: [step(SMS), step(MAIL), step(WECHAT)] });
        for (const [id, state] of heard) {
          const up = follow(at, news(id, state));
          if (up.then === 'fallback') {
            fallbacks += 1;
            at = { ...at, step: up.step, attempts: [...at.attempts, attempt('d1', up.step)] };
          } else if (up.then !== 'wait') at = { ...at, state: up.then, proof: up.then === 'told' ? id : null };
        }
        return fallbacks <= 1;
      }),
    );
  });
});
