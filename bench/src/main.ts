import { SCENARIOS } from './faults';
import { GROWTH, measureQuick, measureScaled, sizesOf } from './measure';
import { playFaults } from './play-faults';
import { writeResults } from './results';
import { ROWS } from './rows';
import type { Reading } from './rows/row';
import { rowText, summaryText } from './table';
import { readWishes, USAGE, WrongWish, type Wishes } from './wishes';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function run(): Promise<void> {
  const rows = [...ROWS.map(({ name }) => name), GROWTH];
  const wishes = readWishes(process.argv.slice(2), { rows, scenarios: SCENARIOS.map(({ name }) => name) });
  await (wishes.do === 'faults' ? playWished(wishes) : measureWished(wishes));
}

async function playWished({ size, only }: Extract<Wishes, { do: 'faults' }>): Promise<void> {
  const chosen = SCENARIOS.filter(({ name }) => only === undefined || name === only);
  const played = await playFaults(chosen, size, say);
  const broken = played.filter(({ wrong }) => wrong.length > 0);
  say(`\n${played.length - broken.length} of ${played.length} promises hold`);
  if (only === undefined && size === 'whole') say(`written to ${writeResults('faults', { size, scenarios: played })}`);
  // A scenario that was given up may have left something that keeps the process.
  process.exit(broken.length > 0 ? 1 : 0);
}

async function measureWished({ scale, only, data }: Extract<Wishes, { do: 'measure' }>): Promise<void> {
  const begun = performance.now();
  if (only !== undefined && scale === undefined && (only === GROWTH || ROWS.some(({ name, needsData }) => name === only && needsData)))
    throw new WrongWish(`${only} needs the data set: add --scale small`);
  const wished = {
    rows: ROWS.filter(({ name }) => only === undefined || name === only || only === GROWTH),
    say,
    onReading: (reading: Reading) => say(`${rowText(reading)}\n`),
  };
  const readings = await (scale ? measureScaled(scale, wished, { only, data }) : measureQuick(wished));
  const seconds = Math.round((performance.now() - begun) / 1000);
  say(`${summaryText(readings)} (${seconds} s)`);
  // A part is no result: it would stand where the whole one did.
  if (only === undefined) say(`written to ${writeResults(scale ?? 'quick', { seconds, sizes: sizesOf(scale) ?? null, rows: readings })}`);
}

run().catch((error: unknown) => {
  const isWish = error instanceof WrongWish;
  process.stderr.write(`${isWish ? `${error.message}\n\n${USAGE}` : error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = isWish ? 2 : 1;
});
