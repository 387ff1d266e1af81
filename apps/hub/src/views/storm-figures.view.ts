import { claimVisibleTo } from '@claimline/claims';
import { visibleTo, visibleValues, type Viewer } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import type { CatastropheFigures } from '@claimline/protocol';
import type { z } from 'zod';

type Figures = z.infer<typeof CatastropheFigures>;

// Told: anything of ours that left since the event began, on any of the claim's conversations.
const FIGURES = `
  WITH own AS (
    SELECT claim.id FROM claims claim WHERE claim.catastrophe = $3 AND ${claimVisibleTo('claim', 1)}
  ), threads AS (
    SELECT c.id, c.claim_id, c.status, c.awaiting_reply, c.labels, c.urgency FROM conversations c
    WHERE (c.claim_id IN (SELECT id FROM own) OR c.labels @> ARRAY[$3::text]) AND ${visibleTo('c', 1)}
  ), told AS (
    SELECT DISTINCT t.claim_id FROM threads t JOIN deliveries d ON d.conversation_id = t.id
    WHERE t.claim_id IS NOT NULL AND d.created_at >= $4 AND d.state IN ('accepted', 'sent', 'delivered', 'read')
  )
  SELECT (SELECT count(*)::int FROM own) AS claims,
    (SELECT count(*)::int FROM threads WHERE status = 'open') AS open,
    (SELECT count(*)::int FROM threads WHERE status = 'open' AND awaiting_reply) AS waiting,
    (SELECT count(*)::int FROM threads WHERE status = 'open' AND urgency = 0) AS injuries,
    (SELECT count(*)::int FROM threads WHERE status <> 'resolved' AND labels @> ARRAY['possible-duplicate']) AS duplicates,
    (SELECT count(*)::int FROM own JOIN told ON told.claim_id = own.id) AS told,
    (SELECT count(*)::int FROM own WHERE id NOT IN (SELECT claim_id FROM told)) AS "notTold"`;

/** What stands at an event that brings many claims, and at the queue behind it. */
export class StormFigures {
  async of(queries: Queries, viewer: Viewer, event: { tag: string; startsOn: string }): Promise<Figures> {
    const values = [...visibleValues(viewer), event.tag, new Date(`${event.startsOn}T00:00:00Z`)];
    const [row] = await queries.query<Figures>({ name: 'storm-figures', text: FIGURES, values });
    return row!;
  }

  /** Customers who wait, and conversations that people have answered in the two hours before; `adjusters`: who is there now. */
  async queue(queries: Queries, brandIds: readonly string[], now: Date): Promise<{ waiting: number; answered: number; adjusters: number }> {
    const [row] = await queries.query<{ waiting: number; answered: number; adjusters: number }>({
      name: 'storm-queue',
      text: `SELECT (SELECT count(*)::int FROM conversations WHERE status = 'open' AND awaiting_reply AND (cardinality($1::uuid[]) = 0 OR brand_id = ANY ($1::uuid[]))) AS waiting,
               (SELECT count(DISTINCT e.conversation_id)::int FROM event_log e WHERE e.type = 'message.sent' AND e.at > $2::timestamptz - interval '2 hours' AND e.payload->>'authorId' IS NOT NULL) AS answered,
               (SELECT count(*)::int FROM adjusters WHERE active AND presence IN ('online', 'busy')) AS adjusters`,
      values: [brandIds, now],
    });
    return row!;
  }

  /** How many conversations got the acknowledgement with this key. */
  async acknowledged(queries: Queries, key: string, since: Date): Promise<number> {
    const [row] = await queries.query<{ count: number }>({
      name: 'storm-acknowledged',
      text: 'SELECT count(*)::int AS count FROM conversations c JOIN messages m ON m.conversation_id = c.id AND m.client_id = $1 WHERE c.last_message_at >= $2',
      values: [key, since],
    });
    return row!.count;
  }

  /** The policy and plate of a claim, and the telephone of whoever a conversation is with: what tells one loss from another. */
  async marksOf(
    queries: Queries,
    conversationId: string,
  ): Promise<{ policy: string | null; plate: string | null; phone: string | null; tag: string | null; kind: string }> {
    const [row] = await queries.query<{
      policy: string | null;
      plate: string | null;
      phone: string | null;
      tag: string | null;
      kind: string;
    }>({
      name: 'storm-marks',
      text: `SELECT l.policy_number AS policy, l.plate, l.catastrophe AS tag, k.kind, CASE WHEN a.scheme IN ('tel', 'wa') THEN a.value END AS phone
             FROM conversations c JOIN contacts k ON k.id = c.contact_id LEFT JOIN claims l ON l.id = c.claim_id LEFT JOIN addresses a ON a.id = c.address_id WHERE c.id = $1`,
      values: [conversationId],
    });
    return row!;
  }
}
