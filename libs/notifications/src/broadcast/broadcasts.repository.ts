import { newId, type Queries, type Transaction, type Wakeups } from '@claimline/database';
import type { Broadcast, BroadcastState } from './broadcast';

/** Somebody of an audience, before anything is known of how they are reached. */
export interface AudienceMember {
  readonly contactId: string | null;
  readonly claimNumber: string;
  readonly partyId: string;
}

/** A member whose turn it is. */
export interface WaitingRecipient extends AudienceMember {
  readonly place: number;
}

const COLUMNS = `id, name, template, brand_id AS "brandId", audience, per_hour AS "perHour", any_hour AS "anyHour", state, created_by AS "createdBy", created_at AS "createdAt",
  approved_by AS "approvedBy", approved_at AS "approvedAt", paced_from AS "pacedFrom", paced_count AS "pacedCount", started_at AS "startedAt", ended_at AS "endedAt"`;

/** Broadcasts with their recipients. A recipient is settled in the transaction that writes the message, so that a crash repeats none. */
export class Broadcasts {
  constructor(private readonly wakeups: Wakeups) {}

  /** Writes it with everybody it is meant for: whoever approves it approves these people. */
  async submit(
    tx: Transaction,
    wish: Pick<Broadcast, 'name' | 'template' | 'brandId' | 'audience' | 'perHour' | 'anyHour'>,
    members: readonly AudienceMember[],
    by: { readonly accountId: string; readonly at: Date },
  ): Promise<string> {
    const id = newId(by.at);
    await tx.query({
      name: 'broadcast-submit',
      text: `INSERT INTO broadcasts (id, name, template, brand_id, audience, per_hour, any_hour, state, created_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 'submitted', $8, $9)`,
      values: [id, wish.name, wish.template, wish.brandId, JSON.stringify(wish.audience), wish.perHour, wish.anyHour, by.accountId, by.at],
    });
    await tx.query({
      name: 'broadcast-members',
      text: `INSERT INTO broadcast_recipients (broadcast_id, place, contact_id, claim_number, party_id)
             SELECT $1, row_number() OVER (), contact, claim, party FROM unnest($2::uuid[], $3::text[], $4::uuid[]) AS told (contact, claim, party)`,
      values: [id, members.map((one) => one.contactId), members.map((one) => one.claimNumber), members.map((one) => one.partyId)],
    });
    return id;
  }

  async list(queries: Queries): Promise<Broadcast[]> {
    return queries.query<Broadcast>({
      name: 'broadcasts-list',
      text: `SELECT ${COLUMNS} FROM broadcasts ORDER BY created_at DESC LIMIT 50`,
      values: [],
    });
  }

  async find(queries: Queries, id: string): Promise<Broadcast | undefined> {
    const [row] = await queries.query<Broadcast>({
      name: 'broadcast-find',
      text: `SELECT ${COLUMNS} FROM broadcasts WHERE id = $1`,
      values: [id],
    });
    return row;
  }

  async running(queries: Queries): Promise<Broadcast[]> {
    const text = `SELECT ${COLUMNS} FROM broadcasts WHERE state = 'running' ORDER BY id`;
    return queries.query<Broadcast>({ name: 'broadcasts-running', text, values: [] });
  }

  /** Held until the transaction ends: what one does with it, nobody else does at the same time. */
  async lock(tx: Transaction, id: string): Promise<Broadcast | undefined> {
    const text = `SELECT ${COLUMNS} FROM broadcasts WHERE id = $1 FOR UPDATE`;
    const [row] = await tx.query<Broadcast>({ name: 'broadcast-lock', text, values: [id] });
    return row;
  }

  /** Moves it. The pace begins anew with each start and resumption: a pause is not made up for. */
  async move(tx: Transaction, id: string, to: BroadcastState, by: { readonly accountId: string | null; readonly at: Date }): Promise<void> {
    await tx.query({
      name: 'broadcast-move',
      text: `UPDATE broadcasts SET state = $2,
               approved_by = CASE WHEN $2 = 'approved' THEN $3::uuid ELSE approved_by END, approved_at = CASE WHEN $2 = 'approved' THEN $4 ELSE approved_at END,
               started_at = CASE WHEN $2 = 'running' THEN coalesce(started_at, $4) ELSE started_at END,
               paced_from = CASE WHEN $2 = 'running' THEN $4 ELSE paced_from END, paced_count = CASE WHEN $2 = 'running' THEN 0 ELSE paced_count END,
               ended_at = CASE WHEN $2 IN ('finished', 'canceled') THEN $4 END
             WHERE id = $1`,
      values: [id, to, by.accountId, by.at],
    });
    tx.afterCommit(() => this.wakeups.wake('broadcasts'));
  }

  /** Who is next; undefined: everybody has had their turn. */
  async next(tx: Transaction, id: string): Promise<WaitingRecipient | undefined> {
    const [row] = await tx.query<WaitingRecipient>({
      name: 'broadcast-next',
      text: `SELECT place, contact_id AS "contactId", claim_number AS "claimNumber", party_id AS "partyId" FROM broadcast_recipients
             WHERE broadcast_id = $1 AND state = 'waiting' ORDER BY place LIMIT 1`,
      values: [id],
    });
    return row;
  }

  async sent(
    tx: Transaction,
    id: string,
    place: number,
    at: { readonly messageId: string; readonly conversationId: string; readonly at: Date },
  ): Promise<void> {
    await tx.query({
      name: 'broadcast-sent',
      text: `UPDATE broadcast_recipients SET state = 'sent', message_id = $3, conversation_id = $4, settled_at = $5 WHERE broadcast_id = $1 AND place = $2`,
      values: [id, place, at.messageId, at.conversationId, at.at],
    });
    await tx.query({ name: 'broadcast-pace', text: 'UPDATE broadcasts SET paced_count = paced_count + 1 WHERE id = $1', values: [id] });
  }

  async notTold(tx: Transaction, id: string, place: number, { reason, at }: { readonly reason: string; readonly at: Date }): Promise<void> {
    await tx.query({
      name: 'broadcast-not-told',
      text: `UPDATE broadcast_recipients SET state = 'not-told', reason = $3, settled_at = $4 WHERE broadcast_id = $1 AND place = $2`,
      values: [id, place, reason, at],
    });
  }

  /** Those who had no turn yet get none. */
  async cancelWaiting(tx: Transaction, id: string, at: Date): Promise<void> {
    await tx.query({
      name: 'broadcast-cancel-waiting',
      text: `UPDATE broadcast_recipients SET state = 'canceled', settled_at = $2 WHERE broadcast_id = $1 AND state = 'waiting'`,
      values: [id, at],
    });
  }

  /** The messages of it, for taking back what has not left. */
  async messages(queries: Queries, id: string): Promise<string[]> {
    const rows = await queries.query<{ id: string }>({
      name: 'broadcast-messages',
      text: `SELECT message_id AS id FROM broadcast_recipients WHERE broadcast_id = $1 AND message_id IS NOT NULL ORDER BY place`,
      values: [id],
    });
    return rows.map((row) => row.id);
  }
}
