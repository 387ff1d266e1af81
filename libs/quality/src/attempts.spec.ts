import { afterAttempt } from './attempts';
import { OFFICE_HOURS, type Calendar } from './calendar';

const calendar: Calendar = { timeZone: 'UTC', hours: OFFICE_HOURS, holidays: [], workdays: [] };
const at = new Date('2026-11-25T10:00:00Z');
const chosen = new Date('2026-11-27T09:00:00Z');

test.each([
  ['reached', 1, 'reached', null, { outcome: 'reached', next: null }],
  ['reached, and to be called again', 1, 'reached', chosen, { outcome: 'reached', next: chosen }],
  ['not reached: some hours later', 1, 'no-answer', null, { outcome: 'no-answer', next: new Date('2026-11-25T14:00:00Z') }],
  ['not reached: as chosen', 2, 'voicemail-left', chosen, { outcome: 'voicemail-left', next: chosen }],
  ['the third time in vain', 3, 'no-answer', chosen, { outcome: 'unreachable', next: null }],
  ['the third time with an answer', 3, 'reached', null, { outcome: 'reached', next: null }],
])('%s', (_, number, outcome, next, expected) => {
  expect(afterAttempt({ number, outcome, next, at }, calendar)).toEqual(expected);
});
