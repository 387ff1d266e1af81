const CHUNK_CHARACTERS = 64 * 1024;

/** A value as a column of PostgreSQL's COPY text format. The words of the data set have neither tabs, line ends nor backslashes. */
export type Cell = string | number | boolean | null;

/** One row of COPY's text format. */
export const line = (cells: readonly Cell[]): string => `${cells.map((cell) => (cell === null ? '\\N' : cell)).join('\t')}\n`;

/** A moment as PostgreSQL reads it. */
export const moment = (ms: number): string => new Date(ms).toISOString();

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
