import type { Stage } from '@claimline/messages';

/** One step of the line that shows a customer's claim at a glance. `at`: when it was last entered. */
export interface StageStep {
  readonly stage: Stage;
  readonly state: 'done' | 'current' | 'ahead';
  readonly at: string | null;
}

// The way that most claims go. The others appear on the line only while or after a claim has been there.
const MAIN: readonly Stage[] = ['reported', 'acknowledged', 'investigation', 'assessment', 'decided', 'payment', 'closed'];
const ASIDE: Readonly<Partial<Record<Stage, Stage>>> = {
  draft: 'reported',
  documents: 'investigation',
  settlement: 'payment',
  reopened: 'documents',
  appeal: 'closed',
};

/** The stages of one claim in order, with what is behind, now and ahead. `times`: when each stage was last entered. */
export function stageLine(current: Stage, times: Readonly<Record<string, string>>): StageStep[] {
  const line = placed(Object.keys(ASIDE).filter((stage) => stage === current || times[stage]) as Stage[]);
  const here = line.indexOf(current);
  const entered = times[current];
  return line.map((stage, index) => {
    const at = times[stage] ?? null;
    if (stage === current) return { stage, state: 'current', at };
    // After a reopening the line runs back: what was passed before stays done, what comes again is ahead.
    const passed = at !== null && (entered === undefined || at <= entered);
    return { stage, state: passed || index < here ? 'done' : 'ahead', at };
  });
}

function placed(aside: readonly Stage[]): Stage[] {
  const line = [...MAIN];
  for (const stage of aside) {
    const before = ASIDE[stage];
    const index = before ? line.indexOf(before) : -1;
    line.splice(index < 0 ? line.indexOf('investigation') : index, 0, stage);
  }
  return line;
}
