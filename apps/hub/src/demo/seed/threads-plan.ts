import type { DeliveryState, ReasonCode } from '@claimline/messages';
import { DEMO_CUSTOMER, DEMO_CUSTOMERS, DEMO_PEOPLE, LAWYER, ON_LEAVE, SIBLINGS, type DemoCustomer, type DemoPerson } from './cast';
import type { Chance } from './chance';
import { SPECIAL_CLAIMS, type ClaimStep, type PlannedClaim } from './claims-plan';
import { enquiriesOf, FIRST_WORDS, NOTICE_TEXTS, scriptsOf, type Turn } from './dialogues';

export type DemoChannel = 'twilio-sms' | 'twilio-voice' | 'email' | 'wechat';

/** One entry of a thread, before it has ids. */
export interface PlannedMessage {
  readonly turn: Turn;
  readonly at: Date;
  readonly channel: DemoChannel;
  /** The colleague who wrote it; null: the customer, or a rule of ours. */
  readonly author: DemoPerson | null;
  readonly subject?: string;
  readonly cc?: readonly string[];
  /** A notice of the claim, by its code. */
  readonly notice?: string;
  /** How the delivery ended, where it did not simply arrive. */
  readonly fate?: { readonly state: DeliveryState; readonly reason?: ReasonCode; readonly vendorCode?: string };
  /** A call that nobody answered, or that was. */
  readonly call?: { readonly outcome: 'answered' | 'no-answer' | 'voicemail'; readonly seconds: number; readonly inbound: boolean };
}

/** A conversation as the demo begins with it. */
export interface PlannedThread {
  readonly customer: DemoCustomer;
  /** Several people write from this address: whose it is has not been said. */
  readonly shared?: boolean;
  readonly claim: PlannedClaim | null;
  readonly channel: DemoChannel;
  readonly status: 'open' | 'snoozed' | 'resolved';
  /** Null: it waits for somebody. */
  readonly assignee: DemoPerson | null;
  readonly labels: readonly string[];
  readonly toFile?: boolean;
  readonly subject?: string;
  readonly messages: readonly PlannedMessage[];
}

export const THREAD_COUNT = 180;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** How a thread of the crowd stands: long done, answered and open, asleep, or waiting for us since so many minutes. */
type Standing = { readonly is: 'resolved' | 'answered' | 'snoozed' } | { readonly is: 'waiting'; readonly minutes: number };

// Some wait within their clock, some beyond it; most have been answered.
const WAITING_MINUTES = [3, 130, 9, 41, 20, 310, 6, 95, 12, 600, 25, 55, 17, 1_500, 210, 4];

interface Plan {
  readonly now: Date;
  readonly chance: Chance;
}

/** The threads of the crowd: one for most claims, and questions that belong to none. `taken` counts those that are planned elsewhere. */
export function planThreads(claims: readonly PlannedClaim[], taken: number, plan: Plan): PlannedThread[] {
  const withThread = claims.filter((claim, index) => !(index in SPECIAL_CLAIMS) || index === 0 || index === 8).slice(0, 108);
  let waiting = 0;
  const ofClaims = withThread.map((claim, index) => {
    const isClosed = claim.change.stage === 'closed';
    const standing: Standing =
      isClosed || index % 3 === 1
        ? { is: 'resolved' }
        : index % 11 === 5
          ? { is: 'snoozed' }
          : index % 4 === 2 && waiting < WAITING_MINUTES.length
            ? { is: 'waiting', minutes: WAITING_MINUTES[waiting++]! }
            : { is: 'answered' };
    return claimThread(claim, standing, plan);
  });
  const strangers = FIRST_WORDS.map(({ language, script }, index) =>
    firstWords(DEMO_CUSTOMERS.filter((one) => one.language === language && one.kind === 'person').at(-2 - index)!, script, plan),
  );
  const rest = THREAD_COUNT - taken - ofClaims.length - strangers.length;
  const enquiries = Array.from({ length: rest }, (_, index) => enquiry(enquirers[(index * 5) % enquirers.length]!, plan));
  return [...ofClaims, ...strangers, ...enquiries];
}

const enquirers = DEMO_CUSTOMERS.filter(({ kind, key }) => kind === 'person' && ![DEMO_CUSTOMER, LAWYER, ...SIBLINGS].includes(key));

function claimThread(claim: PlannedClaim, standing: Standing, { now, chance }: Plan): PlannedThread {
  const channel = channelFor(claim.policyholder, chance);
  const script = cut(chance.pick(scriptsOf(claim.line, claim.language)), standing);
  const reported = claim.steps[0]!.at;
  const end = endOf(standing, { reported, until: claim.steps.at(-1)!.at, now, chance });
  const words = spread(script, { from: reported, end, chance }).map(({ turn, at }): PlannedMessage => ({
    turn,
    at,
    channel: turn.who === 'call' ? 'twilio-voice' : channel,
    author: turn.who === 'in' ? null : claim.handler,
    ...(turn.who === 'call' && { call: { outcome: 'answered', seconds: chance.between(60, 420), inbound: true } }),
  }));
  const notices = noticesOf(claim, channel).filter(({ at }) => at <= now && (standing.is !== 'waiting' || at < end));
  return {
    customer: claim.policyholder,
    claim,
    channel,
    labels: [],
    messages: [...words, ...notices].sort((a, b) => a.at.getTime() - b.at.getTime()),
    status: standing.is === 'resolved' ? 'resolved' : standing.is === 'snoozed' ? 'snoozed' : 'open',
    assignee: standInFor(claim.handler),
    subject: channel === 'email' ? `${claim.language === 'en' ? 'Claim' : '案件'} ${claim.change.claimNumber}` : undefined,
  };
}

/** Who answers for somebody: their delegate while they are on leave. */
export function standInFor(handler: DemoPerson): DemoPerson {
  return handler.key === ON_LEAVE.key ? DEMO_PEOPLE.find(({ key }) => key === ON_LEAVE.delegate)! : handler;
}

export function channelFor(customer: DemoCustomer, chance: Chance): DemoChannel {
  if (customer.email && (!customer.phone || chance.isLucky(0.25))) return 'email';
  return customer.wechat && chance.isLucky(0.65) ? 'wechat' : 'twilio-sms';
}

// A thread that waits ends with the customer's words, one that does not ends with ours.
function cut(script: readonly Turn[], standing: Standing): readonly Turn[] {
  const last = standing.is === 'waiting' ? 'in' : 'out';
  const index = script.map(({ who }) => who).lastIndexOf(last);
  return standing.is === 'resolved' || index < 0 ? script : script.slice(0, index + 1);
}

function endOf(standing: Standing, { reported, until, now, chance }: Plan & { readonly reported: Date; readonly until: Date }): Date {
  if (standing.is === 'waiting') return new Date(now.getTime() - standing.minutes * MINUTE);
  const latest =
    standing.is === 'resolved'
      ? Math.min(until.getTime() + 6 * HOUR, now.getTime() - 20 * HOUR)
      : now.getTime() - chance.between(40, 70 * 60) * MINUTE;
  return new Date(Math.max(latest, reported.getTime() + HOUR));
}

/** Lays turns out in time: the first soon after `from`, the last at `end`, answers nearer to their question than questions to each other. */
function spread(
  script: readonly Turn[],
  { from, end, chance }: { readonly from: Date; readonly end: Date; readonly chance: Chance },
): { turn: Turn; at: Date }[] {
  const weights = script.map(({ who }, index) => (index === 0 ? 0 : (who === 'out' ? 1 : 4) * (0.5 + chance.next())));
  const total = weights.reduce((sum, weight) => sum + weight, 0) || 1;
  const span = Math.min(Math.max(end.getTime() - from.getTime(), 0), 6 * 24 * HOUR);
  let gone = 0;
  return script.map((turn, index) => {
    gone += weights[index]!;
    return { turn, at: new Date(end.getTime() - span * (1 - gone / total)) };
  });
}

const CODES: Readonly<Record<string, string>> = {
  reported: 'fnol_received',
  acknowledged: 'handler_assigned',
  documents: 'documents_needed',
  investigation: 'progress_update',
  settlement: 'offer_ready',
  closed: 'claim_closed',
  'decided approved_full': 'decision_approved',
  'decided denied': 'decision_denied',
  'payment issued': 'payment_issued',
  'payment failed': 'payment_failed',
};

/** The notice that belongs to a step, if one does. */
export const noticeCodeOf = ({ stage, subStatus }: ClaimStep): string | undefined => CODES[`${stage} ${subStatus}`] ?? CODES[stage];

/** What we told about the last steps of a claim. */
export function noticesOf(claim: PlannedClaim, channel: DemoChannel): PlannedMessage[] {
  return claim.steps.slice(-3).flatMap((step): PlannedMessage[] => {
    const code = noticeCodeOf(step);
    if (!code) return [];
    const text = NOTICE_TEXTS[code]![claim.language].replace('{ref}', claim.change.claimNumber.slice(-4)).replace(
      '{handler}',
      claim.handler.name,
    );
    return [{ turn: { who: 'out', text }, at: new Date(step.at.getTime() + 900), channel, author: null, notice: code }];
  });
}

function firstWords(customer: DemoCustomer, script: readonly Turn[], { now, chance }: Plan): PlannedThread {
  const channel = channelFor(customer, chance);
  const at = new Date(now.getTime() - chance.between(2, 14) * MINUTE);
  return {
    customer,
    claim: null,
    channel,
    status: 'open',
    // Who writes Chinese waits for whoever comes online first; the others have somebody who reads them.
    assignee: customer.language === 'en' ? DEMO_PEOPLE.find(({ key }) => key === 'daniel.kim')! : null,
    labels: ['new-loss'],
    messages: script.map((turn) => ({ turn, at, channel, author: null })),
  };
}

function enquiry(customer: DemoCustomer, { now, chance }: Plan): PlannedThread {
  const channel = channelFor(customer, chance);
  const end = new Date(now.getTime() - chance.between(30, 44 * 24) * HOUR);
  const staff = DEMO_PEOPLE.filter((one) => one.profile && one.locale === customer.language);
  const assignee = chance.pick(staff);
  const messages = spread(chance.pick(enquiriesOf(customer.language)), {
    from: new Date(end.getTime() - chance.between(1, 30) * HOUR),
    end,
    chance,
  }).map(({ turn, at }): PlannedMessage => ({
    turn,
    at,
    channel: turn.who === 'call' ? 'twilio-voice' : channel,
    author: turn.who === 'in' ? null : assignee,
    ...(turn.who === 'call' && { call: { outcome: 'answered', seconds: chance.between(45, 200), inbound: true } }),
  }));
  return { customer, claim: null, channel, status: 'resolved', assignee, labels: [], messages };
}
