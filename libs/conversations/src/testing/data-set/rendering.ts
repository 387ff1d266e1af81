const CHUNK_CHARACTERS = 64 * 1024;

/** A value as a column of PostgreSQL's COPY text format. The words of the data set have neither tabs, line ends nor backslashes. */
export type Cell = string | number | boolean | null;

/** One row of COPY's text format. */
export const line = (cells: readonly Cell[]): string => `${cells.map((cell) => (cell === null ? '\\N' : cell)).join('\t')}\n`;

const DAY_MS = 86_400_000;
const padded = (count: number, digits: number): string[] => Array.from({ length: count }, (_, n) => String(n).padStart(digits, '0'));
const [TWO, THREE] = [padded(60, 2), padded(1000, 3)];

// Rows come in the order of time: the day of the last one is the day of the next.
let lastDay = { n: NaN, text: '' };

/** A moment as PostgreSQL reads it: what `toISOString` says, in a third of the time, for moments that stand in order. */
export function moment(ms: number): string {
  const n = Math.floor(ms / DAY_MS);
  if (n !== lastDay.n) lastDay = { n, text: new Date(n * DAY_MS).toISOString().slice(0, 11) };
  const left = Math.floor(ms) - n * DAY_MS;
  const seconds = Math.floor(left / 1000);
  const minutes = Math.floor(seconds / 60);
  return `${lastDay.text}${TWO[Math.floor(minutes / 60)]!}:${TWO[minutes % 60]!}:${TWO[seconds % 60]!}.${THREE[left % 1000]!}Z`;
}

/** An array literal of plain words. */
export const list = (words: readonly string[]): string => `{${words.join(',')}}`;

/** Gathers lines into buffers, so that the driver sends few large pieces. */
export async function* inChunks(lines: Iterable<string>): AsyncGenerator<Buffer> {
  let chunk = '';
  for (const one of lines) {
    chunk += one;
    if (chunk.length < CHUNK_CHARACTERS) continue;
    yield Buffer.from(chunk);
    chunk = '';
  }
  if (chunk) yield Buffer.from(chunk);
}

/** For a log: since a moment of `performance.now()`, to the tenth. */
export const secondsSince = (begun: number): string => ((performance.now() - begun) / 1000).toFixed(1);
