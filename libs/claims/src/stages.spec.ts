import { STAGES, type Stage } from '@claimline/messages';
import { EDGES, isAllowed, isReachable } from './stages';
import { mapStage } from './stage-codes';
import { stageLine } from './stage-line';

// Written out by hand from claims-and-sla.md §4.1, on purpose not derived from the table under test.
const ALLOWED = [
  'draft>reported',
  'draft>closed/abandoned',
  'draft>closed/withdrawn',
  'reported>acknowledged',
  'reported>closed/duplicate',
  'reported>closed/withdrawn',
  'acknowledged>documents',
  'acknowledged>investigation',
  'documents>investigation',
  'documents>assessment',
  'documents>closed/withdrawn',
  'investigation>assessment',
  'investigation>documents',
  'investigation>decided',
  'assessment>decided',
  'assessment>documents',
  'decided>settlement',
  'decided>payment',
  'decided>appeal',
  'decided>closed',
  'settlement>payment',
  'settlement>appeal',
  'settlement>assessment',
  'payment>closed',
  'payment>payment',
  'closed>reopened',
  'closed>appeal',
  'reopened>documents',
  'reopened>investigation',
  'reopened>assessment',
  'appeal>decided',
  'appeal>closed',
];
const place = (stage: Stage, subStatus: string | null = null) => ({ stage, subStatus });

describe('stages', () => {
  it('has exactly the ways of the stage model', () => {
    const ways = STAGES.flatMap((from) =>
      EDGES[from].flatMap((edge) => (edge.only ?? ['']).map((only) => `${from}>${edge.to}${only ? `/${only}` : ''}`)),
    );
    expect(ways.sort()).toEqual([...ALLOWED].sort());
  });

  it.each(STAGES.flatMap((from) => STAGES.filter((to) => to !== from).map((to) => [from, to] as const)))(
    '%s → %s is allowed where the model says so, and nowhere else',
    (from, to) => {
      const ways = ALLOWED.filter((way) => way === `${from}>${to}` || way.startsWith(`${from}>${to}/`));
      expect(isAllowed(place(from), place(to))).toBe(ways.includes(`${from}>${to}`));
      for (const way of ways.filter((one) => one.includes('/'))) expect(isAllowed(place(from), place(to, way.split('/')[1]!))).toBe(true);
      expect(isAllowed(place(from), place(to, 'anything else'))).toBe(ways.includes(`${from}>${to}`));
    },
  );

  it('lets a payment go from step to step, and no decision change without an appeal', () => {
    expect(isAllowed(place('payment', 'scheduled'), place('payment', 'failed'))).toBe(true);
    expect(isAllowed(place('decided', 'approved_full'), place('decided', 'denied'))).toBe(false);
    expect(isAllowed(place('decided'), place('decided', 'denied'))).toBe(true);
    expect(isAllowed(place('decided', 'denied'), place('decided'))).toBe(true);
  });

  it('knows where missed events may have led', () => {
    expect(isReachable('reported', 'payment')).toBe(true);
    expect(isReachable('payment', 'assessment')).toBe(true);
    expect(isReachable('payment', 'reported')).toBe(false);
    expect(isReachable('documents', 'draft')).toBe(false);
  });
});

describe('stage codes', () => {
  it.each([
    ['立案', 'acknowledged', undefined],
    ['理算', 'assessment', undefined],
    ['拒赔', 'decided', 'denied'],
    ['decided', 'decided', undefined],
    ['Decided', 'decided', undefined],
    ['Under Review', 'investigation', undefined],
  ])('%s means %s %s', (code, stage, subStatus) => expect(mapStage({}, code)).toEqual({ stage, ...(subStatus && { subStatus }) }));

  it('lets the settings win, and does not guess', () => {
    expect(mapStage({ 立案: { stage: 'reported' }, 'Z-9': { stage: 'payment', subStatus: 'issued' } }, '立案')).toEqual({
      stage: 'reported',
    });
    expect(mapStage({ 'Z-9': { stage: 'payment', subStatus: 'issued' } }, 'z 9')).toEqual({ stage: 'payment', subStatus: 'issued' });
    expect(mapStage({}, 'Z9')).toBeUndefined();
    expect(mapStage({}, 'constructor')).toBeUndefined();
  });
});

describe('stage line', () => {
  it('shows what is behind, now and ahead; stages aside only when they are visited', () => {
    const line = stageLine('documents', {
      reported: '2026-11-01T00:00:00.000Z',
      acknowledged: '2026-11-02T00:00:00.000Z',
      documents: '2026-11-03T00:00:00.000Z',
    });
    expect(line.map(({ stage, state }) => `${stage}:${state}`)).toEqual([
      'reported:done',
      'acknowledged:done',
      'documents:current',
      'investigation:ahead',
      'assessment:ahead',
      'decided:ahead',
      'payment:ahead',
      'closed:ahead',
    ]);
    expect(line[0]!.at).toBe('2026-11-01T00:00:00.000Z');
    expect(stageLine('reported', {}).map(({ stage }) => stage)).not.toContain('documents');
  });

  it.each(STAGES)('has %s on it exactly once while the claim is there', (stage) => {
    const line = stageLine(stage, { [stage]: '2026-11-03T00:00:00.000Z' });
    expect(line.filter((step) => step.stage === stage)).toEqual([{ stage, state: 'current', at: '2026-11-03T00:00:00.000Z' }]);
  });
});
