import { useCallback, useState } from 'react';
import type { Language } from './words';
import type { World } from './world';

/** One step of the demo claim's life, as its claim core tells it. */
interface Step {
  readonly stage: string;
  readonly subStatus?: string;
  readonly label: Readonly<Record<Language, string>>;
}

/** The line on which the demo's claim moves. */
export const STEPS: readonly Step[] = [
  { stage: 'reported', label: { en: 'Reported', 'zh-CN': '已报案' } },
  { stage: 'acknowledged', label: { en: 'Handler assigned', 'zh-CN': '已指定理赔员' } },
  { stage: 'investigation', label: { en: 'Being reviewed', 'zh-CN': '查勘审核中' } },
  { stage: 'assessment', label: { en: 'Amount assessed', 'zh-CN': '定损核赔中' } },
  { stage: 'decided', subStatus: 'approved_full', label: { en: 'Approved', 'zh-CN': '已核定' } },
  { stage: 'payment', subStatus: 'issued', label: { en: 'Paid', 'zh-CN': '已支付' } },
  { stage: 'closed', subStatus: 'paid', label: { en: 'Closed', 'zh-CN': '已结案' } },
];

/** The claim core of the page: one claim that it registers and moves on. */
export interface ClaimCore {
  readonly number: string | null;
  /** Index into {@link STEPS}; −1 before the report. */
  readonly at: number;
  readonly changedAt: number | null;
  readonly busy: boolean;
  readonly problem: string | null;
  next(): Promise<boolean>;
}

/** Registers the report first, then moves the claim on, one real CloudEvent each. */
export function useClaimCore(world: World): ClaimCore {
  const [number] = useState(() => `CLM-2026-9${String(Date.now() % 100_000).padStart(5, '0')}`);
  const [at, setAt] = useState(-1);
  const [changedAt, setChangedAt] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const next = useCallback(async () => {
    const step = STEPS[at + 1];
    if (!step) return false;
    setBusy(true);
    setChangedAt(Date.now());
    try {
      await world.claimEvent(eventOf(world, number, at + 1));
      setAt(at + 1);
      setProblem(null);
      return true;
    } catch (error) {
      setProblem(String(error));
      return false;
    } finally {
      setBusy(false);
    }
  }, [world, number, at]);
  return { number: at < 0 ? null : number, at, changedAt, busy, problem, next };
}

function eventOf(world: World, number: string, index: number): object {
  const { stage, subStatus } = STEPS[index]!;
  return {
    specversion: '1.0',
    id: `${number}-${index + 1}`,
    source: '/claimcore/demo-page',
    type: 'claims.claim.status_changed.v1',
    subject: number,
    data: {
      claimNumber: number,
      version: index + 1,
      stage,
      subStatus,
      previousStage: STEPS[index - 1]?.stage,
      ...(index === 0 ? firstFields(world) : {}),
      ...(stage === 'acknowledged' ? { handler: { externalId: 'H-1001', name: world.adjuster.name } } : {}),
    },
  };
}

/** What the claim core says of a new report; the ids are those by which the demo's seed knows customer and policy. */
function firstFields(world: World): object {
  const { name, phone, email, wechat } = world.customer;
  const party = {
    externalId: 'C-chen.xiaoyu',
    role: 'policyholder',
    name,
    kind: 'person',
    language: 'zh-CN',
    timeZone: 'Asia/Shanghai',
    phone,
    email,
    wechat,
  };
  return {
    lineOfBusiness: 'motor',
    jurisdiction: 'CN',
    lossDate: new Date().toISOString(),
    policyNumber: 'PDAA2026310000008812',
    plate: '沪A·DEMO12',
    brand: 'antu',
    policyholder: { externalId: party.externalId },
    parties: [party],
  };
}
