import { parseArgs } from 'node:util';

export const SCALES = ['small', 'full'] as const;
export type Scale = (typeof SCALES)[number];

/** What the caller asked the suite to do. */
export type Wishes =
  | { readonly do: 'measure'; readonly scale: Scale | undefined; readonly only: string | undefined; readonly data: string | undefined }
  | { readonly do: 'faults'; readonly size: 'short' | 'whole'; readonly only: string | undefined };

/** The arguments make no sense together, or a name is unknown. The message says what would. */
export class WrongWish extends Error {
  override readonly name = 'WrongWish';
}

export const USAGE = `npm run bench                             figures of a small hub, without the data set
npm run bench -- --scale small|full       figures with the data set, and what growing costs
npm run bench -- --faults [--short]       the fault scenarios, whole or as the tests run them
            … -- --only <name>            one row, or one scenario
            … -- --data <folder>          keeps the data set there for the next run, or takes what lies there`;

/** Reads the arguments. `names` are the rows and scenarios that there are. @throws WrongWish */
export function readWishes(args: readonly string[], names: { rows: readonly string[]; scenarios: readonly string[] }): Wishes {
  const { scale, faults = false, short = false, only, data } = parsed(args);
  if (scale !== undefined && !SCALES.some((one) => one === scale)) throw new WrongWish(`--scale is small or full, not ${scale}`);
  if (faults && scale !== undefined) throw new WrongWish('--faults and --scale are two runs: the faults make their own load');
  if (data !== undefined && scale === undefined) throw new WrongWish('--data belongs to --scale');
  if (short && !faults) throw new WrongWish('--short belongs to --faults');
  const one = only === undefined ? undefined : meant(only, faults ? names.scenarios : names.rows);
  return faults
    ? { do: 'faults', size: short ? 'short' : 'whole', only: one }
    : { do: 'measure', scale: scale as Scale | undefined, only: one, data };
}

/** The name itself, or the only one that has the words in it: scenarios are called by whole sentences. */
function meant(words: string, known: readonly string[]): string {
  if (known.includes(words)) return words;
  const fitting = known.filter((name) => name.toLowerCase().includes(words.toLowerCase()));
  if (fitting.length === 1) return fitting[0]!;
  if (fitting.length === 0) throw new WrongWish(`there is no ${words}; there are: ${known.join(' · ')}`);
  throw new WrongWish(`${words} may be: ${fitting.join(' · ')}`);
}

function parsed(args: readonly string[]): { scale?: string; faults?: boolean; short?: boolean; only?: string; data?: string } {
  try {
    return parseArgs({
      args: [...args],
      options: {
        scale: { type: 'string' },
        faults: { type: 'boolean' },
        short: { type: 'boolean' },
        only: { type: 'string' },
        data: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new WrongWish((error as Error).message);
  }
}
