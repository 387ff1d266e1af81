import { modeOf, nextQuestion, scoreOf, suppressionOf, takeTurn, type SurveyFacts } from './survey';

const NOW = new Date('2026-11-22T02:00:00Z');
const DAY = 86_400_000;

test.each([
  ['4', 4],
  [' 5 ', 5],
  ['１', 1],
  ['三', 3],
  ['五分', 5],
  ['5分！', 5],
  ['2.', 2],
  ['两', 2],
])('%s is the score %d', (text, score) => {
  expect(scoreOf(text)).toBe(score);
});

test.each(['0', '6', '45', 'four weeks', '4 weeks and nobody calls', '', '分', 'STOP', '很好', '十'])('%s is no score', (text) => {
  expect(scoreOf(text)).toBeUndefined();
});

test('five questions in order, overall first; then it is done', () => {
  expect(takeTurn({}, '4')).toEqual({ kind: 'next', answered: 'overall', score: 4, question: 'process' });
  expect(takeTurn({ overall: 4, process: 5, attitude: 5 }, '三')).toEqual({
    kind: 'next',
    answered: 'efficiency',
    score: 3,
    question: 'outcome',
  });
  expect(takeTurn({ overall: 4, process: 5, attitude: 5, efficiency: 3 }, '2')).toEqual({ kind: 'done', answered: 'outcome', score: 2 });
  expect(nextQuestion({ overall: 4, process: 5, attitude: 5, efficiency: 3, outcome: 2 })).toBeUndefined();
});

test('what is no score leaves the survey, and so does a score after the last question', () => {
  expect(takeTurn({ overall: 4 }, 'When is the money there?')).toEqual({ kind: 'left' });
  expect(takeTurn({ overall: 4, process: 5, attitude: 5, efficiency: 3, outcome: 2 }, '5')).toEqual({ kind: 'left' });
});

const FINE: SurveyFacts = {
  deceased: false,
  represented: false,
  litigation: false,
  openComplaint: false,
  waitsForUs: false,
  optedOut: false,
  lastInvitedAt: null,
  isKnown: true,
};

test.each([
  [{}, undefined],
  [{ deceased: true, openComplaint: true }, 'deceased'],
  [{ isKnown: false }, 'nobody-to-ask'],
  [{ represented: true, optedOut: true }, 'represented'],
  [{ litigation: true }, 'litigation'],
  [{ openComplaint: true, waitsForUs: true }, 'open-complaint'],
  [{ waitsForUs: true }, 'unanswered-question'],
  [{ optedOut: true }, 'opted-out'],
  [{ lastInvitedAt: new Date(NOW.getTime() - 89 * DAY) }, 'cool-down'],
  [{ lastInvitedAt: new Date(NOW.getTime() - 91 * DAY) }, undefined],
])('%j is suppressed as %s', (over, reason) => {
  expect(suppressionOf({ ...FINE, ...over }, NOW)).toBe(reason);
});

test.each([
  ['twilio-sms', 'sms'],
  ['wechat', 'wechat'],
  ['web-chat', 'chat'],
  ['email', 'mail'],
  ['twilio-voice', 'phone'],
  ['in-person', 'phone'],
  ['letter', 'phone'],
])('by %s somebody is asked by %s', (channel, mode) => {
  expect(modeOf(channel)).toBe(mode);
});
