import type { LineOfBusiness } from '@claimline/messages';
import { addBusinessTime, addCalendarDays, addHours, addWorkingDays, type Roll } from './business-time';
import type { Calendar } from './calendar';

/** How long a clock runs. `business-minutes` are open minutes of the calendar; `hours` are real hours; days end at midnight of the calendar's zone. */
export interface Term {
  readonly amount: number;
  readonly unit: 'business-minutes' | 'hours' | 'working-days' | 'calendar-days';
}

/** What of a policy a running clock keeps, so that a later change of the policy does not touch it. */
export interface ClockTerms {
  /** `human-reply`: an answer by a person, never an automatic one. `acknowledgement`: written words of anybody, or spoken ones that are logged with a note. `complaint`: a step of the complaint, no answer by itself. `resolution`: the conversation is resolved. */
  readonly stops: 'human-reply' | 'acknowledgement' | 'complaint' | 'resolution';
  readonly term: Term;
  readonly roll: Roll;
  /** Share of the way after which people are warned. */
  readonly warnAt: number;
  /** A second share at which they are warned once more. */
  readonly warnAgainAt?: number;
  /** Whether an evidenced event may stop it for a while. */
  readonly canPause: boolean;
}

/** A rule of service: which event starts a clock, and by when what has to have happened (claims-and-sla.md §4.5). */
export interface ClockPolicy extends ClockTerms {
  /** Stored with every clock: never renamed. */
  readonly id: string;
  /** `first-message`: the customer writes and no person has answered yet. `next-message`: they write again. `loss-stated`: a loss is told, in whatever form. `complaint`: a complaint is opened. `callback-issue`: somebody called after the end tells of a problem. */
  readonly starts: 'first-message' | 'next-message' | 'loss-stated' | 'complaint' | 'callback-issue';
  /** Only for this kind of conversation. */
  readonly work?: 'chat' | 'async' | 'email';
  /** Only for claims in this region (and its parts) and of these lines. */
  readonly region?: string;
  readonly lines?: readonly LineOfBusiness[];
  readonly effectiveFrom: string;
  readonly enabled: boolean;
  readonly source: string;
  /** The day on which somebody read the source itself; null: nobody has, and a statutory row stays off. */
  readonly verifiedAt: string | null;
}

/** The moment by which it has to be done, for a clock that starts at `from`. */
export function deadlineOf({ term, roll }: Pick<ClockTerms, 'term' | 'roll'>, calendar: Calendar, from: Date): Date {
  switch (term.unit) {
    case 'business-minutes':
      return addBusinessTime(calendar, from, term.amount * 60_000);
    case 'hours':
      return addHours(calendar, from, term.amount, roll);
    case 'working-days':
      return addWorkingDays(calendar, from, term.amount);
    case 'calendar-days':
      return addCalendarDays(calendar, from, term.amount, roll);
  }
}

const response = (work: 'chat' | 'async' | 'email', minutes: number): ClockPolicy[] =>
  (['first', 'next'] as const).map((turn) => ({
    id: `${turn}_response.${work}`,
    starts: `${turn}-message`,
    stops: 'human-reply',
    work,
    // A further message may wait twice as long as the first one.
    term: { amount: turn === 'first' ? minutes : 2 * minutes, unit: 'business-minutes' },
    roll: 'none',
    warnAt: 0.8,
    canPause: true,
    effectiveFrom: '2026-01-01',
    enabled: true,
    source: 'service target',
    verifiedAt: null,
  }));

const statute = (id: string, term: Term, source: string, only: Partial<ClockPolicy> = {}): ClockPolicy => ({
  id,
  starts: 'loss-stated',
  stops: 'acknowledgement',
  term,
  roll: 'none',
  warnAt: 0.8,
  canPause: false,
  effectiveFrom: '2026-01-01',
  enabled: false,
  source,
  verifiedAt: null,
  ...only,
});

const complaint = (id: string, term: Term, source: string, over: Partial<ClockPolicy> = {}): ClockPolicy =>
  statute(id, term, source, { starts: 'complaint', stops: 'complaint', enabled: true, ...over });

/** Read in the Florida Legislature's own copy of the 2024 statutes: seven calendar days, and what is not written is noted in the claim file. */
const FLORIDA = { source: 'F.S. 627.70131(1)(a), leg.state.fl.us', verifiedAt: '2026-11-22', enabled: true };

/** A problem that somebody tells of when they are called after their claim has ended is solved by then (claims-and-sla.md §4.5). */
export const CALLBACK_ISSUE = 'callback_issue.CN';

/**
 * The clocks that a new installation runs. Statutory rows that nobody has verified are listed and off; the strictest verified one
 * (`ack.strictest`) stands behind every claim whose region has none of its own (corrections.md 3).
 */
export const DEFAULT_CLOCK_POLICIES: readonly ClockPolicy[] = [
  ...response('chat', 1),
  ...response('async', 15),
  ...response('email', 4 * 60),
  statute('ack.default', { amount: 24, unit: 'hours' }, 'service target', { enabled: true }),
  statute('ack.strictest', { amount: 7, unit: 'calendar-days' }, FLORIDA.source, FLORIDA),
  statute('ack.US-FL.property', { amount: 7, unit: 'calendar-days' }, FLORIDA.source, { ...FLORIDA, region: 'US-FL', lines: ['property'] }),
  statute('ack.US-FL', { amount: 14, unit: 'calendar-days' }, 'Fla. Admin. Code 69O-166.024', { region: 'US-FL' }),
  statute('ack.US-VA', { amount: 10, unit: 'working-days' }, '14VAC5-400-50', { region: 'US-VA' }),
  statute('ack.US-AK', { amount: 10, unit: 'working-days' }, '3 AAC 26.040', { region: 'US-AK' }),
  statute('ack.US-CA', { amount: 15, unit: 'calendar-days' }, '10 CCR 2695.5', { region: 'US-CA' }),
  // On although nobody has verified the rule: its fifteen days are those of the service target, so nobody waits longer by it.
  complaint('complaint.CN', { amount: 15, unit: 'calendar-days' }, 'service target, after 银行业保险业消费投诉处理管理办法 (2020)', {
    region: 'CN',
    warnAt: 0.5,
    warnAgainAt: 0.8,
  }),
  complaint('complaint.default', { amount: 15, unit: 'calendar-days' }, 'service target'),
  complaint('complaint.ack', { amount: 1, unit: 'working-days' }, 'service target'),
  statute(CALLBACK_ISSUE, { amount: 15, unit: 'calendar-days' }, 'service target, after 人身保险业务基本服务规定 (2010)', {
    starts: 'callback-issue',
    stops: 'resolution',
    enabled: true,
  }),
  complaint('complaint.progress', { amount: 5, unit: 'working-days' }, 'service target'),
];
