import type { Queries } from '@claimline/database';

type Cell = string | number | boolean | Date | null | Buffer | readonly unknown[] | object;
type Row = Readonly<Record<string, Cell | undefined>>;

// A jsonb parameter of some megabytes is parsed in one go; beyond this it is cut.
const BATCH = 2_000;

/**
 * Writes many rows of any table in one statement. Only the demo's beginnings are written this way: three thousand rows of history that no
 * service could have written, because their services write the present.
 */
export class SeedRows {
  constructor(private readonly queries: Queries) {}

  /** Every row must have the columns of the first. Bytes are given as Buffer, JSON as object; undefined is NULL. */
  async insert(table: string, rows: readonly Row[]): Promise<void> {
    const [first] = rows;
    if (!first) return;
    const columns = Object.keys(first).join(', ');
    for (let from = 0; from < rows.length; from += BATCH) {
      const batch = rows.slice(from, from + BATCH).map(plainRow);
      await this.queries.query({
        name: `seed-${table}`,
        text: `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)`,
        values: [JSON.stringify(batch)],
      });
    }
  }
}

// PostgreSQL reads bytes from text in its hexadecimal form.
const plainRow = (row: Row): object =>
  Object.fromEntries(
    Object.entries(row).map(([column, cell]) => [column, Buffer.isBuffer(cell) ? `\\x${cell.toString('hex')}` : (cell ?? null)]),
  );
