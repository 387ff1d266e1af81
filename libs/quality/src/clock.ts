import { addWorkingDays, businessTimeBetween, addBusinessTime, workingDaysBetween } from './business-time';
import type { Calendar } from './calendar';
import { deadlineOf, type ClockPolicy, type ClockTerms } from './clock-policy';

/** What stopped a clock for a while, and what proves it. Times are ISO 8601. */
export interface Pause {
  readonly from: string;
  readonly to: string;
  readonly evidence: string;
  readonly resumedBy: string;
}

/** A clock's state. Breached is not over: it goes on counting against us until it is met. */
export interface ClockState {
  readonly policy: string;
  readonly terms: ClockTerms;
  /** As it was when the clock started: a holiday declared later moves no deadline. */
  readonly calendar: Calendar;
  readonly startedAt: Date;
  readonly deadline: Date;
  readonly warnAt: Date | null;
  readonly state: 'running' | 'paused' | 'met' | 'breached' | 'canceled';
  readonly warned: boolean;
  readonly pausedAt: Date | null;
  /** What stopped it, while it is paused. */
  readonly pauseEvidence: string | null;
  readonly pauses: readonly Pause[];
  readonly breachedAt: Date | null;
  readonly endedAt: Date | null;
  readonly endedBy: Readonly<Record<string, string>> | null;
}

/** What happened to it. */
export type ClockChange = 'started' | 'warned' | 'breached' | 'met' | 'canceled' | 'paused' | 'resumed' | 'extended';

/** The clock as it is now, and what has just happened to it; nothing where the event does not concern it. */
export interface ClockDecision<State extends ClockState = ClockState> {
  readonly clock: State;
  readonly changes: readonly ClockChange[];
}

/** An answer to the customer. */
export interface Answer {
  readonly at: Date;
  readonly messageId: string;
  readonly by: 'person' | 'machine';
  /** In writing, as opposed to a call or a visit. */
  readonly written: boolean;
  /** Spoken words count as an acknowledgement where a note of them is in the file. */
  readonly noted: boolean;
  /** Whether it says what a receipt has to say. A person's written answer always does. */
  readonly acknowledges: boolean;
}

const unchanged = <State extends ClockState>(clock: State): ClockDecision<State> => ({ clock, changes: [] });

export function startClock(policy: ClockPolicy, calendar: Calendar, at: Date): ClockState {
  const { stops, term, roll, warnAt, warnAgainAt, canPause } = policy;
  const deadline = deadlineOf(policy, calendar, at);
  return {
    policy: policy.id,
    terms: { stops, term, roll, warnAt, ...(warnAgainAt !== undefined && { warnAgainAt }), canPause },
    calendar,
    startedAt: at,
    deadline,
    warnAt: warningOf({ startedAt: at, deadline, terms: policy, calendar }),
    state: 'running',
    warned: false,
    pausedAt: null,
    pauseEvidence: null,
    pauses: [],
    breachedAt: null,
    endedAt: null,
    endedBy: null,
  };
}

/** Stops it for a while. Nothing happens without evidence, to a clock that may not pause, or to one that is not running. */
export function pauseClock<State extends ClockState>(clock: State, at: Date, evidence: string): ClockDecision<State> {
  if (clock.state !== 'running' || !clock.terms.canPause || !evidence || at >= clock.deadline) return unchanged(clock);
  return { clock: { ...clock, state: 'paused', pausedAt: at, pauseEvidence: evidence }, changes: ['paused'] };
}

/** Goes on; the deadline has moved by exactly the time that was not counted. */
export function resumeClock<State extends ClockState>(clock: State, at: Date, resumedBy: string): ClockDecision<State> {
  const { pausedAt } = clock;
  if (clock.state !== 'paused' || !pausedAt) return unchanged(clock);
  const pause: Pause = { from: pausedAt.toISOString(), to: at.toISOString(), evidence: clock.pauseEvidence ?? '', resumedBy };
  const deadline = shifted(clock, clock.deadline, pausedAt, at);
  const warnAt = clock.warnAt && shifted(clock, clock.warnAt, pausedAt, at);
  return {
    clock: { ...clock, state: 'running', pausedAt: null, pauseEvidence: null, pauses: [...clock.pauses, pause], deadline, warnAt },
    changes: ['resumed'],
  };
}

/** An answer has gone out. It ends a clock that wanted just that; an automatic one never ends a clock that wants a person. */
export function meetClock<State extends ClockState>(clock: State, answer: Answer): ClockDecision<State> {
  if (clock.endedAt || !suffices(clock.terms, answer) || answer.at < clock.startedAt) return unchanged(clock);
  const { clock: judged, changes } = lookAtClock(clock, answer.at);
  const state = judged.state === 'breached' ? 'breached' : 'met';
  const endedBy = { message: answer.messageId, by: answer.by };
  return {
    clock: { ...judged, state, endedAt: answer.at, endedBy },
    changes: [...changes.filter((change) => change === 'breached'), 'met'],
  };
}

/** What it waited for has happened, whatever that is: for clocks that no answer ends by itself. A breach stays one. */
export function finishClock<State extends ClockState>(
  clock: State,
  at: Date,
  endedBy: Readonly<Record<string, string>>,
): ClockDecision<State> {
  if (clock.endedAt) return unchanged(clock);
  const { clock: judged, changes } = lookAtClock(clock, at);
  const state = judged.state === 'breached' ? 'breached' : 'met';
  const breached = changes.filter((change) => change === 'breached');
  return { clock: { ...judged, state, endedAt: at, endedBy }, changes: [...breached, 'met'] };
}

/** Ends it without an answer: there is nothing left to be answered. */
export function cancelClock<State extends ClockState>(clock: State, at: Date, cause: string): ClockDecision<State> {
  if (clock.endedAt) return unchanged(clock);
  const state = clock.state === 'breached' ? 'breached' : 'canceled';
  return { clock: { ...clock, state, endedAt: at, endedBy: { cause } }, changes: ['canceled'] };
}

/** Gives more time, for a reason and on somebody's word; both stay with the clock's events and in the audit. Never less time, never after a breach. */
export function extendClock<State extends ClockState>(clock: State, until: Date): ClockDecision<State> {
  if (clock.state !== 'running' || until <= clock.deadline) return unchanged(clock);
  const extended = { ...clock, deadline: until, warned: false };
  return { clock: { ...extended, warnAt: warningOf(extended) }, changes: ['extended'] };
}

/** What time has done to it: a warning, a breach, or nothing yet. A paused clock stands still. */
export function lookAtClock<State extends ClockState>(clock: State, now: Date): ClockDecision<State> {
  if (clock.state !== 'running' || clock.endedAt) return unchanged(clock);
  if (now > clock.deadline)
    return { clock: { ...clock, state: 'breached', breachedAt: clock.deadline, warned: true }, changes: ['breached'] };
  if (clock.warned || !clock.warnAt || now < clock.warnAt) return unchanged(clock);
  const { warnAgainAt } = clock.terms;
  const again = warnAgainAt === undefined ? null : warningOf({ ...clock, terms: { ...clock.terms, warnAt: warnAgainAt } });
  // The second warning takes the place of the first one.
  if (again && again > clock.warnAt && again > now) return { clock: { ...clock, warnAt: again }, changes: ['warned'] };
  return { clock: { ...clock, warned: true }, changes: ['warned'] };
}

function suffices(terms: ClockTerms, answer: Answer): boolean {
  if (terms.stops === 'complaint' || terms.stops === 'resolution') return false;
  if (terms.stops === 'human-reply') return answer.by === 'person';
  if (!answer.written) return answer.noted;
  return answer.by === 'person' || answer.acknowledges;
}

/** The moment of the warning: that share of the way, in the time that the clock counts. */
function warningOf({ startedAt, deadline, terms, calendar }: Pick<ClockState, 'startedAt' | 'deadline' | 'terms' | 'calendar'>): Date {
  if (terms.term.unit !== 'business-minutes')
    return new Date(startedAt.getTime() + (deadline.getTime() - startedAt.getTime()) * terms.warnAt);
  return addBusinessTime(calendar, startedAt, Math.floor(businessTimeBetween(calendar, startedAt, deadline) * terms.warnAt));
}

function shifted({ terms, calendar }: ClockState, moment: Date, from: Date, to: Date): Date {
  switch (terms.term.unit) {
    case 'business-minutes':
      return addBusinessTime(calendar, moment, businessTimeBetween(calendar, from, to));
    case 'working-days': {
      const days = workingDaysBetween(calendar, from, to);
      return days === 0 ? moment : addWorkingDays(calendar, moment, days);
    }
    default:
      return new Date(moment.getTime() + to.getTime() - from.getTime());
  }
}
