import type { ClaimChange, ToldParty } from '@claimline/claims';
import type { LineOfBusiness, Stage } from '@claimline/messages';
import { DEMO_BRAND, DEMO_CUSTOMER, DEMO_CUSTOMERS, DEMO_PEOPLE, LAWYER, SIBLINGS, type DemoCustomer, type DemoPerson } from './cast';
import type { Chance } from './chance';

/** One step in a claim's life. */
export interface ClaimStep {
  readonly stage: Stage;
  readonly subStatus: string | null;
  readonly at: Date;
}

/** A claim as the claim core of the demo has it: how it stands, and how it came there. */
export interface PlannedClaim {
  readonly change: ClaimChange;
  readonly policyholder: DemoCustomer;
  /** Others with a part in it who write to us. */
  readonly others: readonly DemoCustomer[];
  readonly line: LineOfBusiness;
  readonly language: 'zh-CN' | 'en';
  readonly handler: DemoPerson;
  readonly steps: readonly ClaimStep[];
}

/** The storm: many claims of one night. */
export const STORM = 'CAT-2026-TY21';
export const CLAIM_COUNT = 120;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MAIN: readonly Stage[] = [
  'reported',
  'acknowledged',
  'documents',
  'investigation',
  'assessment',
  'decided',
  'settlement',
  'payment',
  'closed',
];
/** How many claims stand where. */
const STANDING: readonly (readonly [Stage, number])[] = [
  ['reported', 8],
  ['acknowledged', 14],
  ['documents', 16],
  ['investigation', 18],
  ['assessment', 14],
  ['decided', 9],
  ['settlement', 6],
  ['payment', 11],
  ['closed', 24],
];
const LINES: readonly LineOfBusiness[] = [
  'motor',
  'motor',
  'motor',
  'motor',
  'property',
  'property',
  'health',
  'accident',
  'travel',
  'liability',
];
const EXPOSURES: Readonly<Partial<Record<LineOfBusiness, string>>> = {
  motor: 'own-damage',
  property: 'building',
  health: 'medical',
  accident: 'medical',
  travel: 'contents',
  liability: 'liability',
};
const NEXT_STEPS: Readonly<Partial<Record<Stage, string>>> = {
  reported: '确认承保与指定理赔员',
  acknowledged: '首次联系客户',
  documents: '等待客户补充资料',
  investigation: '查勘员现场查勘',
  assessment: '核定损失金额',
  decided: '送达核定书',
  settlement: '等待客户确认协议',
  payment: '财务支付赔款',
};

const person = (key: string): DemoPerson => DEMO_PEOPLE.find((one) => one.key === key)!;
const customer = (key: string): DemoCustomer => DEMO_CUSTOMERS.find((one) => one.key === key)!;
const people = DEMO_CUSTOMERS.filter(({ kind, key }) => kind === 'person' && key !== DEMO_CUSTOMER);

/** What sets a claim apart from the crowd. */
interface Special {
  readonly policyholder?: string;
  readonly line?: LineOfBusiness;
  readonly stage?: Stage;
  readonly subStatus?: string;
  readonly change?: Partial<ClaimChange>;
  readonly third?: { readonly customer: string; readonly representedBy?: string };
  readonly handler?: string;
}

/** By place in the list. The rest is chance. */
export const SPECIAL_CLAIMS: Readonly<Record<number, Special>> = {
  0: {
    policyholder: DEMO_CUSTOMER,
    line: 'motor',
    stage: 'closed',
    subStatus: 'paid',
    handler: 'zhang.lei',
    change: { policyNumber: 'PDAA2026310000008812', plate: '沪A·DEMO12' },
  },
  1: {
    policyholder: 'li.wei',
    line: 'liability',
    stage: 'investigation',
    handler: 'zhao.lei',
    third: { customer: 'zhou.jie', representedBy: LAWYER },
  },
  2: {
    policyholder: 'wu.xia',
    line: 'health',
    stage: 'decided',
    subStatus: 'denied',
    handler: 'chen.yutong',
    change: { flags: ['complaint'] },
  },
  3: { policyholder: 'wang.fang', line: 'motor', stage: 'payment', subStatus: 'failed', handler: 'zhang.lei' },
  4: { policyholder: 'xu.jing', line: 'liability', stage: 'assessment', handler: 'zhao.lei', change: { flags: ['litigation'] } },
  5: { policyholder: SIBLINGS[0], line: 'health', stage: 'documents', handler: 'chen.yutong' },
  6: { policyholder: SIBLINGS[1], line: 'motor', stage: 'assessment', handler: 'zhang.lei' },
  7: { policyholder: 'zhu.yan', line: 'accident', stage: 'documents', handler: 'chen.yutong', change: { flags: ['vulnerable', 'injury'] } },
  8: {
    policyholder: 'olivia.hart',
    line: 'motor',
    stage: 'assessment',
    handler: 'emma.clarke',
    third: { customer: 'marcus.reed' },
    change: { jurisdiction: 'US-CA' },
  },
};
const isStorm = (index: number): boolean => index >= 20 && index < 36;

/** A hundred and twenty claims of the last six weeks, ending now. */
export function planClaims(now: Date, chance: Chance): PlannedClaim[] {
  const stages = STANDING.flatMap(([stage, count]) => Array.from({ length: count }, () => stage));
  return Array.from({ length: CLAIM_COUNT }, (_, index) => planClaim({ index, stage: stages[(index * 37) % stages.length]!, now, chance }));
}

interface Place {
  readonly index: number;
  readonly stage: Stage;
  readonly now: Date;
  readonly chance: Chance;
}

function planClaim({ index, stage: usual, now, chance }: Place): PlannedClaim {
  const special = SPECIAL_CLAIMS[index] ?? {};
  const policyholder = special.policyholder ? customer(special.policyholder) : people[(index * 7) % people.length]!;
  const line = special.line ?? (isStorm(index) ? 'property' : chance.pick(LINES));
  const stage = special.stage ?? usual;
  const { language } = policyholder;
  const handler = person(special.handler ?? handlerFor(line, language, chance));
  const steps = stepsTo({ stage, subStatus: special.subStatus ?? null, from: lossOf(index, stage, now, chance), now, chance });
  const others = special.third ? [customer(special.third.customer)] : [];
  return { policyholder, others, line, language, handler, steps, change: changeOf({ index, special, policyholder, line, handler, steps }) };
}

function handlerFor(line: LineOfBusiness, language: 'zh-CN' | 'en', chance: Chance): string {
  if (language === 'en') return line === 'travel' || line === 'health' ? 'daniel.kim' : 'emma.clarke';
  if (line === 'motor') return chance.pick(['zhang.lei', 'wang.jianguo', 'wang.jianguo', 'zhao.lei', 'zhao.lei']);
  if (line === 'property' || line === 'travel') return chance.pick(['wang.jianguo', 'liu.yang']);
  return line === 'liability' ? 'zhao.lei' : 'chen.yutong';
}

// What has come far began long ago; the storm was eleven days ago, all at once.
function lossOf(index: number, stage: Stage, now: Date, chance: Chance): Date {
  if (isStorm(index)) return new Date(now.getTime() - 11 * DAY - chance.between(0, 10) * HOUR);
  const steps = MAIN.indexOf(stage);
  const days = Math.min(44, 1 + steps * 3 + chance.next() * (steps * 3 + 3));
  return new Date(now.getTime() - days * DAY);
}

function stepsTo({
  stage,
  subStatus,
  from,
  now,
  chance,
}: Omit<Place, 'index'> & { readonly subStatus: string | null; readonly from: Date }): ClaimStep[] {
  const denied = subStatus === 'denied';
  const path = MAIN.slice(0, MAIN.indexOf(stage) + 1).filter(
    (one) => one === stage || !((one === 'documents' || one === 'settlement') && chance.isLucky(0.5)),
  );
  const span = now.getTime() - from.getTime() - 2 * HOUR;
  return path.map((one, place) => ({
    stage: one,
    subStatus: one === stage && subStatus ? subStatus : usualSubStatus(one, denied),
    at: new Date(from.getTime() + HOUR + (span * (place + chance.next() * 0.6)) / path.length),
  }));
}

function usualSubStatus(stage: Stage, denied: boolean): string | null {
  if (stage === 'decided') return denied ? 'denied' : 'approved_full';
  if (stage === 'payment') return 'issued';
  return stage === 'closed' ? 'paid' : null;
}

interface Told {
  readonly index: number;
  readonly special: Special;
  readonly policyholder: DemoCustomer;
  readonly line: LineOfBusiness;
  readonly handler: DemoPerson;
  readonly steps: readonly ClaimStep[];
}

function changeOf({ index, special, policyholder, line, handler, steps }: Told): ClaimChange {
  const last = steps.at(-1)!;
  const number = `CLM-2026-${String(101 + index).padStart(6, '0')}`;
  const parties = partiesOf(policyholder, special);
  const exposure = {
    externalId: `${number}-1`,
    kind: EXPOSURES[line] ?? 'loss-of-use',
    party: parties[0]!.externalId,
    stage: last.stage,
    subStatus: last.subStatus ?? undefined,
  };
  return {
    claimId: `core-${1001 + index}`,
    claimNumber: number,
    version: steps.length,
    stage: last.stage,
    subStatus: last.subStatus ?? undefined,
    lineOfBusiness: line,
    jurisdiction: policyholder.language === 'en' && index % 3 === 0 ? 'US-CA' : 'CN',
    lossDate: new Date(steps[0]!.at.getTime() - HOUR).toISOString(),
    policyNumber: `PD${line.slice(0, 2).toUpperCase()}20263100${String(100_000 + index * 37)}`,
    plate: line === 'motor' ? `沪A·D${String(1000 + index)}` : undefined,
    handler: { externalId: handler.externalId!, name: handler.name },
    brand: DEMO_BRAND.key,
    policyholder: { externalId: parties[0]!.externalId },
    parties,
    exposures: special.third
      ? [exposure, { externalId: `${number}-2`, kind: 'third-party-property', party: parties[1]!.externalId, stage: last.stage }]
      : [exposure],
    catastrophe: isStorm(index) ? STORM : undefined,
    nextStep: NEXT_STEPS[last.stage],
    promisedBy: last.stage === 'closed' ? undefined : new Date(last.at.getTime() + 5 * DAY).toISOString(),
    ...special.change,
  };
}

/** The claim core's id of a customer. */
export const externalIdOf = (customer: DemoCustomer): string => `C-${customer.key}`;

function partiesOf(policyholder: DemoCustomer, { third }: Special): ToldParty[] {
  const parties = [told(policyholder, 'policyholder')];
  if (!third) return parties;
  const lawyer = third.representedBy ? customer(third.representedBy) : undefined;
  parties.push({ ...told(customer(third.customer), 'third_party'), representedBy: lawyer && externalIdOf(lawyer) });
  return lawyer ? [...parties, told(lawyer, 'attorney')] : parties;
}

const told = (one: DemoCustomer, role: string): ToldParty => ({
  externalId: externalIdOf(one),
  role,
  name: one.name,
  kind: one.kind === 'person' ? 'person' : 'organisation',
  language: one.language,
  phone: one.phone ?? undefined,
  email: one.email ?? undefined,
  wechat: one.wechat ?? undefined,
});
