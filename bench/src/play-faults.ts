import type { Scenario, Size } from './faults/scenario';

/** A scenario that hangs is a fault of its own. */
const MOST_MINUTES = 10;

/** One scenario as it went: its promise, what was counted, and what was wrong. */
export interface Played {
  readonly name: string;
  readonly promise: string;
  readonly seconds: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly wrong: readonly string[];
}

/** Plays the scenarios one after the other; one that fails or hangs stands as wrong and the next begins. */
export async function playFaults(scenarios: readonly Scenario[], size: Size, say: (line: string) => void): Promise<Played[]> {
  const played: Played[] = [];
  for (const scenario of scenarios) {
    say(`\n${scenario.name} · ${scenario.promise}`);
    const one = await play(scenario, size, say);
    say(faultText(one));
    played.push(one);
  }
  return played;
}

async function play(scenario: Scenario, size: Size, say: (line: string) => void): Promise<Played> {
  const { name, promise } = scenario;
  const begun = performance.now();
  const seconds = (): number => Math.round((performance.now() - begun) / 1000);
  try {
    const { counts, wrong } = await within(
      MOST_MINUTES,
      scenario.run(size, (line) => say(`  … ${line}`)),
    );
    return { name, promise, seconds: seconds(), counts, wrong };
  } catch (error) {
    return { name, promise, seconds: seconds(), counts: {}, wrong: [error instanceof Error ? error.message : String(error)] };
  }
}

async function within<Value>(minutes: number, work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it did not end within ${minutes} minutes`)), minutes * 60_000);
  });
  try {
    return await Promise.race([work, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}

/** What a person reads of one scenario: the counts, and whether the promise holds. */
export function faultText({ seconds, counts, wrong }: Played): string {
  const counted = Object.entries(counts).map(([name, count]) => `    ${name}: ${count}`);
  const verdict = wrong.length === 0 ? `  holds (${seconds} s)` : `  BROKEN (${seconds} s)`;
  return [...counted, verdict, ...wrong.map((sentence) => `    ${sentence}`)].join('\n');
}
