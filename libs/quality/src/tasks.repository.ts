import type { Transaction } from '@claimline/database';
import type { TaskRecord } from './task.entity';

const COLUMNS = `
  id, key, kind, reason, params, claim_id AS "claimId", claim_number AS "claimNumber", conversation_id AS "conversationId", contact_id AS "contactId",
  owner_id AS "ownerId", team_id AS "teamId", due_at AS "dueAt", state, outcome, note, created_by AS "createdBy", created_at AS "createdAt",
  closed_by AS "closedBy", closed_at AS "closedAt"`;

/** Where tasks are kept. */
export class TaskStore {
  /** Writes a new task; undefined when one of its key exists already. */
  async add(tx: Transaction, task: TaskRecord): Promise<TaskRecord | undefined> {
    const [row] = await tx.query<TaskRecord>({
      name: 'task-add',
      text: `INSERT INTO tasks (id, key, kind, reason, params, claim_id, claim_number, conversation_id, contact_id, owner_id, team_id, due_at, created_by, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT (key) DO NOTHING RETURNING ${COLUMNS}`,
      values: [
        task.id,
        task.key,
        task.kind,
        task.reason,
        JSON.stringify(task.params),
        task.claimId,
        task.claimNumber,
        task.conversationId,
        task.contactId,
        task.ownerId,
        task.teamId,
        task.dueAt,
        task.createdBy,
        task.createdAt,
      ],
    });
    return row;
  }

  async byKey(tx: Transaction, key: string): Promise<TaskRecord | undefined> {
    const [row] = await tx.query<TaskRecord>({ name: 'task-by-key', text: `SELECT ${COLUMNS} FROM tasks WHERE key = $1`, values: [key] });
    return row;
  }

  async lock(tx: Transaction, id: string): Promise<TaskRecord | undefined> {
    const [row] = await tx.query<TaskRecord>({
      name: 'task-lock',
      text: `SELECT ${COLUMNS} FROM tasks WHERE id = $1 FOR UPDATE`,
      values: [id],
    });
    return row;
  }

  async setOwner(tx: Transaction, id: string, ownerId: string | null): Promise<void> {
    await tx.query({ name: 'task-owner', text: 'UPDATE tasks SET owner_id = $2 WHERE id = $1', values: [id, ownerId] });
  }

  async close(tx: Transaction, id: string, end: Pick<TaskRecord, 'state' | 'outcome' | 'note' | 'closedBy' | 'closedAt'>): Promise<void> {
    await tx.query({
      name: 'task-close',
      text: 'UPDATE tasks SET state = $2, outcome = $3, note = $4, closed_by = $5, closed_at = $6 WHERE id = $1',
      values: [id, end.state, end.outcome, end.note, end.closedBy, end.closedAt],
    });
  }

  /** Open tasks of a kind about an inbox, whose id stands in their parameters. */
  async openAbout(tx: Transaction, inboxId: string, kind: string): Promise<TaskRecord[]> {
    return tx.query<TaskRecord>({
      name: 'tasks-open-about',
      text: `SELECT ${COLUMNS} FROM tasks WHERE state = 'open' AND kind = $2 AND params->>'inboxId' = $1 FOR UPDATE`,
      values: [inboxId, kind],
    });
  }

  /** Open tasks of that kind about a claim. */
  async openOfClaim(tx: Transaction, claimId: string, kind: string): Promise<TaskRecord[]> {
    const text = `SELECT ${COLUMNS} FROM tasks WHERE claim_id = $1 AND kind = $2 AND state = 'open' ORDER BY due_at, id`;
    return await tx.query<TaskRecord>({ name: 'tasks-open-of-claim', text, values: [claimId, kind] });
  }

  /** Open tasks of those kinds about a conversation. */
  async openOf(tx: Transaction, conversationId: string, ...kinds: readonly string[]): Promise<TaskRecord[]> {
    const text = `SELECT ${COLUMNS} FROM tasks WHERE conversation_id = $1 AND kind = ANY ($2::text[]) AND state = 'open' ORDER BY due_at, id`;
    return await tx.query<TaskRecord>({ name: 'tasks-open-of', text, values: [conversationId, kinds] });
  }

  /** What somebody has to do, by its id. */
  async openOwnedBy(tx: Transaction, ownerId: string): Promise<TaskRecord[]> {
    const text = `SELECT ${COLUMNS} FROM tasks WHERE owner_id = $1 AND state = 'open' ORDER BY id`;
    return await tx.query<TaskRecord>({ name: 'tasks-open-owned', text, values: [ownerId] });
  }
}
