import type { Queries, Transaction } from '@claimline/database';
import type { PromiseRecord } from './promise.entity';

const COLUMNS = `
  id, key, step, source, claim_id AS "claimId", claim_number AS "claimNumber", conversation_id AS "conversationId", contact_id AS "contactId", owner_id AS "ownerId",
  due_at AS "dueAt", state, breached_at AS "breachedAt", created_by AS "createdBy", created_at AS "createdAt", settled_by AS "settledBy", settled_at AS "settledAt"`;

/** Where promises are kept. */
export class PromiseStore {
  /** Writes a new promise; undefined when one of its key exists already. */
  async add(tx: Transaction, promise: PromiseRecord): Promise<PromiseRecord | undefined> {
    const [row] = await tx.query<PromiseRecord>({
      name: 'promise-add',
      text: `INSERT INTO promises (id, key, step, source, claim_id, claim_number, conversation_id, contact_id, owner_id, due_at, created_by, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (key) DO NOTHING RETURNING ${COLUMNS}`,
      values: [
        promise.id,
        promise.key,
        promise.step,
        promise.source,
        promise.claimId,
        promise.claimNumber,
        promise.conversationId,
        promise.contactId,
        promise.ownerId,
        promise.dueAt,
        promise.createdBy,
        promise.createdAt,
      ],
    });
    return row;
  }

  async lock(tx: Transaction, id: string): Promise<PromiseRecord | undefined> {
    const text = `SELECT ${COLUMNS} FROM promises WHERE id = $1 FOR UPDATE`;
    const [row] = await tx.query<PromiseRecord>({ name: 'promise-lock', text, values: [id] });
    return row;
  }

  /** What the claim core has promised about a claim and nobody has done yet. */
  async standingOf(tx: Transaction, claimId: string): Promise<PromiseRecord[]> {
    const text = `SELECT ${COLUMNS} FROM promises WHERE claim_id = $1 AND source = 'claim-core' AND settled_at IS NULL ORDER BY due_at, id FOR UPDATE`;
    return tx.query<PromiseRecord>({ name: 'promises-standing', text, values: [claimId] });
  }

  async save(tx: Transaction, promise: PromiseRecord): Promise<void> {
    await tx.query({
      name: 'promise-save',
      text: 'UPDATE promises SET state = $2, breached_at = $3, settled_by = $4, settled_at = $5, owner_id = $6 WHERE id = $1',
      values: [promise.id, promise.state, promise.breachedAt, promise.settledBy, promise.settledAt, promise.ownerId],
    });
  }

  /** Promises whose time has passed. */
  async due(
    queries: Queries,
    now: Date,
    limit: number,
  ): Promise<readonly { readonly id: string; readonly conversationId: string | null }[]> {
    return queries.query<{ id: string; conversationId: string | null }>({
      name: 'promises-due',
      text: `SELECT id, conversation_id AS "conversationId" FROM promises WHERE state = 'open' AND due_at < $1 ORDER BY due_at, id LIMIT $2`,
      values: [now, limit],
    });
  }
}
