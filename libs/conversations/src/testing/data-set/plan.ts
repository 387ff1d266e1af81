import { fractionOf, mix } from './chance';

/** How many rows the data set has; `at` is its present moment. The same sizes, seed and moment make the same rows. */
export interface DataSetSizes {
  readonly contacts: number;
  readonly conversations: number;
  readonly messages: number;
  readonly seed?: number;
  readonly at?: Date;
}

export type Status = 'open' | 'snoozed' | 'resolved';

const DAY_MS = 86_400_000;
const HISTORY_DAYS = 1095;
/** The one conversation that went on and on. */
export const LONG = 0;
const LONG_MESSAGES = 20_000;
const BOUND_SHARE = 0.2;
const UNRESOLVED_SHARE = 0.15;
/** Of what is not resolved, a third is put off. */
const SNOOZED_OF_UNRESOLVED = 1 / 3;

/** Who talks about what and when: everything that rows of several tables must agree on. */
export interface Plan {
  readonly sizes: Required<DataSetSizes>;
  readonly seed: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly claims: number;
  readonly contactOf: Int32Array;
  /** -1: about no claim. Two conversations share a claim: the policyholder's and the other party's. */
  readonly claimOf: Int32Array;
  /** The first conversation of each claim. */
  readonly firstOfClaim: Int32Array;
  readonly openedMs: Float64Array;
  readonly statusOf: readonly Status[];
  readonly firstMessage: Int32Array;
  /** Every message in the order of time, as seconds after the start and the message's number in one value; see {@link messageAt}. */
  readonly timeline: Float64Array;
}

const NUMBERS = 2 ** 26;

/** Reads an entry of the timeline. */
export const messageAt = (plan: Plan, entry: number): { readonly message: number; readonly ms: number } => ({
  message: entry % NUMBERS,
  ms: plan.startMs + Math.floor(entry / NUMBERS) * 1000,
});

export function planDataSet(wish: DataSetSizes): Plan {
  const seed = wish.seed ?? 1;
  const at = wish.at ?? new Date();
  const sizes = { ...wish, seed, at };
  const endMs = Math.floor(at.getTime() / 1000) * 1000;
  const startMs = endMs - HISTORY_DAYS * DAY_MS;
  const openedMs = openings(sizes, startMs);
  const bound = bindClaims(sizes);
  const statusOf = statuses(sizes, bound);
  const firstMessage = shareMessages(sizes);
  const plan = { sizes, seed, startMs, endMs, ...bound, openedMs, statusOf, firstMessage };
  return { ...plan, timeline: timelineOf(plan) };
}

// As many each day as the day before: a hub that has run for three years.
function openings({ conversations, seed }: Required<DataSetSizes>, startMs: number): Float64Array {
  const span = (HISTORY_DAYS * DAY_MS * 0.999) / conversations;
  return Float64Array.from({ length: conversations }, (_, n) => startMs + (n + fractionOf(seed ^ 1, n)) * span);
}

type Bound = Pick<Plan, 'claims' | 'contactOf' | 'claimOf' | 'firstOfClaim'>;

function bindClaims({ contacts, conversations, seed }: Required<DataSetSizes>): Bound {
  const contactOf = Int32Array.from({ length: conversations }, (_, n) => mix(seed ^ 2, n) % contacts);
  const claimOf = new Int32Array(conversations).fill(-1);
  const bound: number[] = [];
  for (let n = 1; n < conversations; n++) if (fractionOf(seed ^ 3, n) < BOUND_SHARE) bound.push(n);
  const claims = Math.floor(bound.length / 2);
  const firstOfClaim = new Int32Array(claims);
  for (let claim = 0; claim < claims; claim++) {
    const [one, other] = [bound[claim * 2]!, bound[claim * 2 + 1]!];
    firstOfClaim[claim] = one;
    claimOf[one] = claimOf[other] = claim;
    if (contactOf[one] === contactOf[other]) contactOf[other] = (contactOf[other]! + 1) % contacts;
  }
  return { claims, contactOf, claimOf, firstOfClaim };
}

// Somebody has one open conversation about nothing in particular: their latest. The rest of what is open is about claims, mostly young ones.
function statuses({ contacts, conversations, seed }: Required<DataSetSizes>, { contactOf, claimOf }: Bound): Status[] {
  const unresolved = new Set([LONG]);
  const taken = new Set([contactOf[LONG]!]);
  for (let n = conversations - 1; n > 0; n--) {
    if (claimOf[n] !== -1 || taken.has(contactOf[n]!)) continue;
    taken.add(contactOf[n]!);
    if (fractionOf(seed ^ 4, contactOf[n]!) < 0.8) unresolved.add(n);
    if (taken.size === contacts) break;
  }
  const wanted = Math.round(conversations * UNRESOLVED_SHARE);
  for (let n = conversations - 1; n > 0 && unresolved.size < wanted; n--)
    if (claimOf[n] !== -1 && fractionOf(seed ^ 5, n) < 0.9) unresolved.add(n);
  return Array.from({ length: conversations }, (_, n) => {
    if (!unresolved.has(n)) return 'resolved';
    return n !== LONG && fractionOf(seed ^ 6, n) < SNOOZED_OF_UNRESOLVED ? 'snoozed' : 'open';
  });
}

// Most are short, a few are long; every conversation has at least one and all together have exactly as many as are wished.
function shareMessages({ conversations, messages, seed }: Required<DataSetSizes>): Int32Array {
  const long = Math.min(LONG_MESSAGES, Math.floor(messages / 5));
  const spare = messages - long - (conversations - 1);
  if (spare < 0) throw new RangeError('every conversation has at least one message: ask for more messages');
  const reach = new Float64Array(conversations + 1);
  for (let n = 1; n < conversations; n++) reach[n + 1] = reach[n]! - Math.log(1 - fractionOf(seed ^ 7, n));
  const all = reach[conversations]! || 1;
  return Int32Array.from({ length: conversations + 1 }, (_, n) => (n === 0 ? 0 : long + (n - 1) + Math.floor((reach[n]! / all) * spare)));
}

type Planned = Omit<Plan, 'timeline'>;

function timelineOf(plan: Planned): Float64Array {
  const { sizes, firstMessage, startMs } = plan;
  if (sizes.messages >= NUMBERS) throw new RangeError(`at most ${NUMBERS} messages`);
  const timeline = new Float64Array(sizes.messages);
  for (let n = 0; n < sizes.conversations; n++) {
    const [first, end] = [firstMessage[n]!, firstMessage[n + 1]!];
    const begun = plan.openedMs[n]!;
    const span = lastWordMs(plan, n) - begun;
    for (let message = first; message < end; message++) {
      const place = message === first ? 0 : (message - first + fractionOf(plan.seed ^ 8, message) * 0.9) / (end - first);
      timeline[message] = Math.floor((begun + span * place - startMs) / 1000) * NUMBERS + message;
    }
  }
  return timeline.sort();
}

// What is resolved took hours or weeks; what is not goes on until lately.
function lastWordMs({ statusOf, openedMs, endMs, seed }: Planned, n: number): number {
  const part = fractionOf(seed ^ 9, n);
  if (statusOf[n] === 'resolved') return Math.min(endMs, openedMs[n]! + part * part * 20 * DAY_MS);
  return n === LONG ? endMs : Math.max(openedMs[n]!, endMs - part * part * 13 * DAY_MS);
}
