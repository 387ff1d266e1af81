import type { Database } from '../database';
import type { Queries, Statement, Transaction } from '../transaction';

/** A month of UTC: from its first instant to that of the next. `name` sorts by time, `2026_11`. */
export interface Month {
  readonly name: string;
  readonly from: Date;
  readonly to: Date;
}

/** The month of an instant, or one so many months later (earlier, where negative). */
export function monthOf(at: Date, later = 0): Month {
  const first = (months: number): Date => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + later + months, 1));
  const from = first(0);
  return { name: `${from.getUTCFullYear()}_${String(from.getUTCMonth() + 1).padStart(2, '0')}`, from, to: first(1) };
}

// So many are there before their time: a hub that nobody starts for a month finds the next one made.
const AHEAD = 2;
// Rows that wait in the rest are moved into their month at once, and nobody writes there meanwhile. More than these stay where they are.
const MOVED_AT_ONCE = 50_000;
/** DDL queues everybody behind it while it waits for a lock: it gives up early and is tried again. */
export const BRIEF_LOCK: Statement = { name: '', text: `SET LOCAL lock_timeout = '250ms'`, values: [] };
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * A table of ours in pieces by month, `<table>_2026_11`; what has no month lies in `<table>_rest`, its DEFAULT partition.
 * Names come from our own code, never from outside.
 */
export class MonthlyTable {
  private readonly made = new Set<string>();

  constructor(
    private readonly database: Database,
    readonly table: string,
    private readonly column: string,
  ) {}

  get rest(): string {
    return `${this.table}_rest`;
  }

  pieceOf(month: Month): string {
    return `${this.table}_${month.name}`;
  }

  /** Makes this month and the next ones, with the rows of theirs that lie in the rest. Costs nothing once they are there. Returns how many were made. */
  async makeAhead(now: Date): Promise<number> {
    let made = 0;
    for (let later = 0; later <= AHEAD; later++) {
      const month = monthOf(now, later);
      if (this.made.has(month.name)) continue;
      if (await this.make(month)) made++;
      this.made.add(month.name);
    }
    return made;
  }

  /** The months that are there, oldest first. */
  async months(queries: Queries): Promise<Month[]> {
    const rows = await queries.query<{ piece: string }>({
      name: 'months-pieces',
      text: `SELECT c.relname::text AS piece FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = $1::regclass ORDER BY 1`,
      values: [this.table],
    });
    return rows.flatMap(({ piece }) => {
      const [, year, month] = /_(\d{4})_(\d{2})$/.exec(piece) ?? [];
      return year ? [monthOf(new Date(Date.UTC(Number(year), Number(month) - 1, 1)))] : [];
    });
  }

  /** False: it is there already, or too much of it lies in the rest, where it may stay. @throws where a lock cannot be had soon */
  private async make(month: Month): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const piece = this.pieceOf(month);
      const [there] = await tx.query<{ there: boolean }>({
        name: 'months-there',
        text: 'SELECT to_regclass($1) IS NOT NULL AS there',
        values: [piece],
      });
      if (there!.there || (await this.inRest(tx, month)) > MOVED_AT_ONCE) return false;
      await tx.query(BRIEF_LOCK);
      await tx.query(plain(`CREATE TABLE ${piece} (LIKE ${this.table} INCLUDING ALL)`));
      // Writers wait outside for these milliseconds: one who had already chosen the rest for a row of this month would be refused by it afterwards.
      await tx.query(plain(`LOCK TABLE ONLY ${this.table} IN SHARE ROW EXCLUSIVE MODE`));
      await tx.query(plain(`LOCK TABLE ${this.rest} IN ACCESS EXCLUSIVE MODE`));
      await tx.query({
        ...plain(
          `WITH moved AS (DELETE FROM ${this.rest} WHERE ${this.column} >= $1 AND ${this.column} < $2 RETURNING *) INSERT INTO ${piece} SELECT * FROM moved`,
        ),
        values: [month.from, month.to],
      });
      await tx.query(
        plain(`ALTER TABLE ${this.table} ATTACH PARTITION ${piece} FOR VALUES FROM ${bound(month.from)} TO ${bound(month.to)}`),
      );
      return true;
    });
  }

  private async inRest(tx: Transaction, month: Month): Promise<number> {
    const [row] = await tx.query<{ count: number }>({
      ...plain(
        `SELECT count(*)::int AS count FROM (SELECT FROM ${this.rest} WHERE ${this.column} >= $1 AND ${this.column} < $2 LIMIT ${MOVED_AT_ONCE + 1}) AS found`,
      ),
      values: [month.from, month.to],
    });
    return row!.count;
  }
}

/** Whether somebody else held the lock for too long: nothing has changed, and it is tried again. */
export const isLockedOut = (error: unknown): boolean => (error as { code?: string }).code === LOCK_NOT_AVAILABLE;

// Unnamed, because each text is used once: a name would keep its plan for the life of the connection.
const plain = (text: string): Statement => ({ name: '', text, values: [] });
// DDL takes no parameters.
const bound = (at: Date): string => `('${at.toISOString()}')`;
