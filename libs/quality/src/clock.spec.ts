import fc from 'fast-check';
import { DateTime } from 'luxon';
import { businessTimeBetween } from './business-time';
import { OFFICE_HOURS, type Calendar } from './calendar';
import { clocksToStart, type ClockOccasion, type KnownClock } from './choose-clocks';
import { cancelClock, extendClock, lookAtClock, meetClock, pauseClock, resumeClock, startClock, type Answer } from './clock';
import { DEFAULT_CLOCK_POLICIES, type ClockPolicy } from './clock-policy';

const shanghai: Calendar = { timeZone: 'Asia/Shanghai', hours: OFFICE_HOURS, holidays: [], workdays: [] };
const at = (text: string): Date => DateTime.fromISO(text, { zone: 'Asia/Shanghai' }).toJSDate();
const shown = (moment: Date | null): string | undefined =>
  moment ? DateTime.fromJSDate(moment, { zone: 'Asia/Shanghai' }).toFormat("yyyy-MM-dd'T'HH:mm:ss") : undefined;
const policy = (id: string): ClockPolicy => DEFAULT_CLOCK_POLICIES.find((one) => one.id === id)!;
const start = (id: string, from: string) => startClock(policy(id), shanghai, at(from));
const answer = (from: string, change: Partial<Answer> = {}): Answer => ({
  at: at(from),
  messageId: 'm',
  by: 'person',
  written: true,
  noted: false,
  acknowledges: false,
  ...change,
});

// A Tuesday.
const TEN = '2026-11-17T10:00';

describe('a clock', () => {
  it.each([
    ['first_response.chat', '2026-11-17T10:01:00'],
    ['first_response.async', '2026-11-17T10:15:00'],
    ['first_response.email', '2026-11-17T14:00:00'],
    ['next_response.async', '2026-11-17T10:30:00'],
    ['next_response.email', '2026-11-18T09:30:00'],
    ['ack.default', '2026-11-18T10:00:00'],
    ['ack.strictest', '2026-11-24T23:59:59'],
    ['ack.US-VA', '2026-12-01T23:59:59'],
  ])('%s that starts on Tuesday at ten is due at %s', (id, deadline) => {
    expect(shown(start(id, TEN).deadline)).toBe(deadline);
  });

  it('that starts at night counts from the opening', () => {
    expect(shown(start('first_response.async', '2026-11-20T23:00').deadline)).toBe('2026-11-23T09:15:00');
  });

  it('warns once at eighty percent of the way, then breaches once', () => {
    const clock = start('first_response.email', TEN);
    expect(shown(clock.warnAt)).toBe('2026-11-17T13:12:00');
    expect(lookAtClock(clock, at('2026-11-17T13:11:59')).changes).toEqual([]);
    const warned = lookAtClock(clock, at('2026-11-17T13:12'));
    expect(warned).toMatchObject({ changes: ['warned'], clock: { warned: true, state: 'running' } });
    expect(lookAtClock(warned.clock, at('2026-11-17T14:00')).changes).toEqual([]);
    const breached = lookAtClock(warned.clock, at('2026-11-17T14:00:01'));
    expect(breached).toMatchObject({ changes: ['breached'], clock: { state: 'breached', breachedAt: clock.deadline, endedAt: null } });
    expect(lookAtClock(breached.clock, at('2026-11-18T14:00')).changes).toEqual([]);
  });

  it('that nobody has looked at for long breaches without a belated warning', () => {
    expect(lookAtClock(start('first_response.email', TEN), at('2026-12-17T14:00')).changes).toEqual(['breached']);
  });
});

describe('what stops it', () => {
  it.each<[string, string, Partial<Answer>, boolean]>([
    ['a person stops a response clock', 'first_response.async', {}, true],
    ['a person on the phone does too', 'first_response.async', { written: false }, true],
    ['a machine never does', 'first_response.async', { by: 'machine', acknowledges: true }, false],
    ['an automatic written receipt stops the acknowledgement clock', 'ack.default', { by: 'machine', acknowledges: true }, true],
    ['an automatic word that is no receipt does not', 'ack.default', { by: 'machine' }, false],
    ['a person in writing does', 'ack.default', {}, true],
    ['a call does not', 'ack.default', { written: false }, false],
    ['a call that is noted in the file does', 'ack.default', { written: false, noted: true }, true],
    ['an answer from before it started does not', 'first_response.async', { at: at('2026-11-17T09:59:59') }, false],
  ])('%s', (_name, id, change, stops) => {
    const { clock, changes } = meetClock(start(id, TEN), answer('2026-11-17T10:05', change));
    expect(changes).toEqual(stops ? ['met'] : []);
    expect(clock.state).toBe(stops ? 'met' : 'running');
  });

  it('too late is a breach, and stays one', () => {
    const { clock, changes } = meetClock(start('first_response.async', TEN), answer('2026-11-17T10:15:01'));
    expect(changes).toEqual(['breached', 'met']);
    expect(clock).toMatchObject({ state: 'breached', endedAt: at('2026-11-17T10:15:01'), endedBy: { message: 'm' } });
    expect(meetClock(clock, answer('2026-11-17T11:00')).changes).toEqual([]);
  });

  it('closing the conversation cancels it without making it met', () => {
    expect(cancelClock(start('first_response.async', TEN), at('2026-11-17T10:05'), 'resolved')).toMatchObject({
      changes: ['canceled'],
      clock: { state: 'canceled' },
    });
  });
});

describe('a pause', () => {
  it('moves deadline and warning by exactly the open time that was not counted', () => {
    const paused = pauseClock(start('first_response.email', TEN), at('2026-11-17T13:00'), 'message:1').clock;
    expect(lookAtClock(paused, at('2026-11-30T00:00')).changes).toEqual([]);
    const { clock } = resumeClock(paused, at('2026-11-18T09:30'), 'message:2');
    expect(shown(clock.deadline)).toBe('2026-11-18T10:30:00');
    expect(shown(clock.warnAt)).toBe('2026-11-18T09:42:00');
    expect(clock.pauses).toEqual([
      {
        from: at('2026-11-17T13:00').toISOString(),
        to: at('2026-11-18T09:30').toISOString(),
        evidence: 'message:1',
        resumedBy: 'message:2',
      },
    ]);
  });

  it('over a weekend in which nobody works moves nothing', () => {
    const clock = start('first_response.email', '2026-11-20T17:00');
    const resumed = resumeClock(pauseClock(clock, at('2026-11-20T18:00'), 'x').clock, at('2026-11-23T08:00'), 'y').clock;
    expect(resumed.deadline).toEqual(clock.deadline);
  });

  it.each<[string, ClockPolicy, string]>([
    ['working days by working days', { ...policy('ack.US-VA'), canPause: true }, '2026-12-03T23:59:59'],
    ['calendar days by real time', { ...policy('ack.US-CA'), canPause: true }, '2026-12-06T23:59:59'],
  ])('moves %s', (_name, terms, deadline) => {
    const clock = startClock(terms, shanghai, at(TEN));
    const resumed = resumeClock(pauseClock(clock, at('2026-11-20T12:00'), 'x').clock, at('2026-11-24T12:00'), 'y').clock;
    expect(shown(resumed.deadline)).toBe(deadline);
  });

  it('needs evidence, a clock that may pause, and one that runs', () => {
    const clock = start('first_response.email', TEN);
    expect(pauseClock(clock, at('2026-11-17T11:00'), '').changes).toEqual([]);
    expect(pauseClock(start('ack.strictest', TEN), at('2026-11-17T11:00'), 'x').changes).toEqual([]);
    expect(pauseClock(clock, at('2026-11-17T15:00'), 'x').changes).toEqual([]);
    expect(resumeClock(clock, at('2026-11-17T11:00'), 'x').changes).toEqual([]);
  });

  it('whenever and however often takes nothing from the time that is left', () => {
    const minutes = fc.integer({ min: 1, max: 6000 });
    fc.assert(
      fc.property(minutes, fc.array(fc.tuple(minutes, minutes), { minLength: 1, maxLength: 4 }), (early, pauses) => {
        let clock = startClock(policy('next_response.email'), shanghai, new Date(at(TEN).getTime() - early * 60_000));
        let now = clock.startedAt;
        for (const [run, rest] of pauses) {
          const stopped = new Date(now.getTime() + run * 1000);
          now = new Date(stopped.getTime() + rest * 60_000);
          if (stopped >= clock.deadline) return true;
          const left = businessTimeBetween(shanghai, stopped, clock.deadline);
          clock = resumeClock(pauseClock(clock, stopped, 'x').clock, now, 'y').clock;
          if (businessTimeBetween(shanghai, now, clock.deadline) !== left) return false;
        }
        return true;
      }),
      { numRuns: 100 },
    );
  });
});

describe('an extension', () => {
  it('gives more time and a new warning, never less', () => {
    const clock = { ...start('ack.default', TEN), warned: true };
    expect(extendClock(clock, at('2026-11-18T09:00')).changes).toEqual([]);
    expect(extendClock(clock, at('2026-11-22T10:00'))).toMatchObject({
      changes: ['extended'],
      clock: { deadline: at('2026-11-22T10:00'), warned: false, warnAt: at('2026-11-21T10:00') },
    });
  });
});

describe('which clocks start', () => {
  const occasion: ClockOccasion = {
    at: at(TEN),
    work: 'async',
    waits: true,
    answeredBefore: false,
    statesLoss: false,
    region: null,
    line: null,
  };
  const started = (change: Partial<ClockOccasion>, known: KnownClock[] = []): string[] =>
    clocksToStart({ ...occasion, ...change }, DEFAULT_CLOCK_POLICIES, known).map(({ id }) => id);

  it.each<[string, Partial<ClockOccasion>, KnownClock[], string[]]>([
    ['the first words by text', {}, [], ['first_response.async']],
    ['the first words by chat', { work: 'chat' }, [], ['first_response.chat']],
    [
      'further words after an answer',
      { work: 'email', answeredBefore: true },
      [{ policy: 'first_response.email', isOver: true }],
      ['next_response.email'],
    ],
    ['further words before an answer: the first clock goes on', {}, [{ policy: 'first_response.async', isOver: false }], []],
    ['an automatic mail', { waits: false }, [], []],
    ['a loss', { statesLoss: true }, [], ['first_response.async', 'ack.default', 'ack.strictest']],
    [
      'a loss told again',
      { statesLoss: true },
      [
        { policy: 'ack.default', isOver: false },
        { policy: 'ack.strictest', isOver: false },
      ],
      ['first_response.async'],
    ],
    ['a loss that has been acknowledged', { statesLoss: true }, [{ policy: 'ack.default', isOver: true }], ['first_response.async']],
    [
      'a property loss in Florida: its own law',
      { statesLoss: true, region: 'US-FL', line: 'property' },
      [],
      ['first_response.async', 'ack.default', 'ack.US-FL.property'],
    ],
    [
      'a motor loss in Florida: that row is not verified, so the strictest stands in',
      { statesLoss: true, region: 'US-FL', line: 'motor' },
      [],
      ['first_response.async', 'ack.default', 'ack.strictest'],
    ],
    [
      'a loss in Virginia: likewise',
      { statesLoss: true, region: 'US-VA', line: 'motor' },
      [],
      ['first_response.async', 'ack.default', 'ack.strictest'],
    ],
    [
      'the claim turns out to be in Florida',
      { waits: false, statesLoss: true, region: 'US-FL', line: 'property' },
      [{ policy: 'ack.default', isOver: false }],
      ['ack.US-FL.property'],
    ],
    ['before its day', { at: at('2025-12-31T12:00') }, [], []],
  ])('%s', (_name, change, known, expected) => {
    expect(started(change, known)).toEqual(expected);
  });

  it('no statutory row is on that nobody has verified, and every one that is names where and when', () => {
    const statutory = DEFAULT_CLOCK_POLICIES.filter(({ id, source }) => id.startsWith('ack.') && source !== 'service target');
    for (const row of statutory) expect(row.enabled).toBe(row.verifiedAt !== null);
    const strictest = policy('ack.strictest').term.amount;
    expect(Math.min(...statutory.filter(({ enabled }) => enabled).map(({ term }) => term.amount))).toBe(strictest);
  });
});
