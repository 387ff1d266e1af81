import { claimVisibleTo } from '@claimline/claims';
import { visibleValues, type Viewer } from '@claimline/conversations';
import type { Database } from '@claimline/database';
import type { Broadcast as BroadcastRow } from '@claimline/notifications';
import type { Broadcast, BroadcastCounts } from '@claimline/protocol';

interface Group {
  readonly state: 'waiting' | 'sent' | 'not-told' | 'canceled';
  readonly reason: string | null;
  readonly delivery: string | null;
  readonly why: string | null;
  readonly count: number;
}

// Of a message only the last attempt counts.
const GROUPS = `
  SELECT r.state, r.reason, d.state AS delivery, CASE WHEN d.state = 'held' AND d.due_at > d.changed_at + interval '5 years' THEN 'paused' ELSE d.reason END AS why, count(*)::int AS count
  FROM broadcast_recipients r LEFT JOIN LATERAL (SELECT state, reason, due_at, changed_at FROM deliveries WHERE message_id = r.message_id ORDER BY created_at DESC, id DESC LIMIT 1) d ON r.message_id IS NOT NULL
  WHERE r.broadcast_id = $1 GROUP BY 1, 2, 3, 4`;

const RECIPIENTS = `
  SELECT p.name, r.claim_number AS claim, coalesce(d.state, r.state) AS state, coalesce(d.reason, r.reason) AS reason, r.conversation_id AS "conversationId"
  FROM broadcast_recipients r JOIN claim_parties p ON p.id = r.party_id JOIN claims cl ON cl.id = p.claim_id
    LEFT JOIN LATERAL (SELECT state, reason FROM deliveries WHERE message_id = r.message_id ORDER BY created_at DESC, id DESC LIMIT 1) d ON r.message_id IS NOT NULL
  WHERE r.broadcast_id = $1 AND ${claimVisibleTo('cl', 2)} ORDER BY r.state <> 'not-told', coalesce(d.state, '') NOT IN ('suppressed', 'failed', 'undeliverable'), r.place LIMIT 200`;

/** How far a broadcast is, and what became of whom. */
export class BroadcastView {
  constructor(private readonly database: Database) {}

  async of(row: BroadcastRow, now: Date): Promise<Broadcast> {
    const counts = countsOf(await this.database.query<Group>({ name: 'broadcast-groups', text: GROUPS, values: [row.id] }));
    const names = await this.names([row.createdBy, ...(row.approvedBy ? [row.approvedBy] : [])]);
    const person = (id: string): { id: string; name: string } => ({ id, name: names.get(id) ?? '' });
    const { id, name, template, audience, perHour, anyHour, state } = row;
    return {
      ...{ id, name, template, audience, perHour, anyHour, state, counts },
      createdBy: person(row.createdBy),
      createdAt: row.createdAt.toISOString(),
      approvedBy: row.approvedBy ? person(row.approvedBy) : null,
      startedAt: row.startedAt?.toISOString() ?? null,
      endedAt: row.endedAt?.toISOString() ?? null,
      lastAt: state === 'running' ? new Date(now.getTime() + (counts.waiting / perHour) * 3_600_000).toISOString() : null,
    };
  }

  /** By name, those whose claims this person may see: the counts hold the others too. */
  async recipients(
    viewer: Viewer,
    id: string,
  ): Promise<{ name: string; claim: string; state: string; reason: string | null; conversationId: string | null }[]> {
    return this.database.query({ name: 'broadcast-recipients-view', text: RECIPIENTS, values: [id, ...visibleValues(viewer)] });
  }

  private async names(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const text = 'SELECT id, name FROM accounts WHERE id = ANY ($1::uuid[])';
    const rows = await this.database.query<{ id: string; name: string }>({ name: 'broadcast-names', text, values: [ids] });
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}

const LEFT = ['accepted', 'sent', 'delivered', 'read'];
const MOVING = ['due', 'sending'];
const WAITING = ['held', 'uncertain'];

/** Every recipient in exactly one count. */
function countsOf(groups: readonly Group[]): BroadcastCounts {
  const counts = {
    total: 0,
    told: 0,
    sending: 0,
    held: {} as Record<string, number>,
    notTold: {} as Record<string, number>,
    waiting: 0,
    canceled: 0,
  };
  const add = (to: Record<string, number>, reason: string, count: number): void => {
    to[reason] = (to[reason] ?? 0) + count;
  };
  for (const { state, reason, delivery, why, count } of groups) {
    counts.total += count;
    if (state === 'waiting') counts.waiting += count;
    else if (state === 'canceled' || delivery === 'canceled') counts.canceled += count;
    else if (state === 'not-told') add(counts.notTold, reason ?? 'unknown', count);
    else if (delivery !== null && LEFT.includes(delivery)) counts.told += count;
    else if (delivery === null || MOVING.includes(delivery)) counts.sending += count;
    else if (WAITING.includes(delivery)) add(counts.held, delivery === 'uncertain' ? 'uncertain' : (why ?? 'quiet-hours'), count);
    else add(counts.notTold, why ?? 'unknown', count);
  }
  return counts;
}
