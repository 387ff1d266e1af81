import type { CallPhase, CallStep } from '@claimline/messages';
import * as fc from 'fast-check';
import { DEFAULT_PHONE_MENU as MENU, NEW_CALL, phoneTurn, type PhoneFacts, type PhoneState } from './phone-menu';

const OPEN: PhoneFacts = { open: true, numbers: ['+15550109001'], claim: null };
const press = (digits: string): CallPhase => ({ is: 'input', digits });

function play(phases: readonly CallPhase[], facts: PhoneFacts = OPEN): { state: PhoneState; steps: readonly CallStep[] } {
  return phases.reduce<{ state: PhoneState; steps: readonly CallStep[] }>((turn, phase) => phoneTurn(MENU, turn.state, phase, facts), {
    state: NEW_CALL,
    steps: [],
  });
}

const heard = (steps: readonly CallStep[]): string =>
  steps
    .map((step) =>
      step.do === 'say' ? step.text : step.do === 'gather' ? step.prompts.map((prompt) => prompt.text).join(' ') : `[${step.do}]`,
    )
    .join(' ');

test('the first prompt offers both languages, each in its own', () => {
  expect(heard(play([{ is: 'started' }]).steps)).toBe('For English press 1. 中文请按 2。');
});

test('who presses 2 is spoken to in Chinese from then on', () => {
  const turn = play([{ is: 'started' }, press('2')]);
  expect(turn.state.language).toBe('zh-CN');
  expect(heard(turn.steps)).toContain('查询理赔进度请按 2');
});

test('my adjuster rings the owner while the office is open, and offers a message when nobody answers', () => {
  expect(play([{ is: 'started' }, press('1'), press('3')]).steps).toContainEqual(
    expect.objectContaining({ do: 'dial', numbers: ['+15550109001'] }),
  );
  expect(heard(play([{ is: 'started' }, press('1'), press('3'), { is: 'dialed', outcome: 'no-answer' }]).steps)).toContain(
    'leave your message',
  );
});

test('out of hours my adjuster is not rung', () => {
  const turn = play([{ is: 'started' }, press('1'), press('3')], { ...OPEN, open: false });
  expect(turn.steps.some((step) => step.do === 'dial')).toBe(false);
  expect(heard(turn.steps)).toContain('closed');
});

test('the status is told only when claim number and second factor belong together', () => {
  const phases = [{ is: 'started' } as const, press('1'), press('2'), press('2026000123'), press('8812')];
  expect(heard(play(phases, { ...OPEN, claim: { stage: 'Assessment', next: 'we send the offer' } }).steps)).toContain('Assessment');
  expect(heard(play(phases).steps)).toContain('do not belong together');
});

test('a call may guess three times, however often it proves to know another claim in between', () => {
  const guess = [press('2'), press('2026000123'), press('0000')];
  const knows = { ...OPEN, claim: { stage: 'Assessment', next: null } };
  let turn = play([{ is: 'started' }, press('1')]);
  for (const facts of [OPEN, knows, OPEN, knows]) {
    const phases = turn.state.at === 'menu' ? guess : guess.slice(1);
    turn = phases.reduce((before, phase) => phoneTurn(MENU, before.state, phase, facts), turn);
  }
  expect(turn.state).toMatchObject({ at: 'menu', told: true, wrong: ['2026000123', '2026000123'] });
  turn = guess.reduce((before, phase) => phoneTurn(MENU, before.state, phase, OPEN), turn);
  expect(turn.state.at).toBe('voicemail');
  expect(heard(turn.steps)).toContain('do not belong together');
});

test('only a language that was chosen is remembered as a choice', () => {
  expect(play([{ is: 'started' }, press(''), press('')]).state.chosen).toBeUndefined();
  expect(play([{ is: 'started' }, press('2')]).state.chosen).toBe('zh-CN');
});

test('whatever a caller does, the call is answered or over, and never goes on asking for ever', () => {
  const anything = fc.array(
    fc.oneof(
      fc.string({ unit: fc.constantFrom('0', '1', '2', '3', '9', '#'), maxLength: 11 }).map(press),
      fc.constant<CallPhase>({ is: 'dialed', outcome: 'busy' }),
    ),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(anything, (phases) => {
      const turn = play([{ is: 'started' }, ...phases]);
      return turn.state.at === 'done' || turn.steps.length > 0;
    }),
  );
  expect(play([{ is: 'started' }, ...Array.from({ length: 8 }, () => press(''))]).state.at).toMatch(/voicemail|done/);
});
