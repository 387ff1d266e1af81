import type { Queries } from '@claimline/database';
import { RoutingDecisionRecord } from './routing-decision.entity';

/** The stored decisions: written once, never changed. */
export class Decisions {
  async add(queries: Queries, record: RoutingDecisionRecord): Promise<void> {
    await queries.query({
      name: 'routing-decision-add',
      text: `INSERT INTO routing_decisions (id, conversation_id, work_item_id, cause, ring, chosen_id, trace, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      values: [
        record.id,
        record.conversationId,
        record.workItemId,
        record.cause,
        record.ring,
        record.chosenId,
        JSON.stringify(record.trace),
        record.at,
      ],
    });
  }

  /** What was decided about a conversation, newest first. */
  async of(queries: Queries, conversationId: string, limit: number): Promise<RoutingDecisionRecord[]> {
    return await queries.query<RoutingDecisionRecord>({
      name: 'routing-decisions-of',
      text: `SELECT id, conversation_id AS "conversationId", work_item_id AS "workItemId", cause, ring, chosen_id AS "chosenId", trace, at
             FROM routing_decisions WHERE conversation_id = $1 ORDER BY at DESC, id DESC LIMIT $2`,
      values: [conversationId, limit],
    });
  }
}
