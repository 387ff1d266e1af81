import * as fc from 'fast-check';
import { COMPLAINT_STATES, decideComplaint, deedsFrom, type ComplaintAct, type ComplaintFacts } from './complaint';

const OFFICER = 'officer';
const ADJUSTER = 'adjuster';
const DUE = new Date('2026-12-01T00:00:00Z');

const complaint = (over: Partial<ComplaintFacts> = {}): ComplaintFacts => ({
  state: 'draft',
  content: 'Nobody answers.',
  demand: null,
  representatives: 1,
  regulator: null,
  category: null,
  rootCause: null,
  against: [ADJUSTER],
  officerId: null,
  investigatorId: null,
  proposal: null,
  proposalOwnerId: null,
  proposalDueAt: null,
  agreement: null,
  agreementMessageId: null,
  routes: null,
  outcomeMessageId: null,
  outcomeSentAt: null,
  score: null,
  reopened: 0,
  endReason: null,
  ...over,
});

const ACTS: Readonly<Record<ComplaintAct['do'], ComplaintAct>> = {
  confirm: { do: 'confirm', content: 'x', demand: null, against: [ADJUSTER], representatives: 1, officerId: OFFICER },
  dismiss: { do: 'dismiss', reason: 'praise' },
  classify: { do: 'classify', category: 'other', regulator: null },
  investigate: { do: 'investigate', investigatorId: 'investigator' },
  propose: { do: 'propose', text: 'We apologise.', rootCause: 'slow-answer', ownerId: 'owner', due: DUE },
  execute: { do: 'execute', agreement: 'agreed', messageId: 'm', routes: null },
  'follow-up': { do: 'follow-up' },
  score: { do: 'score', score: 5 },
  close: { do: 'close' },
  withdraw: { do: 'withdraw', reason: 'settled by phone' },
};
const take = (state: Partial<ComplaintFacts>, act: ComplaintAct, actor = OFFICER) => decideComplaint(complaint(state), act, actor);

test('goes the six steps of the source plan, the demand stated or not', () => {
  const way: ComplaintAct['do'][] = ['confirm', 'classify', 'investigate', 'propose', 'execute', 'follow-up', 'close'];
  let now = complaint({ outcomeSentAt: DUE });
  const states = way.map((deed) => {
    const decided = decideComplaint(now, ACTS[deed], OFFICER);
    now = { ...now, ...('change' in decided ? decided.change : {}) };
    return now.state;
  });
  expect(states).toEqual(['received', 'classified', 'investigating', 'proposed', 'executing', 'follow_up', 'closed']);
});

test('no other edge exists', () => {
  for (const state of COMPLAINT_STATES)
    for (const act of Object.values(ACTS))
      expect('refused' in take({ state, outcomeSentAt: DUE }, act)).toBe(!deedsFrom(state).includes(act.do));
});

test.each<[string, Partial<ComplaintFacts>, ComplaintAct, string]>([
  ['the one complained about does not investigate', { state: 'classified' }, { do: 'investigate', investigatorId: ADJUSTER }, 'recused'],
  ['nor owns the proposal', { state: 'investigating' }, { ...ACTS.propose, ownerId: ADJUSTER } as ComplaintAct, 'recused'],
  ['nor is named on confirming', {}, { ...ACTS.confirm, against: [OFFICER] } as ComplaintAct, 'recused'],
  [
    'nothing is carried out without a yes',
    { state: 'proposed' },
    { do: 'execute', agreement: 'agreed', messageId: null, routes: null },
    'consent-missing',
  ],
  [
    'nor decided over somebody without naming where they may go',
    { state: 'proposed' },
    { do: 'execute', agreement: 'decided_without_agreement', messageId: null, routes: ' ' },
    'routes-missing',
  ],
  ['nothing is closed before the outcome has left', { state: 'follow_up' }, ACTS.close, 'outcome-missing'],
])('%s', (_, state, act, reason) => {
  expect(take(state, act)).toEqual({ refused: reason });
});

test('whoever is complained about takes no step at all', () => {
  fc.assert(
    fc.property(fc.constantFrom(...COMPLAINT_STATES), fc.constantFrom(...Object.values(ACTS)), (state, act) => {
      expect('refused' in take({ state, outcomeSentAt: DUE }, act, ADJUSTER)).toBe(true);
    }),
  );
});

test('decided without agreement goes on when the routes are named', () => {
  const decided = take(
    { state: 'proposed' },
    { do: 'execute', agreement: 'decided_without_agreement', messageId: null, routes: 'the regulator: 12378' },
  );
  expect(decided).toMatchObject({ change: { state: 'executing', routes: 'the regulator: 12378' } });
});

test('an unhappy callback reopens once, and the outcome has to be told anew', () => {
  const unhappy = { do: 'score', score: 2 } as const;
  expect(take({ state: 'follow_up', outcomeSentAt: DUE, agreement: 'agreed' }, unhappy)).toEqual({
    change: expect.objectContaining({ state: 'proposed', score: 2, reopened: 1, outcomeSentAt: null, agreement: null }),
    reopened: true,
  });
  expect(take({ state: 'follow_up', reopened: 1 }, unhappy)).toEqual({ change: { state: 'follow_up', score: 2 }, reopened: false });
  expect(take({ state: 'follow_up' }, { do: 'score', score: 3 })).toMatchObject({ change: { state: 'follow_up' }, reopened: false });
});
