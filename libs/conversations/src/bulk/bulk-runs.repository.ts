import { newId, type Queries, type Transaction, type Wakeups } from '@claimline/database';

/** A run's row. */
export interface BulkRunRow {
  readonly id: string;
  readonly kind: string;
  readonly act: Readonly<Record<string, unknown>>;
  readonly total: number;
  readonly state: 'running' | 'finished' | 'canceled';
  readonly undoes: string | null;
  readonly by: string;
  readonly at: Date;
  readonly ended_at: Date | null;
}

/** One item of a run, held by whoever does it. */
export interface BulkItemRow {
  readonly run_id: string;
  readonly place: number;
  readonly conversation_id: string;
  readonly before: Readonly<Record<string, unknown>> | null;
}

/** What came of an item. */
export interface ItemDone {
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly messageId: string | null;
}

/** What is to be done to many, and how far it is. Each item is done in one transaction with its mark, so that a crash repeats none. */
export class BulkRuns {
  constructor(private readonly wakeups: Wakeups) {}

  /** Writes a run with its items in the order given. */
  async start(
    tx: Transaction,
    run: { readonly kind: string; readonly act: object; readonly by: string; readonly at: Date },
    conversationIds: readonly string[],
  ): Promise<string> {
    const id = newId(run.at);
    await tx.query({
      name: 'bulk-start',
      text: 'INSERT INTO bulk_runs (id, kind, act, total, by, at) VALUES ($1, $2, $3, $4, $5, $6)',
      values: [id, run.kind, JSON.stringify(run.act), conversationIds.length, run.by, run.at],
    });
    await tx.query({
      name: 'bulk-start-items',
      text: 'INSERT INTO bulk_items (run_id, place, conversation_id) SELECT $1, place, one FROM unnest($2::uuid[]) WITH ORDINALITY AS given (one, place)',
      values: [id, conversationIds],
    });
    tx.afterCommit(() => this.wakeups.wake('bulk'));
    return id;
  }

  /** Writes the run that takes back what another one did; undefined when that has been taken back already. */
  async startUndo(tx: Transaction, undone: BulkRunRow, run: { readonly by: string; readonly at: Date }): Promise<string | undefined> {
    const id = newId(run.at);
    const [row] = await tx.query<{ id: string }>({
      name: 'bulk-undo',
      text: `INSERT INTO bulk_runs (id, kind, act, total, undoes, by, at)
             SELECT $1, 'undo', $2, (SELECT count(*) FROM bulk_items WHERE run_id = $3 AND state = 'done'), $3, $4, $5
             ON CONFLICT (undoes) DO NOTHING RETURNING id`,
      values: [id, JSON.stringify({ kind: 'undo', of: undone.act }), undone.id, run.by, run.at],
    });
    if (!row) return undefined;
    await tx.query({
      name: 'bulk-undo-items',
      text: `INSERT INTO bulk_items (run_id, place, conversation_id, before) SELECT $1, place, conversation_id, before FROM bulk_items WHERE run_id = $2 AND state = 'done'`,
      values: [id, undone.id],
    });
    tx.afterCommit(() => this.wakeups.wake('bulk'));
    return id;
  }

  async find(queries: Queries, id: string): Promise<BulkRunRow | undefined> {
    const [row] = await queries.query<BulkRunRow>({ name: 'bulk-find', text: 'SELECT * FROM bulk_runs WHERE id = $1', values: [id] });
    return row;
  }

  /** Everything that is to be gone on with, oldest first. */
  async running(queries: Queries): Promise<BulkRunRow[]> {
    return queries.query<BulkRunRow>({
      name: 'bulk-running',
      text: `SELECT * FROM bulk_runs WHERE state = 'running' ORDER BY at, id LIMIT 50`,
      values: [],
    });
  }

  /** The next item, held until the transaction ends; those that another process holds are left to it. */
  async next(tx: Transaction, runId: string): Promise<BulkItemRow | undefined> {
    const [row] = await tx.query<BulkItemRow>({
      name: 'bulk-next',
      text: `SELECT run_id, place, conversation_id, before FROM bulk_items WHERE run_id = $1 AND state = 'waiting' ORDER BY place LIMIT 1 FOR UPDATE SKIP LOCKED`,
      values: [runId],
    });
    return row;
  }

  async done(tx: Transaction, item: BulkItemRow, { before, messageId }: ItemDone): Promise<void> {
    await tx.query({
      name: 'bulk-item-done',
      text: `UPDATE bulk_items SET state = 'done', before = $3, message_id = $4 WHERE run_id = $1 AND place = $2`,
      values: [item.run_id, item.place, before === null ? null : JSON.stringify(before), messageId],
    });
  }

  async refuse(tx: Transaction, item: BulkItemRow, reason: string): Promise<void> {
    await tx.query({
      name: 'bulk-item-refuse',
      text: `UPDATE bulk_items SET state = 'refused', reason = $3 WHERE run_id = $1 AND place = $2 AND state = 'waiting'`,
      values: [item.run_id, item.place, reason],
    });
  }

  /** Ends a run of which nothing waits any more; false where something does, or it has ended already. */
  async finish(tx: Transaction, runId: string, at: Date): Promise<boolean> {
    const rows = await tx.query({
      name: 'bulk-finish',
      text: `UPDATE bulk_runs SET state = 'finished', ended_at = $2 WHERE id = $1 AND state = 'running'
               AND NOT EXISTS (SELECT FROM bulk_items WHERE run_id = $1 AND state = 'waiting') RETURNING 1`,
      values: [runId, at],
    });
    return rows.length > 0;
  }

  /** Stops a run: what has not been done stays undone. False when it had ended. An item that is being done at this moment is waited for. */
  async cancel(tx: Transaction, runId: string, at: Date): Promise<boolean> {
    const rows = await tx.query({
      name: 'bulk-cancel',
      text: `UPDATE bulk_runs SET state = 'canceled', ended_at = $2 WHERE id = $1 AND state = 'running' RETURNING 1`,
      values: [runId, at],
    });
    if (rows.length === 0) return false;
    await tx.query({
      name: 'bulk-cancel-items',
      text: `UPDATE bulk_items SET state = 'canceled' WHERE run_id = $1 AND state = 'waiting'`,
      values: [runId],
    });
    return true;
  }
}
