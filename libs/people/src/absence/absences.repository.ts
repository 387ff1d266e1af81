import type { Queries, Transaction } from '@claimline/database';
import type { AbsenceRecord } from './absence.entity';

const COLUMNS = `
  id, account_id AS "accountId", starts_at AS starts, ends_at AS ends, delegate_id AS "delegateId", returns,
  created_by AS "createdBy", created_at AS "createdAt", canceled_at AS "canceledAt",
  moved_at AS "movedAt", returned_at AS "returnedAt"`;

const DAY_MS = 86_400_000;

/** Where absences are kept. */
export class AbsenceStore {
  async add(tx: Transaction, absence: AbsenceRecord): Promise<void> {
    await tx.query({
      name: 'absence-add',
      text: `INSERT INTO absences (id, account_id, starts_at, ends_at, delegate_id, returns, created_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      values: [
        absence.id,
        absence.accountId,
        absence.starts,
        absence.ends,
        absence.delegateId,
        absence.returns,
        absence.createdBy,
        absence.createdAt,
      ],
    });
  }

  /** Absences of somebody that are not over. The account's row is locked, so that two entries at once see each other. */
  async lockOf(tx: Transaction, accountId: string, now: Date): Promise<AbsenceRecord[]> {
    await tx.query({ name: 'absence-lock-account', text: 'SELECT id FROM accounts WHERE id = $1 FOR UPDATE', values: [accountId] });
    return await tx.query<AbsenceRecord>({
      name: 'absences-of',
      text: `SELECT ${COLUMNS} FROM absences WHERE account_id = $1 AND canceled_at IS NULL AND ends_at > $2 ORDER BY starts_at`,
      values: [accountId, now],
    });
  }

  async lock(tx: Transaction, id: string): Promise<AbsenceRecord | undefined> {
    const [row] = await tx.query<AbsenceRecord>({
      name: 'absence-lock',
      text: `SELECT ${COLUMNS} FROM absences WHERE id = $1 AND canceled_at IS NULL FOR UPDATE`,
      values: [id],
    });
    return row;
  }

  async end(tx: Transaction, id: string, ends: Date): Promise<void> {
    await tx.query({ name: 'absence-end', text: 'UPDATE absences SET ends_at = $2 WHERE id = $1', values: [id, ends] });
  }

  async cancel(tx: Transaction, id: string, at: Date): Promise<void> {
    await tx.query({ name: 'absence-cancel', text: 'UPDATE absences SET canceled_at = $2 WHERE id = $1', values: [id, at] });
  }

  /** Everybody's absences that are running. */
  async current(queries: Queries, now: Date): Promise<AbsenceRecord[]> {
    return this.running(queries, now, 'remembered');
  }

  /** The same, past all memory: for what is decided once and stays so. */
  async surelyCurrent(queries: Queries, now: Date): Promise<AbsenceRecord[]> {
    return this.running(queries, now, 'asked');
  }

  private async running(queries: Queries, now: Date, how: 'remembered' | 'asked'): Promise<AbsenceRecord[]> {
    const text = `SELECT ${COLUMNS} FROM absences WHERE canceled_at IS NULL AND ends_at > $1 ORDER BY account_id, starts_at`;
    // Asked with each message: all that end today or later are the same answer the whole day.
    const today = new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS);
    const statement = { name: 'absences-standing', text, values: [today] };
    const standing = await queries.query<AbsenceRecord>(how === 'remembered' ? { ...statement, steady: true } : statement);
    return standing.filter(({ starts, ends }) => starts <= now && ends > now);
  }

  /** Absences that are running or to come, of one person or of everybody, by their beginning. */
  async upcoming(queries: Queries, accountId: string | null, now: Date): Promise<AbsenceRecord[]> {
    const text = `SELECT ${COLUMNS} FROM absences WHERE canceled_at IS NULL AND ends_at > $1 AND ($2::uuid IS NULL OR account_id = $2) ORDER BY starts_at, id LIMIT 100`;
    return await queries.query<AbsenceRecord>({ name: 'absences-upcoming', text, values: [now, accountId] });
  }

  /** Absences that are over and whose work has not gone back yet. */
  async unreturned(queries: Queries, now: Date): Promise<AbsenceRecord[]> {
    const text = `SELECT ${COLUMNS} FROM absences WHERE moved_at IS NOT NULL AND returned_at IS NULL AND (canceled_at IS NOT NULL OR ends_at <= $1) ORDER BY ends_at, id LIMIT 20`;
    return await queries.query<AbsenceRecord>({ name: 'absences-unreturned', text, values: [now] });
  }

  async find(queries: Queries, id: string): Promise<AbsenceRecord | undefined> {
    const text = `SELECT ${COLUMNS} FROM absences WHERE id = $1`;
    const [row] = await queries.query<AbsenceRecord>({ name: 'absence-find', text, values: [id] });
    return row;
  }

  async setMoved(tx: Transaction, id: string, at: Date): Promise<void> {
    await tx.query({ name: 'absence-moved', text: 'UPDATE absences SET moved_at = $2 WHERE id = $1', values: [id, at] });
  }

  async setReturned(tx: Transaction, id: string, at: Date): Promise<void> {
    await tx.query({ name: 'absence-returned', text: 'UPDATE absences SET returned_at = $2 WHERE id = $1', values: [id, at] });
  }
}
