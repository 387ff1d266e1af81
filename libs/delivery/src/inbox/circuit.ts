/** How a line has behaved lately, and how much may leave by it now. One row per inbox, shared by all replicas. */
export interface Circuit {
  /** Failures of the line in a row; what a vendor refuses for the message's sake is none. */
  readonly failures: number;
  /** Until then nothing leaves. */
  readonly openUntil: Date | null;
  /** One message is out to try whether the line works again. */
  readonly probing: boolean;
  /** What is left in the token bucket, and when that was so. Null: full. */
  readonly tokens: number | null;
  readonly tokensAt: Date | null;
}

export const HEALTHY: Circuit = { failures: 0, openUntil: null, probing: false, tokens: null, tokensAt: null };

// One failure is an accident, five in a row are an outage.
const TRIPS_AT = 5;
const FIRST_PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 5 * 60_000;
// While one message tries whether the line works again, the others wait this long for its news.
const PROBE_MS = 30_000;
// A bucket holds two seconds' worth, so that a quiet line answers at once and a busy one does not burst.
const BUCKET_SECONDS = 2;

/** Whether the line counts as down. */
export const isTripped = (circuit: Circuit): boolean => circuit.failures >= TRIPS_AT;

/**
 * After a failure of the line. A vendor that says how long to wait is alive: it is believed at once, and that is no outage. Messages that were
 * out already when the line was paused tell nothing new: else a burst of eight would make the first pause minutes long.
 */
export function afterLineFailure(circuit: Circuit, now: Date, retryAfter = 0): Circuit {
  if (retryAfter > 0)
    return { ...circuit, probing: false, openUntil: new Date(Math.max(now.getTime() + retryAfter, circuit.openUntil?.getTime() ?? 0)) };
  if (isTripped(circuit) && !circuit.probing && circuit.openUntil && circuit.openUntil > now) return circuit;
  const failures = circuit.failures + 1;
  if (failures < TRIPS_AT) return { ...circuit, failures };
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** (failures - TRIPS_AT), LONGEST_PAUSE_MS);
  return { ...circuit, failures, probing: false, openUntil: new Date(now.getTime() + pause) };
}

/** After the line worked. */
export const afterLineSuccess = (circuit: Circuit): Circuit => ({ ...circuit, failures: 0, probing: false, openUntil: null });

/** What is asked of a line: how many would leave, at which rate at most (messages per second; null: as fast as it goes). */
export interface Wish {
  readonly wanted: number;
  readonly rate: number | null;
  readonly now: Date;
}

/** How many may leave now, and the circuit with the bucket filled up to now. A line that was down is tried with one message. */
export function allow(circuit: Circuit, { wanted, rate, now }: Wish): { readonly count: number; readonly circuit: Circuit } {
  if (circuit.openUntil && circuit.openUntil > now) return { count: 0, circuit };
  const filled = rate === null ? { ...circuit, tokens: null, tokensAt: null } : fill(circuit, rate, now);
  const byRate = filled.tokens === null ? wanted : Math.min(wanted, Math.floor(filled.tokens));
  if (!isTripped(circuit) || byRate === 0) return { count: byRate, circuit: filled };
  return { count: 1, circuit: { ...filled, probing: true, openUntil: new Date(now.getTime() + PROBE_MS) } };
}

/** Takes what really left out of the bucket. */
export const spend = (circuit: Circuit, count: number): Circuit =>
  circuit.tokens === null ? circuit : { ...circuit, tokens: circuit.tokens - count };

function fill(circuit: Circuit, rate: number, now: Date): Circuit {
  const full = Math.max(1, rate * BUCKET_SECONDS);
  const seconds = circuit.tokensAt ? Math.max(0, now.getTime() - circuit.tokensAt.getTime()) / 1000 : Infinity;
  return { ...circuit, tokens: Math.min(full, (circuit.tokens ?? full) + seconds * rate), tokensAt: now };
}
