import type { ClaimMirror, Party } from '../claim';
import { claimMirror } from '../testing/builders';
import { decideAsking, nextReminder, remindersDue, type EarlierRequest } from './ask-once';
import { bookProblems, checklistOf, wantedItems } from './checklist';
import { CHECKLIST_SEED } from './checklist-seed';
import { DOCUMENT_STATES, nextState, type DocumentAct, type DocumentState } from './document-item';
import { missingItems } from './documents';
import { matchFile, type Candidate } from './match-file';

const party = (id: string, role: string): Party => ({
  id,
  externalId: id,
  role,
  name: id,
  contactId: null,
  language: null,
  representedBy: null,
});
const holder = party('p1', 'policyholder');
const codes = (claim: Partial<ClaimMirror>): string[] =>
  wantedItems(claimMirror({ parties: [holder], ...claim }), CHECKLIST_SEED).map(({ code, partyId }) =>
    partyId === 'p1' ? code : `${code}@${partyId}`,
  );

describe('what a claim wants', () => {
  it('is the legal minimum of its line and kind of loss', () => {
    expect(codes({})).toEqual(['claim-form', 'driving-licence', 'vehicle-registration', 'damage-photos', 'repair-estimate', 'payee-form']);
    expect(codes({ facts: { lossKind: 'glass' } })).toEqual(['claim-form', 'damage-photos', 'repair-estimate', 'payee-form']);
    expect(codes({ lineOfBusiness: 'property' })).toEqual([
      'claim-form',
      'damage-photos',
      'inventory',
      'ownership-proof',
      'repair-quotation',
    ]);
    expect(codes({ lineOfBusiness: 'boats' })).toEqual(codes({ lineOfBusiness: 'other' }));
  });

  it.each([
    [{ flags: ['injury'] }],
    [{ facts: { injury: 'yes' } }],
    [{ exposures: [{ id: null, externalId: 'e', kind: 'bodily-injury', party: null, stage: 'reported' as const, subStatus: null }] }],
    [{ parties: [holder, party('p2', 'third-party')] }],
  ])('asks for the police report where somebody is hurt or a third party is there: %j', (over) =>
    expect(codes(over)).toContain('police-report'),
  );

  it('asks each party for its own, and the owner where there is no such party', () => {
    const liable = codes({ lineOfBusiness: 'liability', parties: [holder, party('p2', 'third-party'), party('p3', 'claimant')] });
    expect(liable).toEqual(['claim-form', 'damage-photos@p2', 'damage-photos@p3', 'repair-estimate@p2', 'repair-estimate@p3']);
    expect(codes({ lineOfBusiness: 'life' })).toContain('beneficiary-identity');
    expect(codes({ lineOfBusiness: 'life', parties: [holder, party('b', 'beneficiary')] })).toContain('beneficiary-identity@b');
    expect(codes({ parties: [] })).toContain('claim-form@null');
  });

  it('adds only what is missing, and nothing twice when the reporter turns out to be the policyholder', () => {
    const claim = claimMirror({ parties: [party('r', 'reporter'), holder] });
    const wanted = wantedItems(claim, CHECKLIST_SEED);
    const had = wanted.slice(1).map(({ code }) => ({ code, partyId: 'r' }));
    expect(missingItems(claim, wanted, had).map(({ code }) => code)).toEqual(['claim-form']);
  });

  it('comes with a book that may be published, and says what is wrong with one that may not', () => {
    expect(bookProblems(CHECKLIST_SEED)).toEqual([]);
    expect(checklistOf({ lineOfBusiness: 'motor', facts: {} }, CHECKLIST_SEED)?.lossKind).toBeNull();
    const wrong = bookProblems({
      kinds: [],
      lists: [{ line: 'motor', lossKind: null, items: [{ code: 'x', when: null, from: 'owner' }] }],
    });
    expect(wrong.map(({ problem }) => problem)).toEqual([
      expect.stringContaining('nobody describes'),
      expect.stringContaining('is missing'),
    ]);
  });
});

describe('an item', () => {
  const ACTS: readonly DocumentAct[] = ['request', 'receive', 'accept', 'reject', 'waive'];
  it.each<[DocumentState, string]>([
    ['open', 'request:requested receive:received waive:waived'],
    ['requested', 'request:requested receive:received waive:waived'],
    ['received', 'receive:received accept:accepted reject:rejected waive:waived'],
    ['rejected', 'request:requested receive:received waive:waived'],
    ['accepted', ''],
    ['waived', ''],
  ])('goes from %s only where it may', (state, expected) => {
    const ways = ACTS.flatMap((act) => nextState(state, act) ?? []).length;
    expect(
      ACTS.filter((act) => nextState(state, act))
        .map((act) => `${act}:${nextState(state, act)}`)
        .join(' '),
    ).toBe(expected);
    expect(ways).toBe(expected ? expected.split(' ').length : 0);
    expect(DOCUMENT_STATES).toContain(state);
  });
});

describe('asking', () => {
  const now = new Date('2026-11-22T08:00:00Z');
  const minutesAgo = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);
  const earlier = (over: Partial<EarlierRequest>): EarlierRequest => ({
    id: 'r1',
    kind: 'request',
    state: 'told',
    round: 1,
    toldAt: minutesAgo(60),
    ...over,
  });
  const ask = (over: Partial<Parameters<typeof decideAsking>[0]> = {}) =>
    decideAsking({ items: [{ code: 'a', state: 'open' }], earlier: [], jurisdiction: 'US-VA', overrideReason: null, now, ...over });

  it.each<DocumentState>(['received', 'accepted', 'waived'])('never asks for what is %s', (state) =>
    expect(
      ask({
        items: [
          { code: 'a', state: 'open' },
          { code: 'b', state },
        ],
      }),
    ).toEqual({ then: 'refuse', code: 'already-held', items: ['b'] }),
  );

  it('joins a request that has not left, and waits for the end of the ten minutes after one that has', () => {
    expect(ask({ earlier: [earlier({ state: 'waiting', toldAt: null })] })).toEqual({ then: 'join', requestId: 'r1' });
    expect(ask({ earlier: [earlier({ toldAt: minutesAgo(9) })] })).toEqual({
      then: 'ask',
      tellAt: new Date(now.getTime() + 60_000),
      round: 1,
    });
    expect(ask({ earlier: [earlier({ toldAt: minutesAgo(11) })] })).toMatchObject({ then: 'ask', round: 2 });
  });

  it('asks once in China unless somebody says why', () => {
    const told = { earlier: [earlier({})], jurisdiction: 'CN-31' };
    expect(ask({ jurisdiction: 'CN' })).toMatchObject({ then: 'ask', round: 1 });
    expect(ask(told)).toMatchObject({ then: 'refuse', code: 'supplement-once' });
    expect(ask({ ...told, overrideReason: 'the court wants it' })).toMatchObject({ then: 'ask', round: 2 });
    expect(ask({ jurisdiction: 'CN', earlier: [earlier({ kind: 'rejection' })] })).toMatchObject({ then: 'ask' });
  });

  it('reminds after 3, 7 and 14 days, and once for all that a long silence left out', () => {
    const days = (n: number): Date => new Date(now.getTime() + n * 86_400_000);
    expect([0, 1, 2].map((sent) => nextReminder(now, sent))).toEqual([days(3), days(7), days(14)]);
    expect(nextReminder(now, 3)).toBeUndefined();
    expect([2, 3, 8, 20].map((n) => remindersDue(now, days(n)))).toEqual([0, 1, 2, 3]);
  });
});

describe('a file that arrives', () => {
  const item = (id: string, over: Partial<Candidate> = {}): Candidate => ({ id, state: 'open', form: 'paper', words: [id], ...over });
  const photos = item('photos', { form: 'photo', words: ['damage', '照片'] });
  const jpeg = { contentType: 'image/jpeg', text: 'IMG_1.jpg', namedItemId: null };
  const pdf = { contentType: 'application/pdf', text: 'scan.pdf', namedItemId: null };

  it.each([
    ['the customer named it on our page', { ...pdf, namedItemId: 'form' }, [item('form'), photos], 'form named sure'],
    ['a picture, and photographs are wanted', jpeg, [item('form'), photos, item('licence')], 'photos photo sure'],
    ['a further picture of the same', jpeg, [{ ...photos, state: 'received' as const }, item('licence')], 'photos photo sure'],
    [
      'a picture, and both were asked for',
      jpeg,
      [{ ...photos, state: 'requested' as const }, item('licence', { state: 'requested' })],
      'photos photo sure',
    ],
    ['a picture, and only a paper was asked for', jpeg, [photos, item('licence', { state: 'requested' })], 'licence only-one-asked sure'],
    [
      'words name a paper that was asked for',
      { ...jpeg, text: '我的行驶证' },
      [photos, item('reg', { state: 'requested', words: ['行驶证'] })],
      'reg words sure',
    ],
    ['words name a paper that nobody asked for', { ...pdf, text: 'my estimate' }, [item('estimate'), item('form')], 'estimate words maybe'],
    [
      'a document, and one was asked for',
      pdf,
      [item('form', { state: 'requested' }), item('estimate'), photos],
      'form only-one-asked sure',
    ],
    [
      'a document, and several were asked for',
      pdf,
      [item('form', { state: 'requested' }), item('estimate', { state: 'rejected' })],
      'form kind maybe',
    ],
    ['a document, and nothing was asked for', pdf, [item('form'), item('estimate')], 'nothing'],
    ['a voice message', { ...pdf, contentType: 'audio/ogg' }, [item('form', { state: 'requested' })], 'nothing'],
    ['what is accepted takes nothing more', jpeg, [{ ...photos, state: 'accepted' as const }], 'nothing'],
  ])('%s', (_, file, items, expected) => {
    const match = matchFile(file, items);
    expect(match ? `${match.itemId} ${match.why} ${match.sure ? 'sure' : 'maybe'}` : 'nothing').toBe(expected);
  });
});
