import { afterAttempt } from './attempts';
import { OFFICE_HOURS, type Calendar } from './calendar';

const calendar: Calendar = { timeZone: 'UTC', hours: OFFICE_HOURS, holidays: [], workdays: [] };
const at = new Date('2026-11-25T10:00:00Z');
const chosen = new Date('2026-11-27T09:00:00Z');

test.each([
  { what: 'reached', attempt: { number: 1, outcome: 'reached', next: null }, expected: { outcome: 'reached', next: null } },
  {
    what: 'reached, and to be called again',
    attempt: { number: 1, outcome: 'reached', next: chosen },
    expected: { outcome: 'reached', next: chosen },
  },
  {
    what: 'not reached: some hours later',
    attempt: { number: 1, outcome: 'no-answer', next: null },
    expected: { outcome: 'no-answer', next: new Date('2026-11-25T14:00:00Z') },
  },
  {
    what: 'not reached: as chosen',
    attempt: { number: 2, outcome: 'voicemail-left', next: chosen },
    expected: { outcome: 'voicemail-left', next: chosen },
  },
  {
    what: 'the third time in vain',
    attempt: { number: 3, outcome: 'no-answer', next: chosen },
    expected: { outcome: 'unreachable', next: null },
  },
  {
    what: 'the third time with an answer',
    attempt: { number: 3, outcome: 'reached', next: null },
    expected: { outcome: 'reached', next: null },
  },
])('$what', ({ attempt, expected }) => {
  expect(afterAttempt({ ...attempt, at }, calendar)).toEqual(expected);
});
