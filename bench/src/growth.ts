import { round } from './figures';
import type { Line, Reading } from './rows/row';

/** Ten times the data may make nothing slower than this. */
export const MOST_GROWTH = 1.5;

/**
 * Two readings of a thing that takes a millisecond differ by half of one on a machine that does something else besides. Less than this
 * is no growth, whatever the ratio says.
 */
export const NOISE_MS = 2;

/** Compares each line that has a target, measured with a tenth of the data with the same line at the whole: p50 and p99, or the rate. */
export function growthLines(tenth: readonly Reading[], whole: readonly Reading[]): Line[] {
  return tenth.flatMap((small) => {
    const large = whole.find(({ name }) => name === small.name);
    // What has no target is there to compare with; its growing is not ours.
    const judged = small.lines.filter(({ isMet }) => isMet !== undefined);
    return judged.flatMap((before) => {
      const after = large?.lines.find(({ of }) => of === before.of);
      return after ? [lineOf(`${small.name}: ${before.of}`, before.figures, after.figures)].filter((line) => line !== undefined) : [];
    });
  });
}

type Figures = Line['figures'];

function lineOf(of: string, before: Figures, after: Figures): Line | undefined {
  if (isRate(before) && isRate(after)) return rateLine(of, before.perSecond, after.perSecond);
  if (!isLatency(before) || !isLatency(after)) return undefined;
  const p50 = { before: before.p50, after: after.p50 };
  const p99 = { before: before.p99, after: after.p99 };
  return {
    of,
    figures: {
      'p50 at 1/10': p50.before,
      'p50 at all': p50.after,
      'p50 ratio': ratio(p50),
      'p99 at 1/10': p99.before,
      'p99 at all': p99.after,
      'p99 ratio': ratio(p99),
    },
    isMet: holds(p50) && holds(p99),
  };
}

function rateLine(of: string, before: number, after: number): Line {
  const slower = round(before / after);
  return { of, figures: { 'per second at 1/10': before, 'per second at all': after, ratio: slower }, isMet: slower <= MOST_GROWTH };
}

interface Pair {
  readonly before: number;
  readonly after: number;
}
const ratio = ({ before, after }: Pair): number => round(after / before);
const holds = (pair: Pair): boolean => pair.after - pair.before <= NOISE_MS || ratio(pair) <= MOST_GROWTH;

const isRate = (figures: Figures): figures is Figures & { perSecond: number } => 'perSecond' in figures;
const isLatency = (figures: Figures): figures is Figures & { p50: number; p99: number } => 'p50' in figures && 'p99' in figures;
