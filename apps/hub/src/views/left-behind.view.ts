import type { Queries } from '@claimline/database';

const MOST = 20;

// One question per status: each has an index by assignee, both together have none.
// What is made while somebody is away (a task of a rule, a claim's new conversation) is theirs by name and goes where the rest went.
const LEFT_BEHIND = `
  SELECT s.id FROM absences s
  WHERE s.canceled_at IS NULL AND s.starts_at <= $1 AND s.ends_at > $1
    AND (s.moved_at IS NULL
      OR EXISTS (SELECT FROM conversations c WHERE c.assignee_id = s.account_id AND c.status = 'open')
      OR EXISTS (SELECT FROM conversations c WHERE c.assignee_id = s.account_id AND c.status = 'snoozed')
      OR EXISTS (SELECT FROM tasks t WHERE t.owner_id = s.account_id AND t.state = 'open')
      OR EXISTS (SELECT FROM scheduled_sends d WHERE d.owner_id = s.account_id AND d.state IN ('waiting', 'held')))
  ORDER BY s.starts_at, s.id LIMIT ${MOST}`;

/** Absences that are running while their person still has something. */
export class LeftBehindView {
  async absences(queries: Queries, now: Date): Promise<string[]> {
    const rows = await queries.query<{ id: string }>({ name: 'left-behind', text: LEFT_BEHIND, values: [now] });
    return rows.map(({ id }) => id);
  }
}
