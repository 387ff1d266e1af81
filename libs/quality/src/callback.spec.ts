import { afterCall, callbackDue } from './callback';
import { OFFICE_HOURS } from './calendar';

const ENDED = new Date('2026-11-20T17:00:00Z');

describe('a call that has ended', () => {
  it.each([
    ['inbound', 'missed', 'call-back'],
    ['inbound', 'voicemail', 'call-back'],
    ['inbound', 'busy', 'call-back'],
    ['inbound', null, 'call-back'],
    ['inbound', 'answered', 'settled'],
    ['inbound', 'self-served', 'nothing'],
    ['outbound', 'no-answer', 'nothing'],
    ['outbound', 'answered', 'settled'],
  ] as const)('%s with %s leaves %s', (direction, outcome, expected) => {
    expect(afterCall({ direction, outcome, endedAt: ENDED })).toBe(expected);
  });

  it('leaves nothing before it has ended', () => {
    expect(afterCall({ direction: 'inbound', outcome: null, endedAt: null })).toBe('nothing');
  });

  it('is called back within an open hour', () => {
    const calendar = { timeZone: 'UTC', hours: OFFICE_HOURS, holidays: [], workdays: [] };
    expect(callbackDue(calendar, ENDED)).toEqual(new Date('2026-11-23T09:30:00Z'));
  });
});
