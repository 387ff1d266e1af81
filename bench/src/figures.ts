/** How often and how fast something was done. Milliseconds. */
export interface Figures {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

/** The value below which a share of the sorted list lies. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export function figuresOf(times: readonly number[], seconds: number): Figures {
  const sorted = [...times].sort((a, b) => a - b);
  return { perSecond: Math.round(times.length / seconds), p50: round(quantile(sorted, 0.5)), p99: round(quantile(sorted, 0.99)) };
}

export const round = (value: number): number => Math.round(value * 100) / 100;

/** Does `work` again and again on `lanes` lanes for `seconds`, after a tenth of that to warm up. Errors end the run. */
export async function drive(lanes: number, seconds: number, work: (n: number) => Promise<void>): Promise<Figures> {
  const times: number[] = [];
  const warm = performance.now() + seconds * 100;
  const end = warm + seconds * 1000;
  let n = 0;
  const lane = async (): Promise<void> => {
    while (performance.now() < end) {
      const begun = performance.now();
      await work(n++);
      if (begun >= warm) times.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return figuresOf(times, seconds);
}
