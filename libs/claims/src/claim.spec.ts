import fc from 'fast-check';
import { STAGES } from '@claimline/messages';
import { applyChange, type ClaimMirror } from './claim';
import type { ClaimChange } from './change';
import { claimChange, claimMirror, NOW } from './testing/builders';

const LATER = new Date(NOW.getTime() + 60_000);
const input = (over: object = {}) => ({
  codes: {},
  confirmed: false,
  brandId: 'brand',
  accounts: new Map([['adj-12', 'account-12']]),
  occurredAt: LATER,
  ...over,
});
const apply = (mirror: ClaimMirror | undefined, change: Partial<ClaimChange>, over: object = {}) =>
  applyChange(mirror, claimChange(change), input(over));
const applied = (mirror: ClaimMirror | undefined, change: Partial<ClaimChange>, over: object = {}) => {
  const decision = apply(mirror, change, over);
  if (decision.outcome !== 'applied') throw new Error(`${decision.outcome}: ${decision.detail}`);
  return decision;
};

describe('a claim event', () => {
  it('moves the claim and says from where to where', () => {
    const { mirror, moves } = applied(claimMirror(), { stage: 'acknowledged' });
    expect(moves).toEqual([
      { exposure: null, from: expect.objectContaining({ stage: 'reported' }), to: { stage: 'acknowledged', subStatus: null } },
    ]);
    expect(mirror).toMatchObject({
      stage: 'acknowledged',
      version: 2,
      stageTimes: { reported: NOW.toISOString(), acknowledged: LATER.toISOString() },
    });
  });

  it.each([1, 0])('of version %i is stale after version 1', (version) =>
    expect(apply(claimMirror(), { version, stage: 'acknowledged' }).outcome).toBe('stale'),
  );

  it('never lets an older version override a newer one, in whatever order they come', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([2, 3, 4, 5, 6, 7, 8, 9], { minLength: 1 }), (versions) => {
        let mirror = claimMirror();
        let best = 1;
        for (const version of versions) {
          const decision = apply(mirror, { version, facts: { from: String(version) } });
          expect(decision.outcome).toBe(version > best ? 'applied' : 'stale');
          if (decision.outcome === 'applied') mirror = decision.mirror;
          best = Math.max(best, version);
        }
        expect([mirror.version, mirror.facts.from]).toEqual([best, String(best)]);
      }),
    );
  });

  it('with a forbidden edge waits for a person, who may confirm it', () => {
    expect(apply(claimMirror(), { stage: 'payment' })).toEqual({ outcome: 'anomaly', detail: 'reported → payment' });
    expect(applied(claimMirror(), { stage: 'payment' }, { confirmed: true }).mirror.stage).toBe('payment');
  });

  it('may leave out versions: then any way that there is may have been gone', () => {
    expect(apply(claimMirror(), { version: 3, stage: 'payment' }).outcome).toBe('applied');
    expect(apply(claimMirror({ stage: 'payment' }), { version: 9, stage: 'reported' }).outcome).toBe('anomaly');
    expect(apply(claimMirror(), { version: 9, previousStage: 'decided', stage: 'payment' }).outcome).toBe('applied');
    expect(apply(claimMirror(), { version: 9, previousStage: 'acknowledged', stage: 'payment' }).outcome).toBe('anomaly');
  });

  it('with a stage that nobody has mapped is kept apart, whichever part of it says so', () => {
    expect(apply(claimMirror(), { stage: 'Z9' })).toEqual({ outcome: 'unknown-stage', detail: 'Z9' });
    expect(apply(claimMirror(), { exposures: [{ externalId: 'e', kind: 'bumper', party: 'p', stage: 'Z8' }] })).toEqual({
      outcome: 'unknown-stage',
      detail: 'Z8',
    });
    expect(apply(claimMirror(), { stage: 'Z9' }, { codes: { Z9: { stage: 'acknowledged' } } }).outcome).toBe('applied');
  });

  it('whose claim id belongs to another claim is a conflict', () => {
    expect(apply(claimMirror(), { claimId: 'core-2', stage: 'acknowledged' }).outcome).toBe('conflict');
  });

  it('brings a new claim at whatever stage it is', () => {
    fc.assert(
      fc.property(fc.constantFrom(...STAGES), fc.nat(), (stage, version) => {
        const { mirror, moves } = applied(undefined, { version, stage });
        return mirror.stage === stage && mirror.version === version && moves.length === 1 && moves[0]!.from === null;
      }),
    );
    expect(applied(undefined, { version: 0 })).toMatchObject({ mirror: { stage: 'reported' }, moves: [] });
  });

  it('keeps what it does not tell and drops what it tells wrongly', () => {
    const { mirror } = applied(claimMirror({ promisedBy: '2026-12-01' }), {
      lossDate: '2026-02-31',
      promisedBy: 'soon',
      amounts: { decided: { value: '1250.00', currency: 'USD' } },
      facts: { item: 'bumper' },
    });
    expect(mirror).toMatchObject({
      policyNumber: 'PDAA2026310000008812',
      lossDate: '2026-11-20',
      promisedBy: '2026-12-01',
      facts: { 'amount.decided': '1250.00 USD', item: 'bumper' },
    });
  });

  it('re-binds the owner when the handler changes, and tells a first handler from a new one', () => {
    const first = applied(claimMirror(), { handler: { externalId: 'adj-12', name: 'Li Na' } });
    expect(first).toMatchObject({
      handlerChanged: true,
      handlerReplaced: false,
      mirror: { handlerId: 'account-12', handlerName: 'Li Na' },
    });
    const next = applied(first.mirror, { version: 3, handler: { externalId: 'adj-99' } });
    expect(next).toMatchObject({ handlerChanged: true, handlerReplaced: true, mirror: { handlerId: null, handlerName: null } });
    expect(applied(next.mirror, { version: 4, handler: null })).toMatchObject({
      handlerChanged: true,
      mirror: { handlerExternalId: null },
    });
    expect(applied(first.mirror, { version: 3 })).toMatchObject({ handlerChanged: false, mirror: { handlerId: 'account-12' } });
  });

  it('may be about one exposure: the claim and the others stay where they are', () => {
    const parties = [
      { externalId: 'holder', role: 'policyholder', name: '李伟' },
      { externalId: 'third', role: 'claimant', name: '王芳' },
    ];
    const exposures = [
      { externalId: 'own', kind: 'collision', party: 'holder' },
      { externalId: 'bumper', kind: 'third-party-property', party: 'third' },
    ];
    const first = applied(undefined, { version: 1, stage: 'assessment', parties, exposures }).mirror;
    expect(first.exposures.map(({ stage }) => stage)).toEqual(['assessment', 'assessment']);
    const second = applied(first, { version: 2, stage: 'decided', subStatus: 'approved_full', exposure: { externalId: 'bumper' } });
    expect(second.moves).toEqual([expect.objectContaining({ exposure: 'bumper', to: { stage: 'decided', subStatus: 'approved_full' } })]);
    expect(second.mirror).toMatchObject({
      stage: 'assessment',
      exposures: [
        { externalId: 'own', stage: 'assessment' },
        { externalId: 'bumper', stage: 'decided' },
      ],
    });
    expect(apply(second.mirror, { version: 3, stage: 'reported', exposure: { externalId: 'bumper' } })).toMatchObject({
      outcome: 'anomaly',
      detail: expect.stringContaining('bumper'),
    });
    expect(apply(second.mirror, { version: 3, stage: 'decided', exposure: { externalId: 'nobody knows' } }).outcome).toBe('anomaly');
  });

  it('makes a party of whoever speaks for somebody, even if it tells nothing else of them', () => {
    const { mirror } = applied(claimMirror(), {
      parties: [{ externalId: 'third', role: 'claimant', name: '王芳', representedBy: 'law-1' }],
    });
    expect(mirror.parties).toEqual([
      expect.objectContaining({ externalId: 'third', representedBy: 'law-1' }),
      expect.objectContaining({ externalId: 'law-1', role: 'representative' }),
    ]);
    expect(
      applied(mirror, { version: 3, parties: [{ externalId: 'third', role: 'claimant', representedBy: null }] }).mirror.parties[0],
    ).toMatchObject({ name: '王芳', representedBy: null });
  });
});
