import { scheduleProblem, whatBecomes } from './scheduled-rules';

const now = new Date('2026-11-23T02:00:00Z');
const later = (hours: number): Date => new Date(now.getTime() + hours * 3_600_000);

describe('a reply that is to leave later', () => {
  it.each([
    ['tomorrow', 'We will call.', later(24), null],
    ['now', 'We will call.', now, 'lies-in-the-past'],
    ['an hour ago', 'We will call.', later(-1), 'lies-in-the-past'],
    ['in two years', 'We will call.', later(24 * 730), 'too-far-ahead'],
    ['without words', '  ', later(1), 'empty'],
  ])('%s: %s', (_, text, sendAt, problem) => {
    expect(scheduleProblem({ message: { text }, sendAt }, now)).toBe(problem);
  });

  it('may be a template or a file without words', () => {
    expect(scheduleProblem({ message: { text: '', template: 'hello' }, sendAt: later(1) }, now)).toBeNull();
    expect(scheduleProblem({ message: { text: '', attachments: ['a'] }, sendAt: later(1) }, now)).toBeNull();
  });
});

describe('at a moment', () => {
  it.each([
    ['waiting', -1, false, 'leaves'],
    ['waiting', 0, false, 'leaves'],
    ['waiting', 1, false, 'nothing'],
    ['waiting', -1, true, 'is-held'],
    ['waiting', 1, true, 'nothing'],
    ['held', -1, true, 'nothing'],
    ['sent', -1, false, 'nothing'],
    ['canceled', -1, false, 'nothing'],
  ] as const)('one that is %s, due in %d hours, thread moved: %s — %s', (state, hours, hasMoved, becomes) => {
    expect(whatBecomes({ state, sendAt: later(hours) }, hasMoved, now)).toBe(becomes);
  });
});
