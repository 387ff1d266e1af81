import type { Queries, Transaction } from '@claimline/database';
import { toClock, type ClockRecord, type StoredClock } from './clock.entity';

const COLUMNS = `
  id, policy, policy_terms AS "policyTerms", calendar_id AS "calendarId", conversation_id AS "conversationId", claim_id AS "claimId",
  started_by AS "startedBy", started_at AS "startedAt", deadline, warn_at AS "warnAt", state, warned, paused_at AS "pausedAt",
  pause_evidence AS "pauseEvidence", pauses, breached_at AS "breachedAt", ended_at AS "endedAt", ended_by AS "endedBy"`;

/** Where clocks are kept. */
export class ClockStore {
  /** Writes a clock that has just started; false when one of its policy is running there already. */
  async add(tx: Transaction, clock: StoredClock): Promise<boolean> {
    const rows = await tx.query({
      name: 'clock-add',
      text: `INSERT INTO clocks (id, policy, policy_terms, calendar_id, conversation_id, claim_id, started_by, started_at, deadline, warn_at, state)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'running') ON CONFLICT DO NOTHING RETURNING id`,
      values: [
        clock.id,
        clock.policy,
        JSON.stringify({ ...clock.terms, calendar: clock.calendar }),
        clock.calendarId,
        clock.conversationId,
        clock.claimId,
        JSON.stringify(clock.startedBy),
        clock.startedAt,
        clock.deadline,
        clock.warnAt,
      ],
    });
    return rows.length > 0;
  }

  async save(tx: Transaction, clock: StoredClock): Promise<void> {
    await tx.query({
      name: 'clock-save',
      text: `UPDATE clocks SET claim_id = $2, deadline = $3, warn_at = $4, state = $5, warned = $6, paused_at = $7, pause_evidence = $8, pauses = $9,
                               breached_at = $10, ended_at = $11, ended_by = $12 WHERE id = $1`,
      values: [
        clock.id,
        clock.claimId,
        clock.deadline,
        clock.warnAt,
        clock.state,
        clock.warned,
        clock.pausedAt,
        clock.pauseEvidence,
        JSON.stringify(clock.pauses),
        clock.breachedAt,
        clock.endedAt,
        clock.endedBy && JSON.stringify(clock.endedBy),
      ],
    });
  }

  /** Every clock of a conversation and of its claim, over or not, oldest first. */
  async of(queries: Queries, place: { readonly conversationId: string | null; readonly claimId: string | null }): Promise<StoredClock[]> {
    const text = `SELECT ${COLUMNS} FROM clocks WHERE conversation_id = $1
                  UNION ALL SELECT ${COLUMNS} FROM clocks WHERE claim_id = $2 AND conversation_id IS NULL ORDER BY "startedAt", id`;
    const rows = await queries.query<ClockRecord>({ name: 'clocks-of', text, values: [place.conversationId, place.claimId] });
    return rows.map(toClock);
  }

  /** Clocks that are not over and were started by this thing, oldest first. */
  async startedBy(queries: Queries, what: 'complaint', id: string): Promise<StoredClock[]> {
    const text = `SELECT ${COLUMNS} FROM clocks WHERE started_by->>'${what}' = $1 AND started_by ? '${what}' AND ended_at IS NULL ORDER BY started_at, id`;
    const rows = await queries.query<ClockRecord>({ name: `clocks-started-by-${what}`, text, values: [id] });
    return rows.map(toClock);
  }

  async lock(tx: Transaction, id: string): Promise<StoredClock | undefined> {
    const [row] = await tx.query<ClockRecord>({
      name: 'clock-lock',
      text: `SELECT ${COLUMNS} FROM clocks WHERE id = $1 FOR UPDATE`,
      values: [id],
    });
    return row && toClock(row);
  }

  async find(queries: Queries, id: string): Promise<StoredClock | undefined> {
    const [row] = await queries.query<ClockRecord>({
      name: 'clock-find',
      text: `SELECT ${COLUMNS} FROM clocks WHERE id = $1`,
      values: [id],
    });
    return row && toClock(row);
  }

  /** Clocks whose warning or deadline has passed and has not been told, the oldest deadline first. */
  async due(queries: Queries, now: Date, limit: number): Promise<Pick<StoredClock, 'id' | 'conversationId'>[]> {
    return await queries.query<Pick<StoredClock, 'id' | 'conversationId'>>({
      name: 'clocks-due',
      text: `SELECT id, conversation_id AS "conversationId" FROM (
               (SELECT id, conversation_id, deadline FROM clocks WHERE state = 'running' AND ended_at IS NULL AND deadline < $1 ORDER BY deadline LIMIT $2)
               UNION (SELECT id, conversation_id, deadline FROM clocks WHERE state = 'running' AND ended_at IS NULL AND NOT warned AND warn_at <= $1 ORDER BY warn_at LIMIT $2)
             ) AS due ORDER BY deadline, id LIMIT $2`,
      values: [now, limit],
    });
  }

  /** The nearest deadline among the running and breached clocks, the open tasks and the open promises of a conversation. */
  async nearest(queries: Queries, conversationId: string): Promise<{ readonly at: Date; readonly kind: string } | null> {
    const [row] = await queries.query<{ at: Date; kind: string }>({
      name: 'clocks-nearest',
      text: `SELECT at, kind FROM (
               SELECT deadline AS at, policy AS kind FROM clocks WHERE conversation_id = $1 AND ended_at IS NULL AND state <> 'paused'
               UNION ALL SELECT due_at, 'task.' || kind FROM tasks WHERE conversation_id = $1 AND state = 'open'
               UNION ALL SELECT due_at, 'promise' FROM promises WHERE conversation_id = $1 AND state = 'open'
             ) AS due ORDER BY at, kind LIMIT 1`,
      values: [conversationId],
    });
    return row ?? null;
  }
}
