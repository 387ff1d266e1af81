import { useCallback, useEffect, useState } from 'react';
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

const ASK_MS = 500;

/** The claim core of the page: it waits for the report that the adjuster registers, and moves its claim on. */
export interface ClaimCore {
  readonly number: string | null;
  /** When the adjuster's report became a claim. */
  readonly reportedAt: number | null;
  /** Index into {@link STEPS}; −1 before the report. */
  readonly at: number;
  readonly changedAt: number | null;
  readonly busy: boolean;
  readonly problem: string | null;
  next(): Promise<boolean>;
}

/** Hears of the report through the sandbox's claim core, then moves the claim on, one real CloudEvent each. */
export function useClaimCore(world: World): ClaimCore {
  const { number, reportedAt } = useReported(world);
  const [moved, setMoved] = useState(0);
  const [changedAt, setChangedAt] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const at = number === null ? -1 : moved;
  const next = useCallback(async () => {
    if (number === null || !STEPS[at + 1]) return false;
    setBusy(true);
    setChangedAt(Date.now());
    try {
      await world.claimEvent(eventOf(world, number, at + 1));
      setMoved(at + 1);
      setProblem(null);
      return true;
    } catch (error) {
      setProblem(String(error));
      return false;
    } finally {
      setBusy(false);
    }
  }, [world, number, at]);
  return { number, reportedAt, at, changedAt: changedAt ?? reportedAt, busy, problem, next };
}

/** The first claim that is made of a report from now on: the one of this page's customer. */
function useReported(world: World): { readonly number: string | null; readonly reportedAt: number | null } {
  const [known, setKnown] = useState<number | null>(null);
  const [reported, setReported] = useState<{ number: string; reportedAt: number } | null>(null);
  useEffect(() => {
    if (reported) return;
    const timer = setInterval(() => {
      void world.reported().then(
        (claims) => {
          if (known === null) setKnown(claims.length);
          else if (claims.length > known) setReported({ number: claims[known]!, reportedAt: Date.now() });
        },
        () => undefined,
      );
    }, ASK_MS);
    return () => clearInterval(timer);
  }, [world, known, reported]);
  return reported ?? { number: null, reportedAt: null };
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
      ...(stage === 'acknowledged' ? { handler: { externalId: 'H-1001', name: world.adjuster.name } } : {}),
    },
  };
}
