/** Latencies of one kind, in milliseconds. `count` is how many were measured. */
export interface Latency {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
}

/** The value below which a share of the sorted list lies (nearest rank). Nothing measured: not a number. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1))] ?? NaN;
}

export function latencyOf(times: readonly number[]): Latency {
  const sorted = [...times].sort((a, b) => a - b);
  return { count: sorted.length, p50: round(quantile(sorted, 0.5)), p99: round(quantile(sorted, 0.99)) };
}

/** The middle of a handful of readings: one disturbed round does not move it. */
export function median(values: readonly number[]): number {
  return round(
    quantile(
      [...values].sort((a, b) => a - b),
      0.5,
    ),
  );
}

/** Three significant digits are more than such a machine can promise. */
export const round = (value: number): number => (Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 100) / 100);
