import type { Queries, Transaction } from '@claimline/database';
import { toClock, type ClockRecord, type StoredClock } from './clock.entity';

const COLUMNS = `
  id, policy, policy_terms AS "policyTerms", calendar_id AS "calendarId", conversation_id AS "conversationId", claim_id AS "claimId",
  started_by AS "startedBy", started_at AS "startedAt", deadline, warn_at AS "warnAt", state, warned, paused_at AS "pausedAt",
  pause_evidence AS "pauseEvidence", pauses, breached_at AS "breachedAt", ended_at AS "endedAt", ended_by AS "endedBy"`;

/** Where clocks are kept. */
export class ClockStore {
  /** Writes clocks that have just started; answers with those whose policy was not running there already. */
  async add(tx: Transaction, clocks: readonly StoredClock[]): Promise<StoredClock[]> {
    if (clocks.length === 0) return [];
    const rows = await tx.query<{ id: string }>({
      name: 'clocks-add',
      text: `INSERT INTO clocks (id, policy, policy_terms, calendar_id, conversation_id, claim_id, started_by, started_at, deadline, warn_at, state)
             SELECT id, policy, "policyTerms", "calendarId", "conversationId", "claimId", "startedBy", "startedAt", deadline, "warnAt", 'running'
             FROM jsonb_to_recordset($1::jsonb) AS started(id uuid, policy text, "policyTerms" jsonb, "calendarId" uuid, "conversationId" uuid, "claimId" uuid,
               "startedBy" jsonb, "startedAt" timestamptz, deadline timestamptz, "warnAt" timestamptz)
             ON CONFLICT DO NOTHING RETURNING id`,
      values: [JSON.stringify(clocks.map(({ terms, calendar, ...clock }) => ({ ...clock, policyTerms: { ...terms, calendar } })))],
    });
    const added = new Set(rows.map(({ id }) => id));
    return clocks.filter(({ id }) => added.has(id));
  }

  /** Writes what may change of clocks that the caller holds. */
  async save(tx: Transaction, clocks: readonly StoredClock[]): Promise<void> {
    if (clocks.length === 0) return;
    await tx.query({
      name: 'clocks-save',
      unread: true,
      text: `UPDATE clocks SET claim_id = now."claimId", deadline = now.deadline, warn_at = now."warnAt", state = now.state, warned = now.warned, paused_at = now."pausedAt",
               pause_evidence = now."pauseEvidence", pauses = now.pauses, breached_at = now."breachedAt", ended_at = now."endedAt", ended_by = now."endedBy"
             FROM jsonb_to_recordset($1::jsonb) AS now(id uuid, "claimId" uuid, deadline timestamptz, "warnAt" timestamptz, state text, warned boolean, "pausedAt" timestamptz,
               "pauseEvidence" text, pauses jsonb, "breachedAt" timestamptz, "endedAt" timestamptz, "endedBy" jsonb)
             WHERE clocks.id = now.id`,
      values: [JSON.stringify(clocks.map(({ terms: _, calendar: __, ...clock }) => clock))],
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
