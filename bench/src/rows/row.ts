import type { Latency } from '../figures';
import type { Ground } from '../ground/ground';

/** One measured thing of a row: what exactly, its figures by name, and whether they meet the target. Without a target `isMet` is absent. */
export interface Line {
  readonly of: string;
  readonly figures: Readonly<Record<string, number>>;
  readonly isMet?: boolean;
}

/** One promise of speed: what it is, what it has to reach, how it is measured in one line, and the measuring itself. */
export interface Row {
  readonly name: string;
  readonly what: string;
  readonly target: string;
  readonly method: string;
  /** Says nothing without the data set: left out of a run without one. */
  readonly needsData: boolean;
  /** Measured at a tenth of the data too, to see what growing costs. */
  readonly grows: boolean;
  measure(ground: Ground): Promise<readonly Line[]>;
}

/** A row with its lines, as it stands in the table and in the results. */
export interface Reading {
  readonly name: string;
  readonly what: string;
  readonly target: string;
  readonly method: string;
  readonly lines: readonly Line[];
  /** The row could not be measured, and why. */
  readonly failed?: string;
}

/** A line of latencies, judged by its 99th percentile in milliseconds. What never came counts as not met. */
export function latencyLine(of: string, latency: Latency, limit: { readonly ms: number; readonly missing?: number }): Line {
  const missing = limit.missing ?? 0;
  return {
    of,
    figures: { count: latency.count, p50: latency.p50, p99: latency.p99, ...(missing > 0 && { missing }) },
    isMet: missing === 0 && latency.p99 <= limit.ms,
  };
}
