/**
 * The archive: one gzip file of text lines, so that `zcat` shows it.
 *
 *     claimline-archive 1
 *     header {"postgres":"18.4","migrations":[…],"partitions":[…]}
 *     table {"schema":"public","name":"messages","columns":["id",…]}
 *     <rows in PostgreSQL's COPY text format>
 *     \.
 *     … more tables …
 *     sequence {"schema":"public","name":"outbox_n_seq","last":"123"}
 *     end {"tables":41,"rows":200123}
 *
 * COPY text escapes every backslash of a value, so no row is ever the line `\.`. The last line tells a whole archive from a cut one.
 */
export const MAGIC = 'claimline-archive 1';

/** The line that ends the rows of a table. */
export const END_OF_ROWS = '\\.\n';

/** A table and the columns that are carried over; generated columns are not, the target computes them. */
export interface ArchivedTable {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly string[];
}

/** A piece of a partitioned table. Rows are archived with their parent; the pieces are made again before they come in. */
export interface ArchivedPartition {
  readonly schema: string;
  readonly name: string;
  readonly parent: string;
  /** As PostgreSQL prints it: `DEFAULT` or `FOR VALUES …`. */
  readonly bound: string;
}

/** Where a sequence stands; text, because it may exceed what a number holds exactly. */
export interface ArchivedSequence {
  readonly schema: string;
  readonly name: string;
  readonly last: string;
}

/** What the archive was made from. */
export interface ArchiveHeader {
  readonly postgres: string;
  /** The schema's version: every migration that has run, oldest first. */
  readonly migrations: readonly string[];
  readonly partitions: readonly ArchivedPartition[];
}

/** What a whole archive holds. */
export interface ArchiveTotals {
  readonly tables: number;
  readonly rows: number;
}

/** One line of the archive: its word and its content. */
export function archiveLine(word: 'header' | 'table' | 'sequence' | 'end', content: object): string {
  return `${word} ${JSON.stringify(content)}\n`;
}
