import type { Database } from '../database';
import type { Transaction } from '../transaction';
import { BRIEF_LOCK, MonthlyTable, type Month } from './months';
import { inRounds } from './rounds';

/** Sees to it that stored files go once the rows that named them are gone, in the transaction that removes those. */
export type ForgetFiles = (tx: Transaction, fileIds: readonly string[]) => Promise<void>;

const STANDS_OPEN = `EXISTS (SELECT FROM needs_look n WHERE n.state = 'open' AND n.raw_at = r.received_at AND n.raw_id = r.id)`;

/**
 * The journal of what came in, month by month. A month goes as a whole, which costs the same however much is in it; what somebody still has to
 * look at stays, in the rest, until it is settled. Messages keep their originals for themselves and need nothing of it.
 */
export class JournalMonths {
  private readonly months: MonthlyTable;

  constructor(
    private readonly database: Database,
    private readonly forget: ForgetFiles,
  ) {
    this.months = new MonthlyTable(database, 'inbound_raw', 'received_at');
  }

  /** Makes this month and the next ones before they are written to. */
  makeAhead(now: Date): Promise<number> {
    return this.months.makeAhead(now);
  }

  /** Removes the months that ended before, and what is older of the rest. Returns how many months and rows of the rest went. */
  async removeBefore(before: Date, signal?: AbortSignal): Promise<{ months: number; rows: number }> {
    const old = (await this.months.months(this.database)).filter((month) => month.to <= before);
    for (const month of old) await this.database.transaction((tx) => this.remove(tx, month));
    const rows = await inRounds((limit) => this.database.transaction((tx) => this.removeRest(tx, before, limit)), signal);
    return { months: old.length, rows };
  }

  // Files are read before the month is detached: from then on everybody who writes waits for us.
  private async remove(tx: Transaction, month: Month): Promise<void> {
    const piece = this.months.pieceOf(month);
    const files = await tx.query<{ file_id: string }>({
      name: '',
      text: `SELECT r.file_id FROM ${piece} r WHERE r.file_id IS NOT NULL AND NOT ${STANDS_OPEN}`,
      values: [],
    });
    await tx.query(BRIEF_LOCK);
    await tx.query({ name: '', text: `ALTER TABLE inbound_raw DETACH PARTITION ${piece}`, values: [] });
    await tx.query({
      name: '',
      text: `WITH open AS MATERIALIZED (SELECT DISTINCT raw_at, raw_id FROM needs_look WHERE state = 'open' AND raw_id IS NOT NULL AND raw_at >= $1 AND raw_at < $2)
             INSERT INTO inbound_raw SELECT p.* FROM open JOIN ${piece} p ON p.received_at = open.raw_at AND p.id = open.raw_id`,
      values: [month.from, month.to],
    });
    await tx.query({ name: '', text: `DROP TABLE ${piece}`, values: [] });
    await this.forget(
      tx,
      files.map((row) => row.file_id),
    );
  }

  private async removeRest(tx: Transaction, before: Date, limit: number): Promise<number> {
    const rows = await tx.query<{ file_id: string | null }>({
      name: 'journal-rest-remove',
      text: `WITH old AS (SELECT r.received_at, r.id FROM inbound_raw_rest r WHERE r.received_at < $1 AND NOT ${STANDS_OPEN} ORDER BY r.received_at LIMIT $2)
             DELETE FROM inbound_raw_rest r USING old WHERE r.received_at = old.received_at AND r.id = old.id RETURNING r.file_id`,
      values: [before, limit],
    });
    await this.forget(
      tx,
      rows.flatMap((row) => row.file_id ?? []),
    );
    return rows.length;
  }
}
