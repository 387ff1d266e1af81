import type { Refusal } from '@claimline/messages';

/** The six steps of a complaint, what comes before them (somebody has to look) and how it may end. */
export const COMPLAINT_STATES = [
  'draft',
  'received',
  'classified',
  'investigating',
  'proposed',
  'executing',
  'follow_up',
  'closed',
  'withdrawn',
  'dismissed',
] as const;
export type ComplaintState = (typeof COMPLAINT_STATES)[number];

/** Nothing more happens to it; a further complaint is a new one. */
export const isOver = (state: ComplaintState): boolean => state === 'closed' || state === 'withdrawn' || state === 'dismissed';

/** How the customer stands to what is proposed. */
export type Agreement = 'agreed' | 'decided_without_agreement';

/** A complaint as its steps judge it. */
export interface ComplaintFacts {
  readonly state: ComplaintState;
  readonly content: string;
  /** Null: not stated. That is a valid complaint; nobody has to know what they want to be heard. */
  readonly demand: string | null;
  /** How many speak for a group; the law wants five at most. */
  readonly representatives: number;
  readonly regulator: string | null;
  readonly category: string | null;
  readonly rootCause: string | null;
  /** Accounts that are complained about: out of every seat of the investigation. */
  readonly against: readonly string[];
  readonly officerId: string | null;
  readonly investigatorId: string | null;
  readonly proposal: string | null;
  readonly proposalOwnerId: string | null;
  readonly proposalDueAt: Date | null;
  readonly agreement: Agreement | null;
  /** The message or call in which the customer agreed. */
  readonly agreementMessageId: string | null;
  /** Where else the customer may go, named to them when it is decided without their agreement. */
  readonly routes: string | null;
  readonly outcomeMessageId: string | null;
  /** When the outcome has really left; null: not yet. */
  readonly outcomeSentAt: Date | null;
  /** 1–5, asked in the callback. */
  readonly score: number | null;
  readonly reopened: number;
  readonly endReason: string | null;
}

/** Something that a person does with a complaint. */
export type ComplaintAct =
  | {
      readonly do: 'confirm';
      readonly content: string;
      readonly demand: string | null;
      readonly against: readonly string[];
      readonly representatives: number;
      readonly officerId: string;
    }
  | { readonly do: 'dismiss'; readonly reason: string }
  | { readonly do: 'classify'; readonly category: string; readonly regulator: string | null }
  | { readonly do: 'investigate'; readonly investigatorId: string }
  | { readonly do: 'propose'; readonly text: string; readonly rootCause: string; readonly ownerId: string; readonly due: Date }
  | { readonly do: 'execute'; readonly agreement: Agreement; readonly messageId: string | null; readonly routes: string | null }
  | { readonly do: 'follow-up' }
  | { readonly do: 'score'; readonly score: number }
  | { readonly do: 'close' }
  | { readonly do: 'withdraw'; readonly reason: string };
export type ComplaintDeed = ComplaintAct['do'];

/** Why a step may not be taken. */
export const STEP_REFUSALS = [
  'not-from-here',
  'recused',
  'consent-missing',
  'routes-missing',
  'outcome-missing',
  'no-written-way',
  'no-extension',
  'approval-needed',
  'not-open',
] as const;
export type StepRefusal = (typeof STEP_REFUSALS)[number];

/** What has changed, and whether the callback has opened it again. */
export interface ComplaintDecision {
  readonly change: Partial<ComplaintFacts> & Pick<ComplaintFacts, 'state'>;
  readonly reopened: boolean;
}

const FROM: Readonly<Record<ComplaintDeed, readonly ComplaintState[]>> = {
  confirm: ['draft'],
  dismiss: ['draft'],
  classify: ['received'],
  investigate: ['classified', 'investigating'],
  propose: ['investigating', 'proposed'],
  execute: ['proposed'],
  'follow-up': ['executing'],
  score: ['follow_up'],
  close: ['follow_up'],
  withdraw: ['received', 'classified', 'investigating', 'proposed', 'executing', 'follow_up'],
};

/** What may be done now, for buttons; the same table that refuses. */
export const deedsFrom = (state: ComplaintState): ComplaintDeed[] =>
  (Object.keys(FROM) as ComplaintDeed[]).filter((deed) => FROM[deed].includes(state));

// A callback that ends with a one or a two says that the proposal was none.
const UNSATISFIED = 2;

const no = (reason: StepRefusal): Refusal<StepRefusal> => ({ refused: reason });
const to = (state: ComplaintState, change: Partial<ComplaintFacts> = {}): ComplaintDecision => ({
  change: { ...change, state },
  reopened: false,
});

/** Takes a step, or says why not. Whoever is complained about takes none and gets no seat. */
export function decideComplaint(complaint: ComplaintFacts, act: ComplaintAct, actorId: string): ComplaintDecision | Refusal<StepRefusal> {
  if (!FROM[act.do].includes(complaint.state)) return no('not-from-here');
  const against = act.do === 'confirm' ? act.against : complaint.against;
  if ([actorId, ...seatsOf(act)].some((account) => against.includes(account))) return no('recused');
  return step(complaint, act);
}

function seatsOf(act: ComplaintAct): string[] {
  if (act.do === 'investigate') return [act.investigatorId];
  return act.do === 'propose' || act.do === 'confirm' ? [act.do === 'propose' ? act.ownerId : act.officerId] : [];
}

function step(complaint: ComplaintFacts, act: ComplaintAct): ComplaintDecision | Refusal<StepRefusal> {
  switch (act.do) {
    case 'confirm': {
      const { content, demand, against, representatives, officerId } = act;
      return to('received', { content, demand, against, representatives, officerId });
    }
    case 'classify':
      return to('classified', { category: act.category, regulator: act.regulator });
    case 'investigate':
      return to('investigating', { investigatorId: act.investigatorId });
    case 'propose':
      return to('proposed', { proposal: act.text, rootCause: act.rootCause, proposalOwnerId: act.ownerId, proposalDueAt: act.due });
    case 'execute':
      return execute(act);
    case 'follow-up':
      return to('follow_up');
    case 'score':
      return scored(complaint, act.score);
    case 'close':
      return complaint.outcomeSentAt ? to('closed') : no('outcome-missing');
    case 'dismiss':
      return to('dismissed', { endReason: act.reason });
    case 'withdraw':
      return to('withdrawn', { endReason: act.reason });
  }
}

/** Only with what the customer said, or else decided with the ways named that are left to them: so nothing waits for a yes past the legal limit. */
function execute(act: ComplaintAct & { do: 'execute' }): ComplaintDecision | Refusal<StepRefusal> {
  const { agreement, messageId, routes } = act;
  if (agreement === 'agreed' && !messageId) return no('consent-missing');
  if (agreement === 'decided_without_agreement' && !routes?.trim()) return no('routes-missing');
  return to('executing', { agreement, agreementMessageId: messageId, routes });
}

/** An unhappy callback opens the proposal again, once; what follows has to be told anew. */
function scored(complaint: ComplaintFacts, score: number): ComplaintDecision {
  if (score > UNSATISFIED || complaint.reopened > 0) return to('follow_up', { score });
  const anew = { agreement: null, agreementMessageId: null, routes: null, outcomeMessageId: null, outcomeSentAt: null };
  return { change: { state: 'proposed', score, reopened: complaint.reopened + 1, ...anew }, reopened: true };
}
