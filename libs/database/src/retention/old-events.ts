import type { Database } from '../database';
import { inRounds } from './rounds';

/** Which events go, and which of them are kept as facts of their conversation. */
export interface OldEvents {
  /** Events that happened before go, by domain time. */
  readonly before: Date;
  /** The types that threads show for ever. */
  readonly facts: readonly string[];
}

// From the lowest position on: what is to be kept has left the log for conversation_facts, so nothing is walked over twice. Not what a
// consumer has still to read, nor what it has set aside, nor the last one, from which positions go on.
const MOVE_OUT = `
  WITH first AS (
    SELECT e.position FROM event_log e
    WHERE e.position > $1 AND e.position <= (SELECT min(position) FROM consumers) AND e.position < (SELECT max(position) FROM event_log)
      AND e.position <> ALL (ARRAY (SELECT position FROM parked_events))
    ORDER BY e.position LIMIT $2
  ), gone AS (
    DELETE FROM event_log e USING first WHERE e.position = first.position AND e.at < $3 RETURNING e.position, e.id, e.type, e.conversation_id, e.payload, e.at
  ), kept AS (
    INSERT INTO conversation_facts (position, id, type, conversation_id, payload, at)
    SELECT position, id, type, conversation_id, payload, at FROM gone WHERE conversation_id IS NOT NULL AND type = ANY ($4::text[])
  )
  SELECT count(*)::int AS count, max(position) AS position FROM gone`;

/** Takes old events out of the log, in rounds; those of the given types stay as facts. Returns how many went. */
export async function removeOldEvents(database: Database, { before, facts }: OldEvents, signal?: AbortSignal): Promise<number> {
  // Behind what the last round removed: the index still holds its entries until the table is vacuumed.
  let after = '0';
  return inRounds(async (limit) => {
    const [row] = await database.query<{ count: number; position: string | null }>({
      name: 'events-move-out',
      text: MOVE_OUT,
      values: [after, limit, before, facts],
    });
    after = row!.position ?? after;
    return row!.count;
  }, signal);
}
