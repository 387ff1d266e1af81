import { growthLines, MOST_GROWTH, NOISE_MS } from './growth';
import type { Sizes } from './ground/filling';
import { Ground, type Effort } from './ground/ground';
import type { Reading, Row } from './rows/row';
import type { Scale, Wishes } from './wishes';

type Measure = Extract<Wishes, { do: 'measure' }>;

const SIZES: Readonly<Record<Scale, Sizes>> = {
  small: { contacts: 20_000, conversations: 500_000, messages: 2_500_000 },
  full: { contacts: 200_000, conversations: 5_000_000, messages: 25_000_000 },
};
const QUICK: Effort = { seconds: 3, rounds: 2, requests: 0, consoles: 100, visitors: 500 };
const SCALED: Effort = { seconds: 3, rounds: 2, requests: 100, consoles: 1_000, visitors: 5_000 };
const TENTH: Effort = { ...SCALED, seconds: 2, rounds: 1 };

/** The row that compares two runs; it measures nothing by itself. */
export const GROWTH = 'growth';

/** The sizes of a scale; none for a run without the data set. */
export const sizesOf = (scale: Scale | undefined): Sizes | undefined => scale && SIZES[scale];

interface Run {
  readonly rows: readonly Row[];
  readonly say: (line: string) => void;
  /** Hears of each row as soon as it is measured. */
  readonly onReading: (reading: Reading) => void;
}

/** Measures the rows on a hub without the data set; those that need it are left out. */
export async function measureQuick(run: Run): Promise<Reading[]> {
  const rows = run.rows.filter(({ needsData }) => !needsData);
  return measureOn({ ...run, rows }, await Ground.open(QUICK, undefined, run.say));
}

/** Measures the rows with the data set, and those that grow with a tenth of it before; ends with what growing costs. */
export async function measureScaled(scale: Scale, run: Run, { only, data }: Pick<Measure, 'only' | 'data'>): Promise<Reading[]> {
  const sizes = SIZES[scale];
  const growing = run.rows.filter(({ grows }) => grows);
  const withGrowth = only === undefined || only === GROWTH;
  const tenth = withGrowth ? await measureTenth(sizes, { ...run, rows: growing }) : [];
  const rows = only === GROWTH ? growing : run.rows;
  const readings = await measureOn({ ...run, rows }, await Ground.open(SCALED, { sizes, folder: data }, run.say));
  if (!withGrowth) return readings;
  const growth = growthReading(tenth, readings);
  run.onReading(growth);
  return [...readings, growth];
}

async function measureTenth(sizes: Sizes, run: Run): Promise<Reading[]> {
  const { contacts, conversations, messages } = sizes;
  const small = { contacts: contacts / 10, conversations: conversations / 10, messages: messages / 10 };
  run.say(`At a tenth of the data, for comparison:`);
  const quiet = ({ name, failed }: Reading): void => run.say(`  ${name} measured${failed === undefined ? '' : `: ${failed}`}`);
  return measureOn({ ...run, onReading: quiet }, await Ground.open(TENTH, { sizes: small }, run.say));
}

async function measureOn({ rows, onReading, say }: Run, ground: Ground): Promise<Reading[]> {
  try {
    const readings: Reading[] = [];
    for (const row of rows) {
      say(`… ${row.name}`);
      const reading = await measureRow(row, ground);
      onReading(reading);
      readings.push(reading);
    }
    return readings;
  } finally {
    await ground.close();
  }
}

// One row that cannot be measured takes no other along; it counts as missed.
async function measureRow(row: Row, ground: Ground): Promise<Reading> {
  const { name, what, target, method } = row;
  try {
    return { name, what, target, method, lines: await row.measure(ground) };
  } catch (error) {
    return { name, what, target, method, lines: [], failed: error instanceof Error ? error.message : String(error) };
  }
}

function growthReading(tenth: readonly Reading[], whole: readonly Reading[]): Reading {
  return {
    name: GROWTH,
    what: 'each of the above at 1/10 of the data and at all of it',
    target: `no worse than × ${MOST_GROWTH}`,
    method: `the same rows on a hub of their own with a tenth of the data, in the same run; p50 and p99, or the rate; a difference of ${NOISE_MS} ms or less is no growth`,
    lines: growthLines(tenth, whole),
  };
}
