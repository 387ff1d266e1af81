import type { Queries } from '@claimline/database';
import type { ThreadFact } from '@claimline/protocol';

/** What of the log belongs between the messages of a thread. They outlive the log, and the log's index by conversation holds these types only. */
export const FACT_TYPES = [
  'conversation.assigned',
  'conversation.snoozed',
  'conversation.woken',
  'conversation.resolved',
  'conversation.reopened',
  'conversation.linked',
  'message.moved',
  'claim.changed',
  'notice.settled',
  'consent.changed',
  'task.created',
  'task.closed',
  'clock.breached',
  'payee.chosen',
] as const;

interface Row {
  readonly id: string;
  readonly type: string;
  readonly at: Date;
  readonly payload: Record<string, unknown>;
  readonly actor: string | null;
  readonly assignee: string | null;
}

// The types stand in the text: given as a parameter they would not tell the planner that the partial index holds them all.
const RECENT = `SELECT id, type, at, payload, position FROM event_log
  WHERE conversation_id = $1 AND at >= $2 AND type IN (${FACT_TYPES.map((type) => `'${type}'`).join(', ')}) ORDER BY position DESC LIMIT 200`;
const OLDER = `SELECT id, type, at, payload, position FROM conversation_facts WHERE conversation_id = $1 AND at >= $2 ORDER BY position DESC LIMIT 200`;

/** The newest facts of a conversation since a time, oldest first: of the log, and of what has left it. */
export async function threadFacts(queries: Queries, conversationId: string, from: Date): Promise<ThreadFact[]> {
  const rows = await queries.query<Row>({
    name: 'thread-facts',
    text: `SELECT e.id, e.type, e.at, e.payload, a.name AS actor, o.name AS assignee FROM ((${RECENT}) UNION ALL (${OLDER})) e
           LEFT JOIN accounts a ON a.id = (e.payload->>'actorId')::uuid LEFT JOIN accounts o ON o.id = (e.payload->>'assigneeId')::uuid
           ORDER BY e.position DESC LIMIT 200`,
    values: [conversationId, from],
  });
  return rows.reverse().map((row) => ({
    id: row.id,
    type: row.type,
    at: row.at.toISOString(),
    actor: row.actor,
    params: { ...row.payload, ...(row.assignee && { assignee: row.assignee }) },
  }));
}
