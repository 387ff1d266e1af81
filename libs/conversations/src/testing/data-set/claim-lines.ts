import { searchVector } from '@claimline/messages';
import { fractionOf, idOf, mix } from './chance';
import { contactId } from './persons';
import type { Plan } from './plan';
import { line, list, moment, type Cell } from './rendering';
import type { Surroundings } from './surroundings';
import type { Tally } from './tally';
import { nameOf, writesChinese } from './wording';

const DAY_MS = 86_400_000;
// Shorter than any hub's patience with silence: a claim that is open has heard from us lately, so that nobody has to be reminded of a hundred thousand at once.
const LATELY_MS = 10 * DAY_MS;
const STAGES = ['reported', 'documents', 'investigation', 'assessment', 'settlement'] as const;
const LINES = ['motor', 'motor', 'motor', 'property', 'health', 'travel'] as const;
const RESTRICTED_SHARE = 0.02;

export const claimId = (plan: Plan, claim: number): string => idOf('claim', plan.openedMs[plan.firstOfClaim[claim]!]!, claim);
export const partyId = (plan: Plan, claim: number, which: 0 | 1): string =>
  idOf('party', plan.openedMs[plan.firstOfClaim[claim]!]!, claim * 2 + which);

/** Its number, as the claim core gives it: with the year. */
export const numberOf = (plan: Plan, claim: number): string =>
  `CLM-${new Date(plan.openedMs[plan.firstOfClaim[claim]!]!).getUTCFullYear()}-${String(claim + 1).padStart(7, '0')}`;

/** Closed to all but the group of that name. */
export const isLitigation = (plan: Plan, claim: number): boolean => fractionOf(plan.seed ^ 21, claim) < RESTRICTED_SHARE;

/** The claim's second conversation, which is the other party's. */
function otherOf(plan: Plan, claim: number): number {
  let n = plan.firstOfClaim[claim]! + 1;
  while (plan.claimOf[n] !== claim) n++;
  return n;
}

function stageOf(plan: Plan, claim: number, tally: Tally): string {
  const both = [plan.firstOfClaim[claim]!, otherOf(plan, claim)];
  const since = plan.endMs - LATELY_MS;
  const isYoung = plan.openedMs[both[0]!]! > since;
  const isOpen = isYoung || both.some((n) => plan.statusOf[n] !== 'resolved' && tally.lastOutboundMs[n]! > since);
  return isOpen ? STAGES[mix(plan.seed ^ 22, claim) % STAGES.length]! : 'closed';
}

export const CLAIM_COLUMNS =
  'id, number, external_id, brand_id, line_of_business, jurisdiction, loss_date, stage, version, policy_number, plate, handler_id, flags, words, created_at, updated_at';
export function* claimLines(plan: Plan, ground: Surroundings, tally: Tally): Generator<string> {
  for (let claim = 0; claim < plan.claims; claim++) {
    const number = numberOf(plan, claim);
    const policy = `POL${String(mix(plan.seed ^ 23, claim)).padStart(10, '0')}`;
    const plate = `B${String(mix(plan.seed ^ 24, claim) % 1_000_000).padStart(6, '0')}`;
    const names = parties(plan, claim).map(({ contact }) => nameOf(plan.seed, contact));
    const opened = plan.openedMs[plan.firstOfClaim[claim]!]!;
    const cells: Cell[] = [
      claimId(plan, claim),
      number,
      `ground-${claim}`,
      ground.brandId,
      LINES[mix(plan.seed ^ 25, claim) % LINES.length]!,
      'US-CA',
      moment(opened - DAY_MS).slice(0, 10),
      stageOf(plan, claim, tally),
      1,
      policy,
      plate,
      ground.accounts[mix(plan.seed ^ 26, claim) % ground.accounts.length]!.id,
      list(isLitigation(plan, claim) ? ['litigation'] : []),
      searchVector([number, policy, plate, ...names].join(' , ')),
      moment(opened),
      moment(opened),
    ];
    yield line(cells);
  }
}

const parties = (plan: Plan, claim: number): { role: string; contact: number }[] => [
  { role: 'policyholder', contact: plan.contactOf[plan.firstOfClaim[claim]!]! },
  { role: 'claimant', contact: plan.contactOf[otherOf(plan, claim)]! },
];

export const PARTY_COLUMNS = 'id, claim_id, external_id, role, name, contact_id, language';
export function* partyLines(plan: Plan): Generator<string> {
  for (let claim = 0; claim < plan.claims; claim++)
    for (const [which, { role, contact }] of parties(plan, claim).entries()) {
      const language = writesChinese(contact) ? 'zh-CN' : 'en';
      const id = partyId(plan, claim, which as 0 | 1);
      yield line([id, claimId(plan, claim), `party-${which}`, role, nameOf(plan.seed, contact), contactId(plan, contact), language]);
    }
}
