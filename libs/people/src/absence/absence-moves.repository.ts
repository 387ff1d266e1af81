import type { Queries, Transaction } from '@claimline/database';
import type { AbsenceMove, MovedKind } from './absence-move.entity';

const COLUMNS = `absence_id AS "absenceId", kind, item_id AS "itemId", from_id AS "fromId", to_id AS "toId", at, returned_at AS "returnedAt"`;

/** What absences have moved, and what of it has gone back. */
export class AbsenceMoves {
  /** Written down once; what is moved a second time within one absence keeps whose it was first. */
  async add(tx: Transaction, move: Omit<AbsenceMove, 'returnedAt'>): Promise<void> {
    await tx.query({
      name: 'absence-move-add',
      text: `INSERT INTO absence_moves (absence_id, kind, item_id, from_id, to_id, at) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (absence_id, kind, item_id) DO UPDATE SET to_id = excluded.to_id, returned_at = NULL`,
      values: [move.absenceId, move.kind, move.itemId, move.fromId, move.toId, move.at],
    });
  }

  /** What of a kind has not gone back, in the order in which it is to be locked. */
  async out(queries: Queries, absenceId: string, kind: MovedKind): Promise<AbsenceMove[]> {
    const text = `SELECT ${COLUMNS} FROM absence_moves WHERE absence_id = $1 AND kind = $2 AND returned_at IS NULL ORDER BY item_id`;
    return await queries.query<AbsenceMove>({ name: 'absence-moves-out', text, values: [absenceId, kind] });
  }

  /** The move by which a conversation is where it is, if an absence moved it and it has not gone back. */
  async ofConversation(queries: Queries, conversationId: string): Promise<AbsenceMove | undefined> {
    const text = `SELECT ${COLUMNS} FROM absence_moves WHERE item_id = $1 AND kind IN ('conversation', 'snooze') AND returned_at IS NULL ORDER BY at DESC LIMIT 1`;
    const [row] = await queries.query<AbsenceMove>({ name: 'absence-move-of', text, values: [conversationId] });
    return row;
  }

  async setReturned(tx: Transaction, { absenceId, kind, itemId }: AbsenceMove, at: Date): Promise<void> {
    await tx.query({
      name: 'absence-move-returned',
      text: 'UPDATE absence_moves SET returned_at = $4 WHERE absence_id = $1 AND kind = $2 AND item_id = $3',
      values: [absenceId, kind, itemId, at],
    });
  }

  /** How much of each kind an absence has moved. */
  async counts(queries: Queries, absenceId: string): Promise<Readonly<Record<MovedKind, number>>> {
    const rows = await queries.query<{ kind: MovedKind; count: number }>({
      name: 'absence-moves-counts',
      text: 'SELECT kind, count(*)::int AS count FROM absence_moves WHERE absence_id = $1 GROUP BY kind',
      values: [absenceId],
    });
    return { conversation: 0, snooze: 0, scheduled: 0, task: 0, ...Object.fromEntries(rows.map(({ kind, count }) => [kind, count])) };
  }
}
