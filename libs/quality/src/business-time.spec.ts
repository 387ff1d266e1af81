import fc from 'fast-check';
import { DateTime } from 'luxon';
import { addBusinessTime, addCalendarDays, addHours, addWorkingDays, businessTimeBetween } from './business-time';
import { OFFICE_HOURS, type Calendar } from './calendar';

const HOUR = 3_600_000;
const berlin: Calendar = { timeZone: 'Europe/Berlin', hours: OFFICE_HOURS, holidays: ['2026-12-25'], workdays: [] };
const losAngeles: Calendar = { ...berlin, timeZone: 'America/Los_Angeles', holidays: ['2026-11-26'] };
const shanghai: Calendar = {
  timeZone: 'Asia/Shanghai',
  hours: OFFICE_HOURS,
  holidays: ['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07'],
  workdays: ['2026-10-10'],
};
const roundTheClock: Calendar = {
  ...berlin,
  hours: Object.fromEntries(['1', '2', '3', '4', '5', '6', '7'].map((day) => [day, [{ from: '00:00', to: '24:00' }]])),
  holidays: [],
};
const lunch: Calendar = {
  ...berlin,
  hours: {
    '1': [
      { from: '08:00', to: '12:00' },
      { from: '13:00', to: '17:00' },
    ],
  },
};

const wall = (text: string, zone: string): Date => DateTime.fromISO(text, { zone }).toJSDate();
const shown = (moment: Date, { timeZone }: Calendar): string =>
  DateTime.fromJSDate(moment, { zone: timeZone }).toFormat("yyyy-MM-dd'T'HH:mm:ss");

describe('open time added to a moment', () => {
  it.each<[string, Calendar, [string, number], string]>([
    ['within a day', berlin, ['2026-11-17T09:00', 4], '2026-11-17T13:00:00'],
    ['up to closing time exactly', berlin, ['2026-11-17T09:00', 8.5], '2026-11-17T17:30:00'],
    ['over a night', berlin, ['2026-11-17T17:00', 1], '2026-11-18T09:30:00'],
    ['from a closed hour on: it begins at the opening', berlin, ['2026-11-17T03:00', 1], '2026-11-17T10:00:00'],
    ['over a weekend', berlin, ['2026-11-20T17:00', 1], '2026-11-23T09:30:00'],
    ['over a weekend and a holiday', berlin, ['2026-12-24T17:00', 1], '2026-12-28T09:30:00'],
    ['over Thanksgiving', losAngeles, ['2026-11-25T17:00', 1], '2026-11-27T09:30:00'],
    ['over the National Day week; the Saturday worked instead counts', shanghai, ['2026-09-30T17:30', 8.5 * 3], '2026-10-10T17:30:00'],
    [
      'an hour before lunch, four after it, and one on the only other working day, a week later',
      lunch,
      ['2026-11-16T11:00', 6],
      '2026-11-23T09:00:00',
    ],
    ['through the hour that is skipped in spring', roundTheClock, ['2026-03-29T01:00', 2], '2026-03-29T04:00:00'],
    ['through the hour that comes twice in autumn', roundTheClock, ['2026-10-25T01:00', 3], '2026-10-25T03:00:00'],
  ])('%s', (_name, calendar, [from, hours], expected) => {
    expect(shown(addBusinessTime(calendar, wall(from, calendar.timeZone), hours * HOUR), calendar)).toBe(expected);
  });

  it('none is the moment itself, or the next opening', () => {
    expect(shown(addBusinessTime(berlin, wall('2026-11-17T10:00', berlin.timeZone), 0), berlin)).toBe('2026-11-17T10:00:00');
    expect(shown(addBusinessTime(berlin, wall('2026-11-21T10:00', berlin.timeZone), 0), berlin)).toBe('2026-11-23T09:00:00');
  });

  it('is refused by a calendar that never opens', () => {
    expect(() => addBusinessTime({ ...berlin, hours: {} }, new Date(0), 1)).toThrow(RangeError);
  });
});

describe('days', () => {
  it.each<[string, Date, string]>([
    [
      'ten working days over Thanksgiving, from a Tuesday',
      addWorkingDays(losAngeles, wall('2026-11-17T16:00', losAngeles.timeZone), 10),
      '2026-12-02T23:59:59',
    ],
    ['one working day from a Friday', addWorkingDays(losAngeles, wall('2026-11-20T00:00', losAngeles.timeZone), 1), '2026-11-23T23:59:59'],
    [
      'fifteen calendar days end on a Saturday',
      addCalendarDays(losAngeles, wall('2026-11-20T10:00', losAngeles.timeZone), 15, 'none'),
      '2026-12-05T23:59:59',
    ],
    [
      '… which rolls to Monday where the policy says so',
      addCalendarDays(losAngeles, wall('2026-11-20T10:00', losAngeles.timeZone), 15, 'next-working-day'),
      '2026-12-07T23:59:59',
    ],
    [
      'a day that is worked does not roll',
      addCalendarDays(losAngeles, wall('2026-11-16T10:00', losAngeles.timeZone), 15, 'next-working-day'),
      '2026-12-01T23:59:59',
    ],
    [
      'twenty-four hours over the change of the clocks are twenty-four hours',
      addHours(losAngeles, wall('2026-10-31T12:00', losAngeles.timeZone), 24, 'none'),
      '2026-11-01T11:00:00',
    ],
    [
      'twenty-four hours into a holiday roll to the end of the next working day',
      addHours(losAngeles, wall('2026-11-25T12:00', losAngeles.timeZone), 24, 'next-working-day'),
      '2026-11-27T23:59:59',
    ],
  ])('%s', (_name, moment, expected) => {
    expect(shown(moment, losAngeles)).toBe(expected);
  });
});

describe('whatever the calendar, the zone and the moment', () => {
  const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Shanghai', 'Australia/Lord_Howe', 'UTC', 'Asia/Kathmandu');
  const date = fc.integer({ min: 0, max: 400 }).map((day) => DateTime.fromISO('2026-01-01').plus({ days: day }).toISODate()!);
  const calendars: fc.Arbitrary<Calendar> = fc.record({
    timeZone: zones,
    hours: fc.constantFrom(
      OFFICE_HOURS,
      roundTheClock.hours,
      lunch.hours,
      { '6': [{ from: '00:00', to: '02:30' }] },
      { '7': [{ from: '02:15', to: '24:00' }], '3': [{ from: '01:00', to: '03:00' }] },
    ),
    holidays: fc.array(date, { maxLength: 12 }),
    workdays: fc.array(date, { maxLength: 3 }),
  });
  const moments = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true });
  const durations = fc.integer({ min: 1, max: 200 * HOUR });

  it('between a moment and its deadline lies exactly the time that was added', () => {
    fc.assert(
      fc.property(
        calendars,
        moments,
        durations,
        (calendar, from, time) => businessTimeBetween(calendar, from, addBusinessTime(calendar, from, time)) === time,
      ),
      { numRuns: 150 },
    );
  });

  it('two pieces of time one after the other are as long as both together', () => {
    fc.assert(
      fc.property(calendars, moments, durations, durations, (calendar, from, a, b) => {
        const twice = addBusinessTime(calendar, addBusinessTime(calendar, from, a), b);
        return twice.getTime() === addBusinessTime(calendar, from, a + b).getTime();
      }),
      { numRuns: 100 },
    );
  });

  it('a later start is never due earlier', () => {
    fc.assert(
      fc.property(calendars, moments, fc.integer({ min: 0, max: 50 * HOUR }), durations, (calendar, from, delay, time) => {
        const later = new Date(from.getTime() + delay);
        return addBusinessTime(calendar, later, time) >= addBusinessTime(calendar, from, time);
      }),
      { numRuns: 100 },
    );
  });

  it('open time is never longer than real time, and parts add up', () => {
    fc.assert(
      fc.property(calendars, moments, durations, durations, (calendar, from, a, b) => {
        const [middle, end] = [new Date(from.getTime() + a), new Date(from.getTime() + a + b)];
        const whole = businessTimeBetween(calendar, from, end);
        return whole <= a + b && whole === businessTimeBetween(calendar, from, middle) + businessTimeBetween(calendar, middle, end);
      }),
      { numRuns: 100 },
    );
  });
});
